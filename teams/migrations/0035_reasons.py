"""Why a message was not sent becomes a code with what the other side said: it was a sentence in whoever's language."""

from django.db import migrations, models

SENTENCES = {
    "submitted": ["has submitted", "hat eingetragen", "a envoyé son score", "ha registrado"],
    "left": ["is not in the team at the month's end"],
    "no_access": ["LinkedIn shows them no score"],
    "away": ["is away"],
    "closed": ["the month is closed"],
    "no_address": [
        "has no e-mail address here",
        "hat hier keine E-Mail-Adresse",
        "n’a pas d’adresse e-mail ici",
        "no tiene dirección de correo aquí",
    ],
    "unsubscribed": [
        "does not want reminders",
        "does not want: .+",
        "möchte das nicht: .+",
        "ne souhaite pas : .+",
        "no desea: .+",
    ],
    "demo": ["the demo sends nothing", "die Demo verschickt nichts", "la démo n’envoie rien", "la demo no envía nada"],
    "too_late": ["it was too late", "es war zu spät", "c’était trop tard", "era demasiado tarde"],
    "chat_removed": [
        "the chat was removed",
        "der Chat wurde entfernt",
        "le chat a été supprimé",
        "se eliminó el chat",
    ],
    "everybody_submitted": [
        "everybody has submitted",
        "alle haben eingetragen",
        "tout le monde a envoyé son score",
        "todos han registrado su puntuación",
    ],
    "read_again": ["has read it again"],
    "mark_removed": ["the mark was removed"],
    "worker_died": [
        "The worker died while it was handed over.",
        "Der Worker starb während der Übergabe.",
        "Le worker s’est arrêté pendant la remise.",
        "El worker se detuvo durante la entrega.",
    ],
    "worker_broke_off": [
        "The worker broke off: (.*)",
        "Der Worker brach ab: (.*)",
        "Le worker s’est interrompu : (.*)",
        "El worker se interrumpió: (.*)",
    ],
    "unwritable": ["The mail cannot be written: (.*)"],
    "unaddressable": ["The mail cannot be addressed: (.*)"],
    "nobody": ["There is nobody to send it to."],
    "mail_server_said": ["The mail server said (.*)"],
    "mail_server_unreachable": ["The mail server cannot be reached: (.*)"],
    "mail_server_stopped": ["The mail server stopped answering: (.*)"],
    "mail_server_silent": ["The mail server does not answer: (.*)"],
    "chat_unknown": ["The name (.*) cannot be found: .*"],
    "chat_unreachable": ["Cannot connect: (.*)"],
    "chat_stopped": ["The other side stopped answering: (.*)"],
    "chat_silent": ["The other side does not answer: (.*)"],
    "no_web_address": ["This is not a web address."],
    "address_not_plain": ["The address must begin with https:// and have no name or password in it."],
    "no_host": ["(.*) is not the name of a host."],
    "not_public": ["(.*) is not an address on the public internet. The operator can allow such addresses."],
}
"""What earlier releases stored, in all languages in which they did; in brackets what is kept of it."""

PATTERNS = ", ".join(
    f"('^{sentence.replace(chr(39), chr(39) * 2)}()$', '{code}')"
    for code, sentences in SENTENCES.items()
    for sentence in sentences
)
CODES = f"""
UPDATE teams_delivery AS message
SET reason = code, said = coalesce(substring(message.reason FROM pattern), '')
FROM (VALUES {PATTERNS}) AS sentence (pattern, code) WHERE message.reason ~ pattern;
UPDATE teams_delivery SET said = reason, reason = CASE state WHEN 'sent' THEN '' ELSE 'chat_said' END
WHERE webhook_id IS NOT NULL AND reason ~ '^[1-5][0-9][0-9] ';
UPDATE teams_invitation AS invitation
SET problem = code, said = coalesce(substring(invitation.problem FROM pattern), '')
FROM (VALUES {PATTERNS}) AS sentence (pattern, code) WHERE invitation.problem ~ pattern;
"""  # noqa: S608 - every part of it stands above


class Migration(migrations.Migration):
    dependencies = [("teams", "0034_chat_test")]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="said",
            field=models.CharField(blank=True, db_default="", default="", max_length=300),
        ),
        migrations.AddField(
            model_name="invitation",
            name="said",
            field=models.CharField(blank=True, db_default="", default="", max_length=300),
        ),
        migrations.RunSQL(CODES, migrations.RunSQL.noop),
    ]
