"""Echo: what a developer sees."""

import logging
from dataclasses import replace

import pytest

from followup.domain.ids import AttemptId
from followup.domain.message import Channel
from followup.providers import echo
from followup.settings import load_settings
from tests.fakes import FakeClock
from tests.providers.parts import LETTER, TEXT, use


def test_the_screen_shows_address_subject_and_text(capsys: pytest.CaptureFixture[str]) -> None:
    use(echo.Echo(Channel.EMAIL, show=True), lambda one: one.send(LETTER))
    assert capsys.readouterr().out == f"[email] to {LETTER.to} · {LETTER.subject}\n{LETTER.text}\n\n"


def test_a_file_gets_the_id_alone(capsys: pytest.CaptureFixture[str]) -> None:
    provider = echo.build(load_settings({}), ops=FakeClock(), channel=Channel.EMAIL)
    use(provider, lambda one: one.send(LETTER))
    assert capsys.readouterr().out == f"[email] {LETTER.message_id}\n"


def test_the_log_shows_nothing_of_it(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    use(echo.Echo(Channel.SMS), lambda one: one.send(TEXT))
    assert TEXT.to not in caplog.text


def test_each_attempt_has_its_own_reference() -> None:
    provider = echo.Echo(Channel.SMS)
    letters = [replace(TEXT, attempt_id=AttemptId(name)) for name in ("att_1", "att_2")]
    first, second = (use(provider, lambda one, letter=letter: one.send(letter)) for letter in letters)  # type: ignore[misc]
    assert first != second
