"""Pages for patients: full texts, the end of messages, and who we are. No log-in, no cookies, no scripts."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlencode

import yaml
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from followup.domain.clinic import Clinic
from followup.services import permit
from followup.services.reading import show
from followup.web.door import Ctx
from followup.web.html import page, policy, read

router = APIRouter(tags=["patients' pages"], default_response_class=HTMLResponse)
_NAMES = {"en": "English", "fr": "Français"}
_LANGUAGE = re.compile(r"[a-z]{2}(-[A-Za-z]{2})?")
_MISSING: dict[int | str, dict[str, Any]] = {
    404: {"description": "The link is unknown or too old; the page says how to reach the clinic"}
}


@router.get("/m/{token}", summary="The full text of a message", responses=_MISSING)
def get_message(request: Request, ctx: Ctx, token: str, lang: str = "") -> HTMLResponse:
    """What a short text links to, for 90 days; shows no name."""
    wanted = lang if _LANGUAGE.fullmatch(lang) else ""
    shown = show.full_text(ctx, token, language=wanted)
    if shown is None:
        return _lost(request, ctx, token)
    return HTMLResponse(shown.page.html, headers=policy(shown.page.style))


@router.get("/u/{token}", summary="Ask before messages are stopped", responses=_MISSING)
def get_unsubscribe(request: Request, ctx: Ctx, token: str) -> HTMLResponse:
    """Shows a button; changes nothing, for scanners follow links too."""
    found = permit.read_unsubscribe(ctx, token)
    if found is None:
        return _lost(request, ctx, token)
    clinic = ctx.clinics.need(found.clinic_id)
    return _page(request, "done" if found.stopped else "ask", clinic, language=found.language)


@router.post("/u/{token}", summary="Stop messages to the address behind the link (RFC 8058)", responses=_MISSING)
def post_unsubscribe(request: Request, ctx: Ctx, token: str) -> HTMLResponse:
    """The link alone says whom to spare, so the body is not read; done again it answers 200 again."""
    found = permit.unsubscribe(ctx, token)
    if found is None:
        return _lost(request, ctx, token)
    return _page(request, "done", ctx.clinics.need(found.clinic_id), language=found.language)


@router.get("/c/{clinic}", summary="Who we are and how to reach us", responses=_MISSING)
def get_contact(request: Request, ctx: Ctx, clinic: str) -> HTMLResponse:
    """The contact page that the law lets a short text link to."""
    found = ctx.clinics.get(clinic)
    return _page(request, "contact", found) if found else _page(request, "lost_alone", None, status=404)


def _lost(request: Request, ctx: Ctx, token: str) -> HTMLResponse:
    clinic = show.clinic_behind(ctx, token)
    return _page(request, "lost" if clinic else "lost_alone", clinic, status=404)


def _page(request: Request, name: str, clinic: Clinic | None, *, language: str = "", status: int = 200) -> HTMLResponse:
    spoken = tuple(dict.fromkeys(x.partition("-")[0] for x in clinic.languages)) if clinic else tuple(_NAMES)
    base = _choose(request, spoken, language)
    words = _words()[base]
    return page(
        "ask.html.j2" if name == "ask" else "plain.html.j2",
        status=status,
        words={**words["shared"], **words[name]},
        language="fr-CA" if base == "fr" else "en-CA",
        clinic=clinic,
        other=_other(request, base, spoken),
    )


def _choose(request: Request, spoken: tuple[str, ...], language: str) -> str:
    """The asked language, the message's own, the browser's, else the clinic's first."""
    browser = re.findall(r"([a-z]{2})(?:-[a-z]{2})?\b", request.headers.get("accept-language", "").lower())
    wishes = [request.query_params.get("lang", "")[:2], language[:2], *browser, *spoken]
    return next((x for x in wishes if x in spoken and x in _NAMES), "en")


def _other(request: Request, base: str, spoken: tuple[str, ...]) -> Mapping[str, str] | None:
    other = next((x for x in spoken if x != base and x in _NAMES), None)
    if other is None:
        return None
    return {"language": other, "name": _NAMES[other], "url": f"{request.url.path}?{urlencode({'lang': other})}"}


@cache
def _words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = yaml.safe_load(read("words.yaml"))
    return words
