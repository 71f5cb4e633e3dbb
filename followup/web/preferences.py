"""The page where a patient chooses: channels, classes, language, a pause. GET never acts; no scripts, no log-in."""

from collections.abc import Iterator
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from followup.domain.message import Channel, MessageClass
from followup.services.consents import prefer
from followup.services.consents.prefer import Pick, Preferences, Wish
from followup.web.door import Body, Ctx
from followup.web.face import MISSING, NAMES, base_for, crowded, lost, render
from followup.web.form import Form, read_form, schema_of

router = APIRouter(tags=["patients' pages"], default_response_class=HTMLResponse)
_DONE = {"save": "saved", "pause": "paused", "resume": "resumed", "stop": "stopped"}
_FIELDS = schema_of("do", "on", "shown", "language", "spoken", "again")


@router.get("/p/{token}", summary="What a patient gets from us, and may choose", responses=MISSING)
def get_preferences(request: Request, ctx: Ctx, token: str) -> HTMLResponse:
    """Shows the choices as they are; changes nothing."""
    if too_often := crowded(request, ctx, token):
        return too_often
    found = prefer.read(ctx, token)
    return _page(request, found) if found else lost(request, ctx, token)


@router.post(
    "/p/{token}", summary="Choose", status_code=303, response_class=Response, responses=MISSING, openapi_extra=_FIELDS
)
def post_preferences(request: Request, ctx: Ctx, token: str, body: Body) -> Response:
    """Saves, pauses, resumes or stops, in effect when this answers; then shows the page anew."""
    if too_often := crowded(request, ctx, token):
        return too_often
    form = read_form(request, body)
    act = form.one("do") if form.one("do") in _DONE else "save"
    if not _do(ctx, token, act, form):
        return lost(request, ctx, token)
    kept = {} if form.one("language") != form.one("spoken") else {"lang": request.query_params.get("lang", "")}
    query = {name: value for name, value in {"done": _DONE[act], **kept}.items() if value}
    return RedirectResponse(f"{request.url.path}?{urlencode(query)}", 303)


def _do(ctx: Ctx, token: str, act: str, form: Form) -> bool:
    acts = {"pause": prefer.pause, "resume": prefer.resume, "stop": prefer.stop}
    return acts[act](ctx, token) if act in acts else prefer.save(ctx, token, _wish(form))


def _wish(form: Form) -> Wish:
    return Wish(
        on=frozenset(_picks(form.all("on"))),
        shown=frozenset(_picks(form.all("shown"))),
        language=form.one("language"),
        again=frozenset(Channel(c) for c in form.all("again") if c in set(Channel)),
    )


def _picks(values: list[str]) -> Iterator[Pick]:
    for value in values:
        kind, _, channel = value.partition(":")
        if kind in set(MessageClass) and channel in set(Channel):
            yield MessageClass(kind), Channel(channel)


def _page(request: Request, found: Preferences) -> HTMLResponse:
    done = request.query_params.get("done", "")
    spoken = tuple(dict.fromkeys(x.partition("-")[0] for x in found.clinic.languages))
    base = base_for(request, spoken, found.language)
    return render(
        request,
        "choose",
        found.clinic,
        template="choose.html.j2",
        language=found.language,
        ways=found.ways,
        chosen=found.language,
        languages=[(one, NAMES.get(one[:2], one)) for one in found.clinic.languages],
        paused=found.paused_words(base),
        all_stopped=all(way.stopped for way in found.ways),
        done=done if done in _DONE.values() else "",
    )
