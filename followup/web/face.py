"""What patients' pages share: language, looks, and what they say when a link or a caller fails."""

import hashlib
import math
import re
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlencode

import yaml
from fastapi import Request
from fastapi.responses import HTMLResponse

from followup.domain.clinic import Clinic
from followup.services.context import Context
from followup.services.reading import show
from followup.web.html import page, read

NAMES = {"en": "English", "fr": "Français"}
LANGUAGE = re.compile(r"[a-z]{2}(-[A-Za-z]{2})?")
MISSING: dict[int | str, dict[str, Any]] = {
    404: {"description": "The link is unknown or too old; the page says how to reach the clinic"},
    429: {"description": "Too many tries in a minute; Retry-After says when to come again"},
}
#: A minute's calls: of one link, and of one address with links that are none.
_OF_LINK, _OF_STRANGER = 30, 30


def render(
    request: Request,
    name: str,
    clinic: Clinic | None,
    *,
    template: str = "plain.html.j2",
    language: str = "",
    status: int = 200,
    **more: object,
) -> HTMLResponse:
    """The page called `name` in `words.yaml`, in the language that the reader is taken to speak."""
    spoken = tuple(dict.fromkeys(x.partition("-")[0] for x in clinic.languages)) if clinic else tuple(NAMES)
    base = base_for(request, spoken, language)
    words = _words()[base]
    return page(
        template,
        status=status,
        words={**words["shared"], **words[name]},
        language="fr-CA" if base == "fr" else "en-CA",
        clinic=clinic,
        other=_other(request, base, spoken),
        **more,
    )


def base_for(request: Request, spoken: tuple[str, ...], language: str) -> str:
    """The asked language, the message's own, the browser's, else the clinic's first."""
    browser = re.findall(r"([a-z]{2})(?:-[a-z]{2})?\b", request.headers.get("accept-language", "").lower())
    wishes = [request.query_params.get("lang", "")[:2], language[:2], *browser, *spoken]
    return next((x for x in wishes if x in spoken and x in NAMES), "en")


def lost(request: Request, ctx: Context, token: str) -> HTMLResponse:
    """404, and how to reach the clinic; 429 for who tries many links that are none."""
    return barred(request, ctx, f"miss:{caller(request)}", per_minute=_OF_STRANGER) or _lost(request, ctx, token)


def _lost(request: Request, ctx: Context, token: str) -> HTMLResponse:
    clinic = show.clinic_behind(ctx, token)
    return render(request, "lost" if clinic else "lost_alone", clinic, status=404)


def crowded(request: Request, ctx: Context, token: str) -> HTMLResponse | None:
    """The page for who calls one link too often, else None; mail servers that call many links are not counted."""
    mark = hashlib.sha256(token.encode()).hexdigest()[:24]
    return barred(request, ctx, f"link:{mark}", per_minute=_OF_LINK)


def barred(request: Request, ctx: Context, key: str, *, per_minute: int) -> HTMLResponse | None:
    """The 429 page once `key` has come too often, else None."""
    wait = ctx.limiter.wait(key, per_minute=per_minute)
    if wait <= 0:
        return None
    answer = render(request, "busy", ctx.clinics.only(), status=429)
    answer.headers["Retry-After"] = str(math.ceil(wait))
    return answer


def caller(request: Request) -> str:
    """From which address the call comes, as far as the proxies before us tell it, as a digest."""
    host = request.client.host if request.client else ""
    return hashlib.sha256(host.encode()).hexdigest()[:24]


def _other(request: Request, base: str, spoken: tuple[str, ...]) -> Mapping[str, str] | None:
    other = next((x for x in spoken if x != base and x in NAMES), None)
    if other is None:
        return None
    return {"language": other, "name": NAMES[other], "url": f"{request.url.path}?{urlencode({'lang': other})}"}


@cache
def _words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = yaml.safe_load(read("words.yaml"))
    return words
