"""Hours for numbers of the United States, from `config/hours/us.yaml`: presets and a table of states."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field

from followup.content.documents import Unreadable, read_document
from followup.content.hours.shape import HoursShape, windows_of
from followup.content.shape import Shape, Text, read_shape
from followup.content.shipped import own_or_shipped
from followup.domain.clinic import Terms, UsHours
from followup.domain.finding import Finding, refuse_errors

_FILE = "hours/us.yaml"


class UsPreset(StrEnum):
    """Which hours a clinic keeps for numbers of the United States."""

    COMMON = "US_COMMON"
    STRICT = "US_STRICT"
    BY_STATE = "US_BY_STATE"


class RuleShape(Shape):
    """Hours and where they stand written."""

    source: Text
    windows: Annotated[tuple[HoursShape, ...], Field(min_length=1)]


class CareShape(Shape):
    """The most texts about care, check-ins and bookings together."""

    source: Text
    per_day: Annotated[int, Field(ge=0)]
    per_week: Annotated[int, Field(ge=0)]


class StateShape(Shape):
    """One state; without `windows` it has the federal hours."""

    name: Text
    source: Text | None = None
    windows: tuple[HoursShape, ...] = ()
    area_codes: tuple[Annotated[str, Field(pattern=r"^[2-9]\d\d$")], ...] = ()


class UsShape(Shape):
    """The whole file."""

    federal: RuleShape
    care: CareShape
    presets: dict[UsPreset, RuleShape]
    states: dict[str, StateShape]


def load_us_hours(config: Path, preset: UsPreset) -> UsHours:
    """What a clinic with this preset is held to; raises ConfigFault naming file and line."""
    shape = _read(own_or_shipped(config, _FILE, kind="config"))
    if preset is not UsPreset.BY_STATE:
        return UsHours(_terms(shape, preset, shape.presets[preset]))
    return UsHours(
        usual=_terms(shape, UsPreset.STRICT, shape.presets[UsPreset.STRICT]),
        states={key: _terms(shape, one.name, _rule(shape, one)) for key, one in shape.states.items()},
        area_codes={code: key for key, one in shape.states.items() for code in one.area_codes},
    )


def _read(path: Path) -> UsShape:
    try:
        document = read_document(path)
    except Unreadable as error:
        refuse_errors(error.findings)
        raise
    shape, findings = read_shape(UsShape, document)
    if shape is not None:
        missing = [p for p in (UsPreset.COMMON, UsPreset.STRICT) if p not in shape.presets]
        cure = "see the file that is shipped"
        findings += [Finding(str(path), 1, "missing-preset", f"has no {p}", cure) for p in missing]
    refuse_errors(findings)
    assert shape is not None
    return shape


def _rule(shape: UsShape, state: StateShape) -> RuleShape:
    if not state.windows:
        return shape.federal
    return RuleShape(source=state.source or f"law of {state.name}", windows=state.windows)


def _terms(shape: UsShape, name: str, rule: RuleShape) -> Terms:
    return Terms(
        name=name,
        soliciting=windows_of(rule.windows),
        others=windows_of(shape.federal.windows),
        source=rule.source,
        others_source=shape.federal.source,
        care_per_day=shape.care.per_day,
        care_per_week=shape.care.per_week,
        care_source=shape.care.source,
    )
