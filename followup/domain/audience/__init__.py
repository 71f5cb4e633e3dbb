"""Audience: a saved choice of patients, everybody or a list of ids."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from followup.domain.errors import Fault, InvalidInput
from followup.domain.ids import PatientId


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is chosen: these patients, or everybody where none is named."""

    patients: tuple[PatientId, ...] | None = None


def read_audience(data: Mapping[str, Any]) -> Audience:
    """The audience of a mapping: `everybody: true`, or `patients: [ids]`. Raises InvalidInput."""
    if set(data) == {"everybody"}:
        return Audience()
    if set(data) == {"patients"} and isinstance(data["patients"], list):
        return Audience(tuple(PatientId(str(name)) for name in data["patients"]))
    fault = Fault("/audience", "is neither `everybody: true` nor `patients: [ids]`", "audience")
    raise InvalidInput("the audience cannot be read", (fault,), cure="write `everybody: true` or `patients: [ids]`")
