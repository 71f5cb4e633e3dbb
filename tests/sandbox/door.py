"""A door of ours as the carrier sees it: remembers every call-back and whether it was signed."""

from collections.abc import Mapping

from aiohttp import web

from followup.ports import HookRequest
from followup.providers.twilio_hooks import Verifier


class Door:
    """Answers 200 to everything; `told` holds the forms, `signed` whether each was signed with the token."""

    def __init__(self, token: str) -> None:
        self.told: list[dict[str, str]] = []
        self.signed: list[bool] = []
        self._verifier = Verifier(token)
        self._runner: web.AppRunner | None = None

    @property
    def addresses(self) -> dict[str, str]:
        assert self._runner is not None
        return {"url": f"http://127.0.0.1:{self._runner.addresses[0][1]}"}

    @property
    def url(self) -> str:
        return self.addresses["url"]

    @property
    def statuses(self) -> list[str]:
        return [form["MessageStatus"] for form in self.told]

    async def start(self) -> None:
        app = web.Application()
        app.router.add_post("/{path:.*}", self._take)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        form = [(name, str(value)) for name, value in (await request.post()).items()]
        headers: Mapping[str, str] = {name.lower(): value for name, value in request.headers.items()}
        url = self.url + str(request.rel_url)
        self.signed.append(self._verifier.accepts(HookRequest(url, headers, form, await request.read())))
        self.told.append(dict(form))
        return web.Response(text="<Response/>", content_type="text/xml")
