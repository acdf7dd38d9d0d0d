"""Response headers that every service sends. A shortened view into `quayside-web`."""

from __future__ import annotations

import secrets

from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import Response

# ANCHOR: headers
HEADERS = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(self), geolocation=()",
    "Cache-Control": "no-store",
}


class SecurityHeaders(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        request.state.nonce = nonce = secrets.token_urlsafe(16)
        response = await call_next(request)
        portals = " ".join(request.app.state.portals) or "'none'"
        response.headers["Content-Security-Policy"] = (
            f"default-src 'none'; connect-src 'self'; img-src 'self'; style-src 'self'; "
            f"script-src 'nonce-{nonce}'; form-action 'self'; frame-ancestors {portals}"
        )
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
# ANCHOR_END: headers
