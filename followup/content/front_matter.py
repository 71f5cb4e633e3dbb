"""The file format of a template: front matter, then parts, each begun by a line such as `--- sms ---`.

    ---
    class: care
    sms_segments: 2
    ---
    --- sms ---
    {{ clinic_name }}: … {{ stop_line }}
    --- subject ---
    …
    --- body ---
    Markdown; a lone `---` inside it is a rule as in any Markdown.

The file is cut before anything is filled in, so no value can make a part.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

import yaml

from followup.domain.clinic import DetailLevel
from followup.domain.message import MessageClass

W = TypeVar("W", bound=StrEnum)
PARTS = ("sms", "subject", "body")
KEYS = frozenset({"class", "intent", "sms_detail", "sms_segments", "detail_override"})
_ON = "on"  # which YAML takes for true
_MARKER = re.compile(r"^--- *([A-Za-z_]+) *---[ \t]*$")
_ODD = re.compile(r"[\ud800-\udfff]")
_KEY = re.compile(r"^(\w+) *:")
_FENCE = re.compile(r"^---[ \t]*$")


class SourceFault(Exception):
    """The file does not have the promised form; holds the line, the rule and the cure."""

    def __init__(self, line: int, rule: str, text: str, *, cure: str = "") -> None:
        super().__init__(text)
        self.line, self.rule, self.text, self.cure = line, rule, text, cure


@dataclass(frozen=True, slots=True)
class Part:
    """The text of one part and the number of its first line in the file."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Override:
    """A person's decision that a text may say more on a lock screen than is usual."""

    by: str
    on: str  # the day, as written
    why: str


@dataclass(frozen=True, slots=True)
class Source:
    """One template file, cut into its parts."""

    message_class: MessageClass
    intent: str = ""
    sms_detail: DetailLevel = DetailLevel.GENERIC
    override: Override | None = None
    sms_segments: int | None = None  # as many as its author knowingly spends
    parts: Mapping[str, Part] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)  # where each key of the front matter stands


def read_source(text: str) -> Source:
    """Cut a file into front matter and parts; raises `SourceFault`."""
    lines = _lines(text)
    front, after = _front_matter(lines)
    return Source(
        message_class=_word(front, "class", MessageClass),
        intent=str(front.get("intent", "")),
        sms_detail=_word(front, "sms_detail", DetailLevel, default="generic"),
        override=_override(front),
        sms_segments=_number(front, "sms_segments"),
        parts=_parts(lines, after),
        lines={m[1]: n for n, line in enumerate(lines[:after], 1) if (m := _KEY.match(line))},
    )


def read_parts(text: str) -> Mapping[str, Part]:
    """Cut a file without front matter into parts; raises `SourceFault`."""
    return _parts(_lines(text), 0)


def _lines(text: str) -> list[str]:
    odd = _ODD.search(text)
    if odd:
        raise SourceFault(
            text.count("\n", 0, odd.start()) + 1, "encoding", "the file is not UTF-8", cure="save it as UTF-8"
        )
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _front_matter(lines: list[str]) -> tuple[dict[str, Any], int]:
    if not _FENCE.match(lines[0]):
        raise SourceFault(
            1, "front-matter", "the file does not begin with front matter", cure="begin with ---, class: care, ---"
        )
    end = next((i for i, line in enumerate(lines[1:], 1) if _FENCE.match(line)), None)
    if end is None:
        raise SourceFault(1, "front-matter", "the front matter has no end", cure="close it with a line ---")
    try:
        front = yaml.safe_load("\n".join(lines[1:end])) or {}
    except yaml.YAMLError as fault:
        raise SourceFault(2, "front-matter", f"the front matter is no YAML: {type(fault).__name__}") from None
    if not isinstance(front, dict):
        raise SourceFault(2, "front-matter", "the front matter is no mapping", cure="write class: care")
    unknown = sorted(str(key) for key in front if key not in KEYS)
    if unknown:
        raise SourceFault(2, "front-matter", f"unknown key {unknown[0]!r}", cure=f"known are {', '.join(sorted(KEYS))}")
    return front, end + 1


def _word(front: Mapping[str, Any], key: str, words: type[W], *, default: str | None = None) -> W:
    value = front.get(key, default)
    known = ", ".join(words)
    if value is None:
        raise SourceFault(1, f"missing-{key}", f"the front matter does not name the {key}", cure=f"one of {known}")
    try:
        return words(str(value))
    except ValueError:
        raise SourceFault(2, f"unknown-{key}", f"{value!r} is no {key}", cure=f"one of {known}") from None


def _override(front: Mapping[str, Any]) -> Override | None:
    given = front.get("detail_override")
    if given is None:
        return None
    cure = "write detail_override: {by: name, on: 2026-11-23, why: reason}"
    told = {_ON if key is True else key: value for key, value in given.items()} if isinstance(given, Mapping) else {}
    if set(told) != {"by", _ON, "why"}:
        raise SourceFault(2, "detail-override", "a decision has by, on and why", cure=cure)
    by, on, why = (str(told[key]).strip() for key in ("by", _ON, "why"))
    try:
        date.fromisoformat(on)
    except ValueError:
        raise SourceFault(2, "detail-override", f"{on!r} is no day", cure=cure) from None
    if not by or not why:
        raise SourceFault(2, "detail-override", "a decision names a person and a reason", cure=cure)
    return Override(by, on, why)


def _number(front: Mapping[str, Any], key: str) -> int | None:
    value = front.get(key)
    if value is not None and (type(value) is not int or value < 1):
        raise SourceFault(2, f"unknown-{key}", f"{value!r} is no number of segments", cure="write 1, 2 or 3")
    return value


def _parts(lines: list[str], start: int) -> dict[str, Part]:
    found: dict[str, Part] = {}
    marks = [(i, m[1]) for i, line in enumerate(lines) if i >= start and (m := _MARKER.match(line))]
    first = marks[0][0] if marks else len(lines)
    stray = next((i for i in range(start, first) if lines[i].strip()), None)
    if stray is not None:
        raise SourceFault(stray + 1, "part", "text before the first part", cure="begin a part with --- sms ---")
    for (i, name), (end, _) in zip(marks, [*marks[1:], (len(lines), "")], strict=True):
        if name not in PARTS:
            raise SourceFault(i + 1, "part", f"unknown part {name!r}", cure=f"known are {', '.join(PARTS)}")
        if name in found:
            raise SourceFault(i + 1, "part", f"the part {name!r} comes twice", cure="keep one")
        found[name] = Part("\n".join(lines[i + 1 : end]), i + 2)
    return found
