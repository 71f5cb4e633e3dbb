"""The shell around every answer: a request id, the headers that browsers obey, and one dull line for a bug of ours."""

from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from followup.log import get_logger
from followup.services.context import Context
from followup.web.errors import bug, respond

_LOG = get_logger("web")
_CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Shell:
    """Wraps the whole application; what goes wrong inside is answered 500 without a word about the cause."""

    def __init__(self, app: ASGIApp, ctx: Context) -> None:
        self._app, self._ids = app, ctx.ids
        self._headers = dict(_HEADERS)
        if urlsplit(ctx.settings.public_url).scheme == "https":
            self._headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = self._ids.new("req")
        scope["followup_request_id"] = request_id
        started = False

        async def shelled(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                self._dress(MutableHeaders(scope=message), request_id)
            await send(message)

        try:
            await self._app(scope, receive, shelled)
        except ClientDisconnect:
            _LOG.info("caller hung up", request_id=request_id)
        except Exception as error:  # noqa: BLE001  (the last wall: a caller must never see a cause)
            _LOG.error("bug", error=error, request_id=request_id)
            if not started:
                await respond(bug(), request_id)(scope, receive, shelled)

    def _dress(self, headers: MutableHeaders, request_id: str) -> None:
        headers["X-Request-Id"] = request_id
        for name, value in self._headers.items():
            headers.setdefault(name, value)
