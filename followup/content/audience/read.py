"""Reads an audience; whatever is wrong is told by its place, with a cure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from followup.content.audience.shape import AudienceShape, WhenShape
from followup.content.documents import Document, Unreadable, read_document
from followup.content.schemas import pointer
from followup.content.shape import Shape, read_shape
from followup.domain.audience import (
    AllOf,
    AnyOf,
    Audience,
    Clause,
    Consented,
    Enrolled,
    Everybody,
    FutureBooking,
    InSeries,
    LastVisit,
    Listed,
    NotOf,
    Saved,
    Speaks,
    Tagged,
    Treated,
    Uploaded,
    When,
)
from followup.domain.document import read_json, unstorable
from followup.domain.errors import ConfigFault, Fault, InvalidInput
from followup.domain.finding import Finding
from followup.domain.offset import Offset

MAX_DEPTH = 8


@dataclass(frozen=True, slots=True)
class _Placed(Document):
    """A document that was never a file: what is wrong is told by JSON pointer."""

    def finding(self, place: Sequence[str | int], rule: str, text: str, *, cure: str = "") -> Finding:
        return Finding(pointer(place) or "/", 1, rule, text, cure)


def read_audience(definition: object) -> Audience:
    """The audience of a mapping from YAML or JSON; raises InvalidInput with pointer, fault and cure of each error."""
    if not isinstance(definition, Mapping):
        raise InvalidInput("an audience is a mapping", (Fault("/", "must be `key: value` pairs", "type"),))
    _refuse_wild(definition)
    shape, findings = read_shape(AudienceShape, _Placed("", definition, {}))
    if shape is None:
        faults = tuple(Fault(f.file, f.text + (f" ({f.cure})" if f.cure else ""), f.rule) for f in findings)
        raise InvalidInput("; ".join(f"{f.pointer}: {f.detail}" for f in faults), faults)
    return _audience(shape)


def read_audience_file(path: Path) -> Audience:
    """The audience of a `.yaml` or `.json` file, or a campaign's; raises ConfigFault with the line, InvalidInput."""
    if path.suffix == ".json":
        return read_audience(_own(read_json(path.read_bytes())))
    try:
        document = read_document(path)
    except Unreadable as error:
        raise ConfigFault(tuple(f.as_fault() for f in error.findings)) from None
    if "audience" in document.data:
        return read_audience(document.data["audience"])
    _refuse_wild(document.data)
    shape, findings = read_shape(AudienceShape, document)
    if shape is None:
        raise ConfigFault(tuple(f.as_fault() for f in findings))
    return _audience(shape)


def _own(document: object) -> object:
    return document["audience"] if isinstance(document, Mapping) and "audience" in document else document


def canonical(shape: Shape) -> dict[str, Any]:
    """The definition without what is left out, in plain JSON."""
    return _bare(shape.model_dump(mode="json", by_alias=True, exclude_unset=True))


def _bare(part: Mapping[str, Any]) -> dict[str, Any]:
    told = {key: _bare(value) if isinstance(value, Mapping) else value for key, value in part.items()}
    return {key: [_bare(v) if isinstance(v, Mapping) else v for v in value] if isinstance(value, list) else value
            for key, value in told.items() if value is not None}  # fmt: skip


def _refuse_wild(definition: Mapping[str, Any]) -> None:
    """Refuse what no database keeps, and nesting without end."""
    faults = unstorable(dict(definition))
    if faults:
        raise InvalidInput("; ".join(f"{f.pointer}: {f.detail}" for f in faults), faults)
    if _depth(definition) > MAX_DEPTH:
        raise InvalidInput(f"the audience is nested deeper than {MAX_DEPTH} levels", cure="save a part as a segment")


def _depth(part: object) -> int:
    """How many audiences lie in each other at `part`; never by recursion, for it is not checked yet."""
    deepest, waiting = 0, [(part, 1)]
    while waiting:
        item, level = waiting.pop()
        deepest = max(deepest, level)
        if level > 4 * MAX_DEPTH:
            return level
        if isinstance(item, Mapping):
            inner = [*(item[k] for k in ("all", "any") if isinstance(item.get(k), list)), [item.get("not")]]
            waiting += [(one, level + 1) for some in inner for one in some if isinstance(one, Mapping)]
    return deepest


def _audience(shape: AudienceShape) -> Audience:
    return Audience(_clause(shape, ""), canonical(shape))


def _clause(shape: AudienceShape, at: str) -> Clause:
    parts = tuple(_parts(shape, at))
    return parts[0] if len(parts) == 1 else AllOf(parts, at=at or "/")


def _parts(shape: AudienceShape, at: str) -> Iterator[Clause]:
    yield from _simple(shape, at)
    for n, part in enumerate(shape.all):
        yield _clause(part, f"{at}/all/{n}")
    if shape.any:
        yield AnyOf(tuple(_clause(part, f"{at}/any/{n}") for n, part in enumerate(shape.any)), at=f"{at}/any")
    if shape.not_ is not None:
        yield NotOf(_clause(shape.not_, f"{at}/not"), at=f"{at}/not")


def _simple(shape: AudienceShape, at: str) -> Iterator[Clause]:
    if shape.everybody:
        yield Everybody(at=f"{at}/everybody")
    if (t := shape.treated) is not None:
        yield Treated(t.code, t.practitioner, _when(t), at=f"{at}/treated")
    if (v := shape.last_visit) is not None:
        yield LastVisit(_when(v), at=f"{at}/last_visit")
    if (s := shape.series) is not None:
        yield InSeries(s.state, s.protocol, at=f"{at}/series")
    if (b := shape.future_booking) is not None:
        yield FutureBooking(b.exists, b.code, at=f"{at}/future_booking")
    if (c := shape.consent) is not None:
        yield Consented(c.message_class, c.channel, at=f"{at}/consent")
    if shape.language:
        yield Speaks(shape.language, at=f"{at}/language")
    if (e := shape.enrolled) is not None:
        yield Enrolled(e.protocol, e.state, _when(e), at=f"{at}/enrolled")
    yield from _named(shape, at)


def _named(shape: AudienceShape, at: str) -> Iterator[Clause]:
    if shape.tags:
        yield Tagged(shape.tags, at=f"{at}/tags")
    if shape.patients:
        yield Listed(shape.patients, at=f"{at}/patients")
    if shape.upload is not None:
        yield Uploaded(shape.upload, at=f"{at}/upload")
    if shape.segment is not None:
        yield Saved(shape.segment, at=f"{at}/segment")


def _when(shape: WhenShape) -> When:
    return When(
        since=shape.from_,
        until=shape.to,
        within=Offset.parse(shape.within) if shape.within else None,
        older_than=Offset.parse(shape.older_than) if shape.older_than else None,
    )
