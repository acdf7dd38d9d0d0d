"""Errors leave every service as application/problem+json (RFC 9457)."""

from __future__ import annotations

import structlog
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from slots_api import SlotFull

log = structlog.get_logger()
TYPES = "https://docs.quayside.example/problems"


# ANCHOR: handlers
def install(app: FastAPI) -> None:
    @app.exception_handler(SlotFull)
    async def slot_full(_request: Request, error: SlotFull) -> JSONResponse:
        return problem(409, "slot-full", "The slot is full", str(error))

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> JSONResponse:
        log.error("unhandled", path=request.url.path, exc_info=error)
        return problem(500, "internal", "Something broke on our side", None)


def problem(status: int, kind: str, title: str, detail: str | None) -> JSONResponse:
    body = {"type": f"{TYPES}/{kind}", "title": title, "status": status}
    if detail is not None:
        body["detail"] = detail
    return JSONResponse(body, status_code=status, media_type="application/problem+json")
# ANCHOR_END: handlers
