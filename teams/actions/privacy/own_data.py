"""Own data as JSON, to take out; what is in it is listed in `teams/queries/people/own_data.py`."""

import json
from base64 import b64encode
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from teams.actions.audit import record
from teams.models import Act, Member
from teams.queries.people.own_data import rows_of
from teams.rules.months import Month


class _Encoder(DjangoJSONEncoder):
    """Months as they are written, bytes in base 64."""

    def default(self, value: Any) -> Any:
        if isinstance(value, bytes | memoryview):
            return b64encode(value).decode()
        return str(value) if isinstance(value, Month) else super().default(value)


def take_out(member: Member, now: datetime) -> str:
    """All of it as a JSON text."""
    record(Act.DATA_TAKEN_OUT, by=member)
    own_data = {"organization": member.organization.name, "taken_out_at": now, **dict(rows_of(member))}
    return json.dumps(own_data, cls=_Encoder, indent=2, ensure_ascii=False)
