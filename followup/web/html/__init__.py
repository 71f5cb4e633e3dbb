"""HTML for browsers: templates rendered under a policy that allows nothing but their own style."""

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup


def page(template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """A page with our one style sheet in it."""
    style = read("page.css")
    body = _jinja().get_template(template).render(**values, style=Markup(style))
    return HTMLResponse(body, status, policy(_source(style)))


def policy(style: str) -> dict[str, str]:
    """Headers of a page whose one style element has this CSP source."""
    return {
        "Content-Security-Policy": (
            f"default-src 'none'; style-src '{style}'; img-src 'self'; form-action 'self'; "
            "base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
        ),
        "X-Robots-Tag": "noindex, nofollow",
    }


@cache
def read(name: str) -> str:
    """A file of this folder."""
    return files(__package__).joinpath(name).read_text("utf-8")


@cache
def _source(style: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


@cache
def _jinja() -> Environment:
    made = Environment(loader=PackageLoader("followup.web.html", "."), autoescape=True, undefined=StrictUndefined)
    made.filters["tel"] = lambda phone: re.sub(r"[^\d+]", "", phone)
    return made
