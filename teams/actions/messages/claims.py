"""Who hands a mail over: whoever has claimed its row, and nobody else. So one goes out once, whatever runs twice."""

from datetime import datetime
from typing import Any, TypeVar

from django.db.models import QuerySet

from teams.models import Invitation
from teams.models.messages.account_mails import AccountMail

Mail = TypeVar("Mail", AccountMail, Invitation)


def claim(due: QuerySet[Mail], now: datetime, **fields: Any) -> Mail | None:
    """The first of the mails that are due, begun, with these fields; None where there is none, or another has it.

    Called in a transaction that is committed before the mail is handed over.
    """
    mail = due.select_for_update(of=["self"], skip_locked=True).first()
    if mail:
        claim_fields = {"due_at": None, "started_at": now, "attempts": mail.attempts + 1, **fields}
        for name, value in claim_fields.items():
            setattr(mail, name, value)
        mail.save(update_fields=list(claim_fields))
    return mail
