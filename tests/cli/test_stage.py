"""The show is readable in a pipe and on a terminal, and nobody's name is read as markup."""

import io
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from followup.cli.stage.picture import chosen, draw, parts
from followup.cli.stage.plain import PlainStage, facts
from followup.cli.stage.reckon import count
from followup.cli.stage.rich_stage import RichStage
from followup.cli.stage.scenes import Count, Heard, Noted, Row, Scene, Sent, Summary, as_data
from followup.sandbox.clinic import Person

AT = datetime(2026, 12, 1, 18, 5, tzinfo=UTC)
JORDAN = Person("P-4", "[bold]Jordan", "Lee", "en-CA", "America/Vancouver", "+16045550125", role="Vancouver")
TEXT = Sent(AT, JORDAN, "msg_1", "day-1", "sms", "en-CA", "Hello [red]there[/red]", segments=2, state="delivered")
MAIL = Sent(AT, JORDAN, "msg_2", "day-3", "email", "fr-CA", "un\ndeux\ntrois\nquatre\ncinq", subject="Bonjour")
SCENES: list[Scene] = [Noted(AT, JORDAN, "treatment"), TEXT, MAIL, Heard(AT, JORDAN, "STOP", "no further text")]


def summary(*counts: Count) -> Summary:
    return Summary({"events told": 3}, counts, (Row(JORDAN, sms=1, ended={"opted_out": 2}),), seconds=31.4)


def plain(*scenes: Scene, end: Summary | None = None) -> str:
    out = io.StringIO()
    with PlainStage(out) as stage:
        for scene in scenes:
            stage.show(scene)
        if end is not None:
            stage.close(end)
    return out.getvalue()


def rich(*scenes: Scene, end: Summary | None = None) -> str:
    console = Console(file=io.StringIO(), width=100, record=True)
    with RichStage(console, start=AT, end=AT + timedelta(days=365)) as stage:
        for scene in scenes:
            stage.show(scene)
            stage.moved(scene.at)
        if end is not None:
            stage.close(end)
    return console.export_text()


@pytest.mark.parametrize("shown", [plain(*SCENES), rich(*SCENES)], ids=["plain", "rich"])
def test_every_scene_tells_who_when_and_what(shown: str) -> None:
    for words in (
        "[bold]Jordan",
        "11:05 Vancouver",
        "day-1",
        "2 segments",
        "Hello [red]there[/red]",
        "Bonjour",
        "STOP",
    ):
        assert words in shown


def test_a_piped_show_holds_no_control_characters() -> None:
    assert "\x1b" not in plain(*SCENES, end=summary(Count("Texts", 1, 1)))


def test_a_long_email_is_shown_by_its_beginning() -> None:
    assert "trois" in plain(MAIL)
    assert "quatre" not in plain(MAIL)


@pytest.mark.parametrize(
    ("count", "agrees"),
    [(Count("Texts", 5, 5), True), (Count("Texts", 5, 6), False), (Count("Texts", 5, 5, ("msg_9", "msg_8")), False)],
)
def test_ledgers_that_differ_are_named(count: Count, agrees: bool) -> None:
    end = summary(count)
    assert end.agrees is agrees
    for shown in (plain(end=end), rich(end=end)):
        assert ("DIFFER" in shown) is not agrees
        assert all(name in shown for name in count.differs)


def test_the_summary_for_programs_holds_every_patient() -> None:
    data = as_data(summary(Count("Texts", 1, 1)))
    assert data["agree"] is True
    assert data["patients"][0]["id"] == "P-4"
    assert data["patients"][0]["ended"] == {"opted_out": 2}


def test_what_staff_do_is_told_as_theirs() -> None:
    by_staff = Noted(AT, JORDAN, "closes the matter", by="RN Okafor")
    assert facts(by_staff) == "RN Okafor: [bold]Jordan Lee, closes the matter"
    assert facts(Noted(AT, JORDAN, "treatment")).startswith("the clinic tells: ")
    assert by_staff in chosen([*SCENES, by_staff])


def test_the_picture_is_a_short_choice_of_scenes() -> None:
    picked = chosen(SCENES * 3)
    assert picked[:2] == [TEXT, MAIL]
    assert sum(isinstance(scene, Heard) for scene in picked) == 3
    assert len(parts(SCENES, summary(), banner_lines=("title", ["line"]))) > 5


@pytest.mark.parametrize(
    ("ledger", "ours", "doubted", "agrees"),
    [
        (["a", "b"], ["a", "b"], [], True),
        (["a", "b"], ["a"], [], False),
        (["a"], ["a", "b"], [], False),
        (["a", "b"], ["a"], ["b"], True),
        (["a", "a"], ["a"], [], False),
    ],
)
def test_only_what_staff_know_may_be_missing(
    ledger: list[str], ours: list[str], doubted: list[str], agrees: bool
) -> None:
    assert count("Texts", Counter(ledger), ours, doubted=doubted, once=True).agrees is agrees


def test_the_picture_fetches_nothing_from_elsewhere(tmp_path: Path) -> None:
    draw(tmp_path / "demo.svg", SCENES, summary(Count("Texts", 1, 1)), banner_lines=("title", ["line"]))
    svg = (tmp_path / "demo.svg").read_text()
    assert "Vancouver" in svg
    assert "@font-face" not in svg
    assert "url(http" not in svg
