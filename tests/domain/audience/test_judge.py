"""Whether one person is chosen, and which clause decides."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from followup.content.audience import read_audience
from followup.domain.audience import Person, Saved, expand, matches, segments_of
from followup.domain.booking import Booking, BookingState, Treatment
from followup.domain.errors import InvalidInput
from followup.domain.ids import BookingId, TreatmentId
from followup.domain.patient import PatientStatus
from tests.builders import PATIENT, make_patient
from tests.domain.audience.crowd import SETTING
from tests.fakes import START

PEEL = Treatment(TreatmentId("T-1"), PATIENT, "peel", START - timedelta(days=100), practitioner="RN Okafor")
VISIT = Booking(BookingId("B-1"), PATIENT, "peel", START + timedelta(days=3), BookingState.BOOKED)
ANA = Person(make_patient(tags=("vip",)), treatments=(PEEL,), bookings=(VISIT,))


@pytest.mark.parametrize(
    ("definition", "chosen", "at", "text"),
    [
        ({"treated": {"code": "peel"}}, True, "/treated", "treated with peel on 2025-11-22"),
        ({"treated": {"code": "laser"}}, False, "/treated", "had other treatments only"),
        ({"treated": {"within": "P3M"}}, False, "/treated", "treated with peel last on 2025-11-22, which is outside"),
        ({"last_visit": {"older_than": "P3M"}}, True, "/last_visit", "was here last on 2025-11-22"),
        ({"future_booking": {"exists": False}}, False, "/future_booking", "has a visit ahead on 2026-03-05"),
        ({"series": {"state": "done"}}, False, "/series", "a series is open"),
        ({"consent": {"class": "promo"}}, False, "/consent", "express consent is missing for promo"),
        ({"language": "fr"}, False, "/language", "the language is en-CA"),
        ({"tags": "vip", "language": "en"}, True, "/", "every clause holds"),
        ({"not": {"tags": "vip"}}, False, "/not/tags", "unwanted: is tagged vip"),
        ({"any": [{"tags": "x"}, {"language": "fr"}]}, False, "/any", "none of its clauses holds"),
        ({"any": [{"tags": "x"}, {"language": "en"}]}, True, "/any/1/language", "the language is en-CA"),
        ({"patients": ["P-1"]}, False, "/patients", "is not among those named"),
    ],
)
def test_the_deciding_clause_is_named(definition: dict[str, Any], chosen: bool, at: str, text: str) -> None:
    verdict = matches(read_audience(definition), ANA, SETTING)
    assert (verdict.chosen, verdict.why.at) == (chosen, at)
    assert verdict.why.text.startswith(text)


@pytest.mark.parametrize("status", ["deceased", "archived", "merged"])
def test_only_active_patients_are_ever_chosen(status: str) -> None:
    gone = replace(ANA, patient=make_patient(status=PatientStatus(status)))
    verdict = matches(read_audience({"everybody": True}), gone, SETTING)
    assert (verdict.chosen, verdict.why.text) == (False, f"the patient is {status}")


def test_every_clause_says_its_word() -> None:
    verdict = matches(read_audience({"language": "fr", "tags": "vip", "treated": {}}), ANA, SETTING)
    assert [(s.at, s.holds) for s in verdict.said] == [("/treated", True), ("/language", False), ("/tags", True)]


def test_a_saved_segment_is_put_in_place() -> None:
    audience = read_audience({"segment": "french", "tags": "vip"})
    saved = {"french": read_audience({"language": "fr"})}
    whole = expand(audience, saved.get)
    assert (segments_of(audience), segments_of(whole)) == (frozenset({"french"}), frozenset())
    assert matches(whole, ANA, SETTING).why.at == "/segment french:/language"


def test_segments_in_a_ring_are_refused() -> None:
    ring = {"a": read_audience({"segment": "b"}), "b": read_audience({"not": {"segment": "a"}})}
    with pytest.raises(InvalidInput, match="speaks of itself"):
        expand(ring["a"], ring.get)
    with pytest.raises(InvalidInput, match="no segment 'c'"):
        expand(replace(ring["a"], root=Saved("c", at="/segment")), ring.get)
