"""What protocol and clinic files have in common: typed words, and pydantic's errors in our words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import time
from enum import StrEnum
from typing import Annotated, Any, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails, PydanticCustomError

from followup.content.documents import Document, did_you_mean
from followup.domain.errors import Fault, InvalidInput
from followup.domain.finding import Finding
from followup.domain.offset import Offset

Shape_ = TypeVar("Shape_", bound="Shape")
_Told = tuple[tuple[str | int, ...], str, str, str]  # place, rule, text, cure


class Shape(BaseModel):
    """A mapping with known keys only."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def wrong(rule: str, text: str, *, cure: str) -> PydanticCustomError:
    """An error to raise in a validator; braces in the text are safe."""
    return PydanticCustomError("followup", "{text}", {"rule": rule, "text": text, "cure": cure})


def matching(pattern: str, *, cure: str) -> tuple[AfterValidator, Any]:
    """Annotations of text that must match the whole `pattern`."""

    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise wrong("bad-word", f"{text!r} cannot stand here", cure=cure)
        return text

    return AfterValidator(check), Field(json_schema_extra={"pattern": f"^{pattern}$"})


def one_or_more(enum: type[StrEnum]) -> tuple[BeforeValidator, AfterValidator, WithJsonSchema]:
    """Annotations of a list of words, each once; a single word may stand without brackets."""

    def unique(words: Sequence[StrEnum]) -> Sequence[StrEnum]:
        if len(set(words)) < len(words):
            raise wrong("repeated", "a word is listed twice", cure="list each once")
        return words

    word: dict[str, Any] = {"enum": [member.value for member in enum]}
    schema = {"anyOf": [word, {"type": "array", "items": word, "uniqueItems": True}]}
    return BeforeValidator(lambda v: [v] if isinstance(v, str) else v), AfterValidator(unique), WithJsonSchema(schema)


def _offset(text: str) -> str:
    try:
        Offset.parse(text)
    except ValueError as error:
        said, _, cure = str(error).partition(": ")
        raise wrong("bad-offset", said, cure=cure) from None
    return text.strip()


def _local_time(text: Any) -> Any:
    if text == "24:00":
        return time(0)
    try:
        return time.fromisoformat(text) if isinstance(text, str) else text
    except ValueError:
        raise wrong("bad-time", f"{text!r} is no time of day", cure="write 08:00 or 17:30") from None


def _zoneless(value: time) -> time:
    if value.tzinfo is not None or value.second or value.microsecond:
        raise wrong("bad-time", "a time of day has hours and minutes only", cure="write 08:00")
    return value


OffsetText = Annotated[
    str,
    AfterValidator(_offset),
    WithJsonSchema({"type": "string", "pattern": r"^-?P", "examples": ["PT0M", "P1D", "P4W", "P3M", "P3BD"]}),
]
LocalTime = Annotated[
    time,
    BeforeValidator(_local_time),
    AfterValidator(_zoneless),
    WithJsonSchema({"type": "string", "pattern": r"^([01]\d|2[0-4]):[0-5]\d$", "examples": ["10:00"]}),
]
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _weekdays(value: Any) -> Any:
    """`mon-fri`, `[sat, sun]` or numbers from Monday = 0, as sorted numbers."""
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list | tuple):
        raise wrong("unknown-day", "no day is named", cure="write mon-fri, or a list of days")
    return tuple(sorted({day for word in words for day in _days_of(str(word))}))


def _days_of(word: str) -> list[int]:
    first, _, last = word.strip().lower().partition("-")
    if first.isdigit() and int(first) < 7 and not last:
        return [int(first)]
    for end in (first, last or first):
        if end not in _DAYS:
            raise wrong("unknown-day", f"unknown day {end!r}", cure=did_you_mean(end, _DAYS))
    start, stop = _DAYS.index(first), _DAYS.index(last or first)
    return [n % 7 for n in range(start, stop + 1 if stop >= start else stop + 8)]


_DAY_SCHEMA = {"type": "string", "pattern": "^(mon|tue|wed|thu|fri|sat|sun)(-(mon|tue|wed|thu|fri|sat|sun))?$"}
Weekdays = Annotated[
    tuple[int, ...],
    BeforeValidator(_weekdays),
    WithJsonSchema(
        {"anyOf": [_DAY_SCHEMA, {"type": "array", "items": _DAY_SCHEMA}], "examples": ["mon-fri", ["sat", "sun"]]}
    ),
]
Key = Annotated[
    str, *matching(r"[a-z0-9]+(-[a-z0-9]+)*", cure="small letters, digits and single dashes"), Field(max_length=64)
]
Language = Annotated[str, *matching(r"[a-z]{2,3}(-[A-Z]{2})?", cure="write en-CA or fr-CA")]
Text = Annotated[str, Field(min_length=1, max_length=400)]


def read_shape(shape: type[Shape_], document: Document) -> tuple[Shape_ | None, list[Finding]]:
    """The document in its shape, or what is wrong with it."""
    try:
        return shape.model_validate(document.data), []
    except ValidationError as error:
        told = _told(shape, document.data, error.errors(include_url=False))
        return None, [document.finding(place, rule, text, cure=cure) for place, rule, text, cure in told]


def read_data(shape: type[Shape_], data: Mapping[str, Any], *, what: str) -> Shape_:
    """The data of a call in its shape; raises `InvalidInput` with a JSON pointer for everything that is wrong."""
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        told = _told(shape, data, error.errors(include_url=False))
        faults = tuple(
            Fault("".join(f"/{p}" for p in place), f"{text} ({cure})", rule) for place, rule, text, cure in told
        )
        first = next((f"{f.pointer}: {f.detail}" for f in faults), "")
        raise InvalidInput(f"{what} cannot be read: {first}", faults) from None


def _told(shape: type[Shape], data: Mapping[str, Any], errors: Sequence[ErrorDetails]) -> Iterator[_Told]:
    places = [(_place_in(data, error), error) for error in errors]
    told = [(place, *_words(shape, place, error)) for place, error in places]
    misspelt = {(place[:-1], cure) for place, rule, _, cure in told if rule == "unknown-key"}
    for place, rule, text, cure in told:
        # A misspelt key is one mistake: its right spelling is not reported as missing too.
        if rule != "missing-key" or (place[:-1], f"did you mean {place[-1]!r}?") not in misspelt:
            yield place, rule, text, cure


def _words(shape: type[Shape], place: Sequence[str | int], error: ErrorDetails) -> tuple[str, str, str]:
    kind, context = error["type"], error.get("ctx", {})
    name = next((p for p in reversed(place) if isinstance(p, str)), "the file")
    if kind == "followup":
        return str(context["rule"]), str(context["text"]), str(context["cure"])
    if kind == "extra_forbidden":
        return "unknown-key", f"unknown key {name!r}", did_you_mean(name, _keys_at(shape, place[:-1]))
    if kind == "missing":
        return "missing-key", f"{name!r} is missing", f"add `{name}: …`"
    if kind in {"enum", "literal_error"}:
        return _unknown_word(name, error)
    cure = next((cure for part, cure in _CURES.items() if part in kind), "see the schema in config/schemas")
    return f"bad-{_dashed(name)}", f"{name}: {error['msg'][:1].lower()}{error['msg'][1:]}", cure


_CURES = {
    "date": "write a date as 2026-12-24",
    "list": "write a list: [one, two]",
    "too_short": "add at least one",
    "int": "write a whole number",
    "bool": "write true or false",
    "dict": "write `key: value` lines below it",
    "model": "write `key: value` lines below it",
    "string": "write some text",
}


def _unknown_word(name: str, error: ErrorDetails) -> tuple[str, str, str]:
    expected = str(error.get("ctx", {}).get("expected", ""))
    known = [w.strip(" '") for w in expected.replace(" or ", ",").split(",") if w.strip(" '")]
    kind = "key" if error["loc"][-1] == "[key]" else name
    return f"unknown-{_dashed(kind)}", f"unknown {kind} {error['input']!r}", did_you_mean(str(error["input"]), known)


def _dashed(name: str) -> str:
    return name.replace("_", "-")


def _place_in(data: Any, error: ErrorDetails) -> tuple[str | int, ...]:
    """Where in the file an error is: its location without what pydantic adds for unions and keys."""
    place: list[str | int] = []
    for part in error["loc"]:
        inside = (isinstance(data, Mapping) and part in data) or (
            isinstance(data, list) and isinstance(part, int) and part < len(data)
        )
        if inside:
            data = data[part]
            place.append(part)
    return (*place, error["loc"][-1]) if error["type"] == "missing" else tuple(place)


def _keys_at(shape: type[Shape], place: Sequence[str | int]) -> list[str]:
    """The keys that `shape` knows at `place`."""
    for part in place:
        if isinstance(part, str) and part in (fields := _by_alias(shape)):
            shape = next(iter(_shapes_in(fields[part])), shape)
    return list(_by_alias(shape))


def _by_alias(shape: type[Shape]) -> dict[str, Any]:
    return {f.alias or name: f.annotation for name, f in shape.model_fields.items()}


def _shapes_in(annotation: Any) -> Iterator[type[Shape]]:
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        yield annotation
    for inner in get_args(annotation):
        yield from _shapes_in(inner)
