"""The answer's headers that Django does not set by itself, and the methods that are refused."""

from collections.abc import Callable
from wsgiref.headers import Headers

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
PICTURE_READER = "js/picture/worker."
PICTURE_READER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
"""Of one script alone, which no page shares its rights with: it reads pictures by WebAssembly."""
METHODS = ["GET", "HEAD", "POST", "OPTIONS"]


def headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware: a strict policy on every answer, nothing private in a cache, and no TRACE."""

    def middleware(request: HttpRequest) -> HttpResponse:
        allowed = request.method in METHODS
        response = get_response(request) if allowed else HttpResponseNotAllowed(METHODS)
        if not response.has_header("Content-Security-Policy"):
            response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        if not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-store"
        return response

    return middleware


def static_headers(headers: Headers, path: str, url: str) -> None:
    """What the answer with a static file says beside its type: some files lie packed, one script has its own policy."""
    if "/reader/" in url and path.endswith(".gz"):
        headers["Content-Encoding"] = "gzip"
        headers["Content-Type"] = "application/octet-stream"
    elif PICTURE_READER in url:
        headers["Content-Security-Policy"] = PICTURE_READER_POLICY
