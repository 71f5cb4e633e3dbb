"""The schemas of all event types: sound, explained, and read from the folder or from the product."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from followup.content.schemas import load_schemas, pointer, read_moment
from followup.domain.errors import ConfigFault
from followup.domain.event import CLINIC_TYPES, EventType
from tests.builders import ROOT

SCHEMAS = load_schemas(ROOT / "config" / "schemas")


@pytest.mark.parametrize("kind", CLINIC_TYPES)
def test_a_schema_is_sound_and_explains_itself(kind: EventType) -> None:
    document = SCHEMAS.document(kind)
    Draft202012Validator.check_schema(document)
    assert document["title"] == kind
    assert document["$id"].endswith(f":{kind}")
    assert [SCHEMAS.faults(kind, example) for example in document["examples"]] == [()]


_CONSENT = {f"consent/{part}" for part in ("class", "channel", "kind", "recorded_at", "evidence")}
REQUIRED = {
    "treatment.completed": {"patient/id", "treatment/id", "treatment/code", "treatment/performed_at"},
    "treatment.corrected": {"patient/id", "treatment/id", "treatment/code", "treatment/performed_at"},
    "treatment.voided": {"treatment/id"},
    "booking.offered": {"patient/id", "booking/id", "booking/treatment_code", "booking/starts_at"},
    "booking.made": {"patient/id", "booking/id", "booking/treatment_code", "booking/starts_at"},
    "booking.moved": {"booking/id", "booking/starts_at"},
    "booking.cancelled": {"booking/id"},
    "booking.attended": {"booking/id"},
    "booking.missed": {"booking/id"},
    "patient.updated": {"patient/id"},
    "patient.merged": {"patient/id", "into"},
    "patient.deceased": {"patient/id"},
    "patient.archived": {"patient/id"},
    "consent.recorded": {"patient/id", *_CONSENT},
    "consent.withdrawn": {"patient/id", *_CONSENT},
}  # fmt: skip


@pytest.mark.parametrize("kind", CLINIC_TYPES)
def test_exactly_the_promised_data_is_required(kind: EventType) -> None:
    wanted = {f"/data/{path}" for path in REQUIRED[kind]} | {"/data/clinic"}
    parts = {path.split("/")[0]: {} for path in REQUIRED[kind] if "/" in path}
    event = SCHEMAS.document(kind)["examples"][0] | {"data": parts}
    assert {f.pointer for f in SCHEMAS.faults(kind, event) if f.detail == "is required"} == wanted


@pytest.mark.parametrize("text", [
    "2026-03-02", "2026-03-02T10:00:00", "20260302T100000Z", "2026-W10-1T10:00:00Z", "2026-03-02T10:00Z",
    "2026-13-02T10:00:00Z", "2026-03-02T10:00:00+25:00",
    "2026-03-02T25:00:00Z", "2026-03-02 10:00:00Z", "1899-12-31T00:00:00Z", "9999-12-31T23:59:59Z",
    "2026-03-02T10:00:00Z\n", "٢٠٢٦-03-02T10:00:00Z", "",
])  # fmt: skip
def test_what_is_no_instant_is_refused(text: str) -> None:
    assert read_moment(text) is None


@pytest.mark.parametrize(
    "text", ["2026-03-02T10:00:00Z", "2026-03-02T10:00:00.123456789-05:00", "1950-01-01T00:00:00+14:00"]
)
def test_an_instant_has_an_offset(text: str) -> None:
    moment = read_moment(text)
    assert moment is not None
    assert moment.utcoffset() is not None


def test_a_pointer_escapes_its_steps() -> None:
    assert pointer(["a/b", 0, "c~d", ""]) == "/a~1b/0/c~0d/"


def test_a_folder_without_schemas_has_those_shipped(tmp_path: Path) -> None:
    assert load_schemas(tmp_path).document(EventType.BOOKING_MADE) == SCHEMAS.document(EventType.BOOKING_MADE)


@pytest.mark.parametrize("text", ["{", '{"type": 5}', "[]"])
def test_a_broken_schema_names_its_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "booking.made.json").write_text(text)
    with pytest.raises(ConfigFault, match=r"booking\.made\.json"):
        load_schemas(tmp_path)


def test_no_schema_repeats_what_was_sent() -> None:
    event = {"type": "Zebediah", "id": ["Zebediah"], "data": {"patient": "Zebediah", "treatment": {"of": "Zebediah"}}}
    assert "Zebediah" not in json.dumps([f.detail for f in SCHEMAS.faults(EventType.TREATMENT_COMPLETED, event)])
