"""The documentation page: the OpenAPI document as plain HTML, without scripts and without anybody else's servers."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from followup.web.html import page

router = APIRouter(include_in_schema=False)
_ORDER = ("events", "reading", "steering", "campaigns", "call-backs", "patients' pages", "operations")


@dataclass(frozen=True, slots=True)
class Operation:
    """One door as the page shows it."""

    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Mapping[str, Any], ...]
    examples: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str], ...]


@router.get("/docs")
def get_docs(request: Request) -> HTMLResponse:
    """All doors by their group."""
    document = request.app.openapi()
    groups = {tag: [o for found, o in _operations(document) if found == tag] for tag in _ORDER}
    return page("docs.html.j2", title="followup: HTTP doors", version=document["info"]["version"], groups=groups)


def _operations(document: Mapping[str, Any]) -> Iterator[tuple[str, Operation]]:
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            yield (
                told["tags"][0],
                Operation(
                    method=method.upper(),
                    path=path,
                    summary=told.get("summary", ""),
                    description=told.get("description", ""),
                    parameters=tuple(told.get("parameters", ())),
                    examples=tuple(_examples(told)),
                    answers=tuple((code, answer["description"]) for code, answer in told["responses"].items()),
                ),
            )


def _examples(told: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for media, content in told.get("requestBody", {}).get("content", {}).items():
        if "example" in content:
            yield media, json.dumps(content["example"], indent=2, ensure_ascii=False)
