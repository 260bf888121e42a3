"""Why a message is not sent, did not arrive, or may not have, in a few words that stand behind a name or a colon."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from teams.rules.messages.delivery import Reason
from teams.words.figures import listed

REASONS: dict[Reason, Promise] = {
    Reason.SUBMITTED: _("has submitted"),
    Reason.LEFT: _("is not in the team at the month's end"),
    Reason.NO_ACCESS: _("LinkedIn shows them no score"),
    Reason.AWAY: _("is away"),
    Reason.CLOSED: _("the month is closed"),
    Reason.INVITED: _("invitation not accepted yet"),
    Reason.INVITATION_EXPIRED: _("the invitation has expired"),
    Reason.NO_ADDRESS: _("no e-mail address here"),
    Reason.UNSUBSCRIBED: _("has unsubscribed"),
    Reason.REMINDED_TODAY: _("reminded today already"),
    Reason.DEMO: _("the demo sends nothing"),
    Reason.TOO_LATE: _("it was too late"),
    Reason.CHAT_REMOVED: _("the chat was removed"),
    Reason.NOT_MANAGER: _("does not manage the team any more"),
    Reason.REOPENED: _("the month was opened again"),
    Reason.TAKEN_BACK: _("it was taken back by a correction"),
    Reason.ANSWERED: _("has answered already"),
    Reason.THERE_ALREADY: _("is there already"),
    Reason.CHALLENGE_OVER: _("the challenge is over"),
    Reason.EVERYBODY_SUBMITTED: _("everybody has submitted"),
    Reason.READ_AGAIN: _("has read the score again"),
    Reason.MARK_REMOVED: _("the new formula was taken back"),
    Reason.WORKER_DIED: _("the worker died while it was handed over"),
    Reason.WORKER_BROKE_OFF: _("the worker broke off: %(said)s"),
    Reason.UNWRITABLE: _("the mail cannot be written: %(said)s"),
    Reason.UNADDRESSABLE: _("the mail cannot be addressed: %(said)s"),
    Reason.NOBODY: _("there is nobody to send it to"),
    Reason.MAIL_SERVER_SAID: _("the mail server said “%(said)s”"),
    Reason.MAIL_SERVER_UNREACHABLE: _("the mail server cannot be reached: %(said)s"),
    Reason.MAIL_SERVER_STOPPED: _("the mail server stopped answering: %(said)s"),
    Reason.MAIL_SERVER_SILENT: _("the mail server does not answer in time"),
    Reason.CHAT_SAID: _("the chat answered “%(said)s”"),
    Reason.CHAT_UNKNOWN: _("the chat's address cannot be found: %(said)s"),
    Reason.CHAT_UNREACHABLE: _("the chat cannot be reached: %(said)s"),
    Reason.CHAT_STOPPED: _("the chat stopped answering: %(said)s"),
    Reason.CHAT_SILENT: _("the chat does not answer in time"),
    Reason.NO_WEB_ADDRESS: _("This is not a web address."),
    Reason.ADDRESS_NOT_PLAIN: _("The address must begin with https:// and have no name or password in it."),
    Reason.ADDRESS_RETIRED: _(
        "Microsoft has retired these addresses. In the channel choose Workflows, “Post to a channel when a webhook "
        "request is received”, and paste the address that it gives."
    ),
    Reason.NO_HOST: _("%(said)s is not the name of a host."),
    Reason.NOT_PUBLIC: _("%(said)s is not an address on the public internet. The operator can allow such addresses."),
    Reason.KEY_CHANGED: _("the site has another key since; take another secret"),
}
OF_WEBHOOKS: dict[Reason, Promise] = {
    Reason.CHAT_SAID: _("it answered “%(said)s”"),
    Reason.CHAT_UNKNOWN: _("the address cannot be found: %(said)s"),
    Reason.CHAT_UNREACHABLE: _("it cannot be reached: %(said)s"),
    Reason.CHAT_STOPPED: _("it stopped answering: %(said)s"),
    Reason.CHAT_SILENT: _("it does not answer in time"),
}
"""What is said otherwise of somebody's own program."""


def reason_words(code: str, said: str = "", *, is_webhook: bool = False) -> str:
    """Why, in the reader's language, with what the other side said; where there is no reason only that.

    A sentence that an earlier release has stored instead of a code stays as it is.
    """
    if code in REASONS:
        reason = Reason(code)
        words = OF_WEBHOOKS.get(reason, REASONS[reason]) if is_webhook else REASONS[reason]
        return str(words) % {"said": said}
    return code or said


def grouped(refused: Iterable[tuple[object, str]]) -> str:
    """Each reason once, behind all whom it is about: `Ada and Ben (is away); Cleo (has unsubscribed)`."""
    people: dict[str, list[object]] = {}
    for person, reason in refused:
        people.setdefault(reason, []).append(person)
    return "; ".join(f"{listed(names)} ({reason})" for reason, names in people.items())
