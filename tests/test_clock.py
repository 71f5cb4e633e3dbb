"""Clocks, ids and waiting."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from followup.clock import FileClock, SystemClock, SystemIds, wait_until, write_instant
from followup.domain.errors import SettingError

_INSTANT = datetime(2026, 3, 2, 14, tzinfo=UTC)


def test_the_system_clock_is_aware_and_utc() -> None:
    assert SystemClock().now().tzinfo is UTC


def test_a_file_clock_tells_what_was_written(tmp_path: Path) -> None:
    write_instant(tmp_path / "deep" / "clock", _INSTANT.astimezone(timezone(timedelta(hours=-5))))
    assert FileClock(tmp_path / "deep" / "clock").now() == _INSTANT


@pytest.mark.parametrize("text", ["2026-03-02T09:00:00-05:00\n", "2026-03-02T14:00:00Z", "20260302T140000+0000"])
def test_a_clock_file_may_be_written_by_hand(text: str, tmp_path: Path) -> None:
    (tmp_path / "clock").write_text(text)
    assert FileClock(tmp_path / "clock").now() == _INSTANT


@pytest.mark.parametrize("text", ["", "noon", "2026-03-02T09:00:00", "2026-03-02"])
def test_a_clock_file_without_instant_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "clock").write_text(text)
    with pytest.raises(SettingError, match="FOLLOWUP_CLOCK"):
        FileClock(tmp_path / "clock").now()


def test_a_missing_clock_file_is_a_setting_error(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="cannot be read"):
        FileClock(tmp_path / "clock").now()


def test_an_empty_moment_of_writing_is_bridged(tmp_path: Path) -> None:
    write_instant(tmp_path / "clock", _INSTANT)
    clock = FileClock(tmp_path / "clock")
    clock.now()
    (tmp_path / "clock").write_text("")
    assert clock.now() == _INSTANT


def test_ids_have_their_prefix_and_sort_by_time() -> None:
    made = [SystemIds().new("msg_") for _ in range(50)]
    assert all(len(one) == len("msg_") + 26 and one.startswith("msg_") for one in made)
    assert made[0] < made[-1]
    assert len(set(made)) == 50


def test_tokens_hold_128_bits_and_suit_addresses() -> None:
    token = SystemIds().token()
    assert len(token) == 22
    assert token.replace("-", "").replace("_", "").isalnum()


def test_waiting_ends_with_the_limit_or_the_answer() -> None:
    asked: list[int] = []
    assert wait_until(lambda: len(asked) > 2 or asked.append(1), limit=timedelta(seconds=5), every=timedelta(0))  # type: ignore[func-returns-value]
    assert not wait_until(lambda: False, limit=timedelta(milliseconds=20))
