"""When: times in words, as people in Toronto and Montréal write them."""

from datetime import datetime

import pytest

from followup.domain.channels.sms import Encoding, segments
from followup.domain.visit import Choices, Form, Spoken

AT = datetime(2026, 8, 1, 14, 5)  # noqa: DTZ001 -- as the clock on the wall shows it
NOON, MIDNIGHT = AT.replace(hour=12, minute=0), AT.replace(hour=0, minute=30)


@pytest.mark.parametrize(
    ("at", "form", "language", "said"),
    [
        (AT, Form.DAY, "en-CA", "Saturday, August 1, 2026"),
        (AT, Form.DAY, "fr-CA", "samedi 1er août 2026"),
        (AT, Form.SHORT, "en", "Sat Aug 1"),
        (AT, Form.SHORT, "fr", "sam. 1er aout"),
        (AT, Form.CLOCK, "en", "2:05 PM"),
        (AT, Form.CLOCK, "fr", "14 h 05"),
        (NOON, Form.CLOCK, "en", "12:00 PM"),
        (NOON, Form.CLOCK, "fr-CA", "12 h"),
        (MIDNIGHT, Form.CLOCK, "en", "12:30 AM"),
    ],
)
def test_a_time_is_said_as_people_do(at: datetime, form: Form, language: str, said: str) -> None:
    assert Spoken(at, form).say(language) == said


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_short_form_stays_in_gsm(language: str) -> None:
    said = [Spoken(AT.replace(month=m, day=d), Form.SHORT).say(language) for m in range(1, 13) for d in range(1, 8)]
    assert segments(" ".join(said)).encoding is Encoding.GSM7


def test_choices_are_numbered_and_named() -> None:
    assert Choices((("Ana", AT), ("", NOON))).say("en") == "1 = Ana, Sat Aug 1, 2:05 PM; 2 = Sat Aug 1, 12:00 PM"
