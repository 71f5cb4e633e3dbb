"""JSON Schemas of the clinic's events, compiled once; a refusal lists every JSON pointer that is wrong."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import SchemaError, ValidationError

from followup.domain.errors import ConfigFault, Fault
from followup.domain.event import CLINIC_TYPES, EventType

_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_YEARS = range(1900, 2200)
_TYPES = {
    "object": "an object",
    "array": "an array",
    "string": "a string",
    "integer": "a whole number",
    "boolean": "true or false",
    "number": "a number",
}
_FOLDERS = (
    Path(__file__).parents[1] / "_packaged" / "config" / "schemas",
    Path(__file__).parents[2] / "config" / "schemas",
)

_formats = FormatChecker(formats=())


@_formats.checks("date-time")
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or read_moment(value) is not None


@_formats.checks("time-zone", raises=(KeyError, ValueError, OSError))
def _is_zone(value: object) -> bool:
    return not isinstance(value, str) or not value or bool(ZoneInfo(value))


@_formats.checks("date", raises=ValueError)
def _is_date(value: object) -> bool:
    return not isinstance(value, str) or bool(_DATE.fullmatch(value) and date.fromisoformat(value).year in _YEARS)


def read_moment(text: str) -> datetime | None:
    """An RFC 3339 instant with its offset, in a year people live in; None for anything else."""
    if not _RFC3339.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.year in _YEARS else None


class Schemas:
    """The schemas of all event types, by type."""

    def __init__(self, documents: Mapping[EventType, Mapping[str, Any]]) -> None:
        self._documents = dict(documents)
        self._validators = {
            kind: Draft202012Validator(document, format_checker=_formats) for kind, document in self._documents.items()
        }

    def document(self, kind: EventType) -> Mapping[str, Any]:
        """The schema as it is published."""
        return self._documents[kind]

    def faults(self, kind: EventType, event: Mapping[str, Any]) -> tuple[Fault, ...]:
        """Everything that is wrong with a whole event in structured form, in the order of its pointers."""
        errors = self._validators[kind].iter_errors(event)
        found = {(fault.pointer, fault.detail): fault for error in errors for fault in _faults(error)}
        return tuple(found[key] for key in sorted(found))


def pointer(path: Iterable[str | int]) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def _faults(error: ValidationError) -> Iterator[Fault]:
    at, instance, asked = list(error.absolute_path), error.instance, error.validator_value
    if error.validator == "required" and isinstance(instance, Mapping) and isinstance(asked, list):
        for name in asked:
            if name not in instance:
                yield Fault(pointer([*at, name]), "is required", "required")
    else:
        yield Fault(pointer(at), _detail(error), str(error.validator))


def _detail(error: ValidationError) -> str:
    """What the schema asks for; never the value that was sent."""
    asked: Any = error.validator_value
    match error.validator:
        case "type":
            return f"must be {_TYPES.get(str(asked), str(asked))}"
        case "enum":
            return "must be one of " + ", ".join(str(value) for value in asked)
        case "const":
            return f"must be {json.dumps(asked)}"
        case "minimum" | "maximum":
            return f"must be at {'least' if error.validator == 'minimum' else 'most'} {asked}"
        case "maxItems":
            return f"must have at most {asked} items"
    description = error.schema.get("description", "") if isinstance(error.schema, Mapping) else ""
    return f"must be: {description}" if description else f"breaks the rule {error.validator}"


@lru_cache(maxsize=8)
def load_schemas(folder: Path) -> Schemas:
    """The schemas of `folder`, those of the product for types it does not have; raises `ConfigFault`."""
    return Schemas({kind: _read(_find(folder, kind)) for kind in CLINIC_TYPES})


def _find(folder: Path, kind: EventType) -> Path:
    paths = [place / f"{kind}.json" for place in (folder, *_FOLDERS)]
    return next((path for path in paths if path.is_file()), paths[0])


def _read(path: Path) -> Mapping[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(document)
    except OSError:
        raise ConfigFault((Fault(str(path), "cannot be read; copy it from the release", "schema"),)) from None
    except (ValueError, SchemaError) as error:
        line = getattr(error, "lineno", 1)
        raise ConfigFault((Fault(f"{path}:{line}", "is no JSON Schema; copy it from the release", "schema"),)) from None
    assert isinstance(document, dict)
    return document
