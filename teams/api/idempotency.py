"""Requests that are sent again: with the same Idempotency-Key they change something once."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Schema

from teams.api.access import ApiRequest
from teams.api.problems import Problem, not_there
from teams.models import ApiAnswer
from teams.rules.api import ANSWERS_KEPT, LONGEST_KEY

Operation = Callable[..., tuple[int, Schema]]


def once(operation: Operation) -> Callable[..., HttpResponse]:
    """An operation whose answer is kept for a day under the request's Idempotency-Key, in its own transaction.

    The same request again gets that answer and changes nothing; another one under the same key is refused. What was
    refused changed nothing, and may be sent again.
    """

    @wraps(operation)
    def answered(request: ApiRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            row = _kept(request)
            if row is None or row.status is None:
                status, body = operation(request, *args, **kwargs)
                content = body.model_dump_json()
                if row:
                    row.status, row.answer = status, content
                    row.save(update_fields=["status", "answer"])
            else:
                status, content = row.status, row.answer
        if not content:
            raise not_there()  # it was about somebody who has been erased since
        return HttpResponse(content, status=status, content_type="application/json")

    return answered


def _kept(request: ApiRequest) -> ApiAnswer | None:
    """The row of the request's key, new or with its answer; None without a key. Whoever else has it waits here."""
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return None
    if len(key) > LONGEST_KEY:
        raise Problem(422, "key", _("An Idempotency-Key has at most %(most)d characters.") % {"most": LONGEST_KEY})
    sent = hashlib.sha256(f"{request.method} {request.path}\n".encode() + request.body).hexdigest()
    ApiAnswer.objects.filter(token=request.token, key=key, made_at__lt=timezone.now() - ANSWERS_KEPT).delete()
    row, _is_new = ApiAnswer.objects.get_or_create(token=request.token, key=key, defaults={"request_hash": sent})
    if row.request_hash != sent:
        raise Problem(422, "key", _("This Idempotency-Key was sent with something else before."))
    return row
