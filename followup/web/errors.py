"""Errors as RFC 9457 problem documents: the one place where an error meets HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from followup.domain.errors import (
    Conflict,
    Fault,
    FollowupError,
    Forbidden,
    InvalidInput,
    NotFound,
    TooLate,
    Unavailable,
    Unreadable,
)
from followup.services.record import ReplayedWebhook

_MEDIA = "application/problem+json"
_PREFIX = "urn:problem-type:followup:"


class Malformed(InvalidInput):
    """The body cannot be read at all."""


class TooLarge(FollowupError):
    """The body is over the limit."""


class UnsupportedMedia(FollowupError):
    """The body's type or encoding is not one we read."""


class Refused(Forbidden):
    """The caller could not show who they are; `kind` says how it failed."""

    def __init__(self, kind: str, message: str, *, cure: str = "") -> None:
        super().__init__(message, known=False, cure=cure)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    kind: str
    title: str


#: The first class that fits, so the special before the general.
_TABLE: tuple[tuple[type[FollowupError], _Answer], ...] = (
    (Malformed, _Answer(400, "malformed", "The request cannot be read")),
    (Unreadable, _Answer(400, "malformed", "The request cannot be read")),
    (InvalidInput, _Answer(422, "invalid", "The request does not have the promised shape")),
    (ReplayedWebhook, _Answer(409, "webhook-replayed", "This webhook came before with other events")),
    (Conflict, _Answer(409, "conflict", "The same key came before with another body")),
    (TooLate, _Answer(409, "too-late", "It can no longer be changed")),
    (NotFound, _Answer(404, "not-found", "There is no such thing")),
    (Refused, _Answer(401, "refused", "The caller is not known")),
    (Forbidden, _Answer(403, "forbidden", "The caller may not do this")),
    (TooLarge, _Answer(413, "too-large", "The body is too large")),
    (UnsupportedMedia, _Answer(415, "unsupported-media", "The body's type is not supported")),
    (Unavailable, _Answer(503, "unavailable", "Something we need is away; try again")),
)
_BUG = _Answer(500, "internal", "Something went wrong on our side")


class ProblemFault(BaseModel):
    """One thing that is wrong, and where."""

    pointer: str = Field(description="JSON pointer into the event in structured form", examples=["/data/patient/id"])
    detail: str = Field(examples=["is required"])


class Problem(BaseModel):
    """A problem document of RFC 9457."""

    type: str = Field(examples=["urn:problem-type:followup:invalid"])
    title: str = Field(examples=["The request does not have the promised shape"])
    status: int = Field(examples=[422])
    detail: str = Field(default="", examples=["the event does not have the promised shape"])
    cure: str | None = Field(default=None, description="What to do about it")
    errors: list[ProblemFault] | None = None
    request_id: str | None = None


def answers(**descriptions: str) -> dict[int | str, dict[str, Any]]:
    """Problem documents for OpenAPI: `answers(s404="no such patient")`."""
    content = {_MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {int(key[1:]): {"description": text, "content": content} for key, text in descriptions.items()}


def problem_of(error: FollowupError) -> Problem:
    """The document of an error, without request id."""
    answer = next((answer for kind, answer in _TABLE if isinstance(error, kind)), _BUG)
    if answer is _BUG:
        return Problem(type=_PREFIX + _BUG.kind, title=_BUG.title, status=_BUG.status)
    faults = [ProblemFault(pointer=f.pointer, detail=f.detail) for f in getattr(error, "faults", ())]
    return Problem(
        type=_PREFIX + getattr(error, "kind", answer.kind),
        title=answer.title,
        status=answer.status,
        detail=error.message,
        cure=error.cure or None,
        errors=faults or None,
    )


def respond(problem: Problem, request_id: str = "", headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The answer that carries a problem document."""
    body = problem.model_copy(update={"request_id": request_id or None}).model_dump(exclude_none=True)
    return JSONResponse(body, problem.status, {**_extra(problem.status), **(headers or {})}, _MEDIA)


def bug() -> Problem:
    """What a caller hears of a fault of ours: nothing but that."""
    return Problem(type=_PREFIX + _BUG.kind, title=_BUG.title, status=_BUG.status)


def _extra(status: int) -> dict[str, str]:
    match status:
        case 401:
            return {"WWW-Authenticate": "Bearer"}
        case 503:
            return {"Retry-After": "5"}
        case 415:
            return {"Accept-Encoding": "identity"}
    return {}


def request_id(request: Request) -> str:
    """The id that the shell gave to this request."""
    return str(request.scope.get("followup_request_id", ""))


async def _on_ours(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, FollowupError)
    return respond(problem_of(error), request_id(request))


async def _on_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    phrase = HTTPStatus(error.status_code).phrase
    kind = _PREFIX + phrase.lower().replace(" ", "-")
    problem = Problem(type=kind, title=phrase, status=error.status_code)
    return respond(problem, request_id(request), error.headers)


async def _on_parameters(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    faults = tuple(Fault("/" + "/".join(str(part) for part in e["loc"]), _asked(e)) for e in error.errors())
    return respond(problem_of(InvalidInput("a parameter is wrong", faults)), request_id(request))


def _asked(error: Mapping[str, Any]) -> str:
    return str(error["msg"]).removeprefix("Input ")


def install(app: FastAPI) -> None:
    """Let every error of this application be answered by a problem document."""
    app.add_exception_handler(FollowupError, _on_ours)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(RequestValidationError, _on_parameters)
