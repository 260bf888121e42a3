"""What the API says of itself, in OpenAPI: beside what each operation answers also how it refuses, and what is kept."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from teams.api.problems import PROBLEM
from teams.rules.api import LONGEST_KEY

REFUSALS = {
    401: "No token that opens anything was sent.",
    403: "The token lacks the scope.",
    404: "There is nothing here that the token's maker may see.",
    422: "Something in the request cannot be taken; `errors` has sentences by field.",
    429: "Too many requests; `Retry-After` says when to ask again.",
}
OF_POST = {400: "The body cannot be read as JSON.", 413: "The body is too large."}
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": LONGEST_KEY},
    "description": "The same request under the same key is answered the same for a day, and changes something once.",
}
SCHEMA = {
    "title": "Problem",
    "description": "What is wrong, as RFC 9457 has it; `detail` is in the language that was asked for.",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
    },
}


class DescribedAPI(NinjaAPI):
    """The library's API, whose description names refusals as well: it knows of what operations return alone."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name by which generated programs call it: it stays where the code moves to another module."""
        return operation.view_func.__name__

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> OpenAPISchema:
        """The description, each operation with every problem that may be its answer."""
        schema = super().get_openapi_schema(*args, **kwargs)
        schema["components"]["schemas"]["Problem"] = SCHEMA
        for operations in schema["paths"].values():
            for method, operation in operations.items():
                changes = method == "post"
                operation["responses"] |= _problems(REFUSALS | (OF_POST if changes else {}))
                if changes:
                    operation.setdefault("parameters", []).append(KEY)
        return schema


def _problems(refusals: dict[int, str]) -> dict[int, dict[str, Any]]:
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": said, "content": content} for status, said in sorted(refusals.items())}
