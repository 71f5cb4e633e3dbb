"""The house rules that a machine can check: lengths, comments, words, and papers that agree with the code."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import PurePath
from statistics import median, quantiles

import pytest

from followup.domain import (
    booking,
    campaign,
    consent,
    enrollment,
    escalation,
    event,
    lifecycle,
    message,
    outcome,
    protocol,
)
from followup.domain.mail.report import Action
from followup.domain.mail.returned import ReturnedKind
from followup.domain.mail.status import TABLE as MAIL_CODES
from followup.services.bounces.judge import Deed
from followup.settings import Settings, variable
from tests.support import source
from tests.support.source import ROOT, Function

UNFINISHED = r"\b(TODO|FIXME|XXX|HACK|NotImplementedError|for now|stub|placeholder implementation)\b"
TRICKS = r"mocker\.patch|mock\.patch|monkeypatch\.setattr|\bsleep\(|pytest\.mark\.(skip|skipif|xfail)\b|assert True\b"
SOCKETS = {"socket", "aiohttp", "httpx", "requests", "smtplib", "aiosmtplib", "urllib", "redis", "playwright"}
FOREIGN = {"Org", "Customer", "Flow", "Journey", "Node", "Blocklist", "Broadcast", "Vendor", "Gateway", "Ticket", "Dlr"}
VOCABULARY: tuple[type[StrEnum], ...] = (
    message.MessageState, message.MessageClass, message.Channel, message.Hold, message.Reason, message.ReceiptStatus,
    enrollment.EnrollmentState, booking.BookingState, escalation.EscalationState, escalation.EscalationKind,
    event.EventState, consent.ConsentKind, consent.SuppressionReason, outcome.CodeClass, protocol.Anchor,
    protocol.LatePolicy, protocol.Condition, protocol.Repeat, ReturnedKind, Action, Deed,
    campaign.CampaignState, campaign.RecipientState, campaign.Speech,
)  # fmt: skip
TABLES = {
    "Message": lifecycle.MESSAGE,
    "Enrollment": lifecycle.ENROLLMENT,
    "Booking": lifecycle.BOOKING,
    "Escalation": lifecycle.ESCALATION,
    "Campaign": campaign.CAMPAIGN,
}


def paper(name: str) -> str:
    """The text of a file under docs/."""
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def breaking(functions: Iterable[Function], rule: Callable[[Function], bool]) -> list[str]:
    """The functions for which the rule does not hold."""
    return [str(f) for f in functions if not rule(f)]


def found(folder: str, pattern: str, *, but: str = "tests/test_house.py") -> list[str]:
    """Every line below `folder` that has the pattern."""
    return [
        f"{file}:{number}: {line.strip()}"
        for file, text in source.sources(folder).items()
        for number, line in enumerate(text.splitlines(), 1)
        if file != but and re.search(pattern, line)
    ]


def test_no_file_is_longer_than_400_lines() -> None:
    every = {**source.sources("followup"), **source.sources("tests")}
    assert [file for file, text in every.items() if text.count("\n") > 400] == []


def test_half_the_files_have_130_lines_at_most() -> None:
    assert median(text.count("\n") for text in source.sources("followup").values() if text.count("\n") > 3) <= 130


def test_no_function_is_longer_than_40_lines() -> None:
    assert breaking(source.functions("followup"), lambda f: f.lines <= 40) == []


def test_half_the_functions_have_8_lines_at_most() -> None:
    lines = [f.lines for f in source.functions("followup")]
    assert median(lines) <= 8
    assert quantiles(lines, n=20)[-1] <= 30


def test_no_function_takes_over_three_by_position() -> None:
    ours = [f for f in source.functions("followup") if not f.is_called_by_library]
    assert breaking(ours, lambda f: f.positional <= 3) == []


def test_no_folder_holds_over_24_files() -> None:
    every = [PurePath(file) for folder in ("followup", "tests") for file in source.sources(folder)]
    files = Counter(str(file.parent) for file in every if file.name != "__init__.py")
    assert [folder for folder, count in files.items() if count > 24] == []


def test_every_module_opens_with_one_sentence() -> None:
    first = {file: text.split("\n", 1)[0] for file, text in source.sources("followup").items() if text.strip()}
    assert [file for file, line in first.items() if not re.match(r'r?"""\S.*[.:!?;,\w)]("""|$)', line)] == []


def test_comments_are_three_lines_in_a_hundred() -> None:
    texts = source.sources("followup").values()
    assert sum(map(source.comment_lines, texts)) <= 0.03 * sum(text.count("\n") for text in texts)


def test_an_actor_has_six_lines_at_most() -> None:
    acting = [f for f in source.functions("followup/actors") if f.name == "act" and f.file.endswith("declare.py")]
    assert acting
    assert breaking(acting, lambda f: f.lines <= 6) == []


def test_nothing_in_the_product_is_left_unfinished() -> None:
    assert found("followup", UNFINISHED) == []


def test_no_class_bears_a_word_of_others() -> None:
    classes = [line for line in found("followup", r"^class ") if re.search(r"class (\w+)", line)]
    words = {line: set(re.findall(r"[A-Z][a-z]+", line.split("class ", 1)[1].split("(")[0])) for line in classes}
    assert [line for line, used in words.items() if used & FOREIGN] == []


def test_tests_neither_patch_nor_sleep_nor_skip() -> None:
    assert found("tests", TRICKS) == []


def test_a_test_says_its_rule_in_its_name() -> None:
    tests = [f for f in source.functions("tests") if f.name.startswith("test_")]
    assert breaking(tests, lambda f: 4 <= f.name.removeprefix("test_").count("_") + 1 <= 10) == []


def test_half_the_tests_have_15_lines_at_most() -> None:
    tests = [f for f in source.functions("tests") if f.name.startswith("test_")]
    assert median(f.lines for f in tests) <= 15
    assert breaking(tests, lambda f: f.lines <= 30) == []


@pytest.mark.parametrize("floor", ["tests/domain", "tests/services"])
def test_tests_of_inner_floors_open_no_sockets(floor: str) -> None:
    assert {
        file: source.imports(file) & SOCKETS for file in source.sources(floor) if source.imports(file) & SOCKETS
    } == {}


def test_every_setting_stands_in_its_paper() -> None:
    documented = set(re.findall(r"^\| `([A-Z0-9_]+)`", paper("settings.md"), re.MULTILINE))
    assert documented == {variable(name) for name in Settings.model_fields}


def test_the_paper_on_mail_has_every_code() -> None:
    shown = re.findall(r"^\| ([45][\d.x]+) \| `(\w+)` \| (\d) \| (.*) \|$", paper("mail.md"), re.MULTILINE)
    table = {(f"{code}.x" if code.count(".") == 1 else code): row for code, row in MAIL_CODES.items()}
    assert {code: (kind, int(strikes), text) for code, kind, strikes, text in shown} == table


def test_the_example_file_names_settings_that_exist() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^#?\s?([A-Z0-9_]+)=", example, re.MULTILINE))
    assert named - {"POSTGRES_PASSWORD"} <= {variable(name) for name in Settings.model_fields}  # that one is compose's


@pytest.mark.parametrize("kind", TABLES)
def test_the_lifecycle_paper_draws_the_arrows(kind: str) -> None:
    section = re.split(rf"^## {kind}\n", paper("lifecycle.md"), flags=re.MULTILINE)[1].split("\n## ")[0]
    drawn = set(re.findall(r"^\| (\S+) \| (\S+) \| (\S+) \|", section, re.MULTILINE)) - {
        ("State", "Signal", "Next"),
        ("---",) * 3,
    }
    table = TABLES[kind]
    assert drawn == {(str(state or "(none)"), str(signal), str(after)) for (state, signal), after in table.items()}


@pytest.mark.parametrize("words", VOCABULARY, ids=lambda words: words.__name__)
def test_the_glossary_explains_every_word_used(words: type[StrEnum]) -> None:
    explained = set(re.findall(r"`([^`]+)`", paper("glossary.md")))
    assert [word.value for word in words if word.value not in explained] == []


def test_links_between_papers_lead_somewhere() -> None:
    papers = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    links = [(p, link) for p in papers for link in re.findall(r"\]\(([^)#:]+)\)", p.read_text(encoding="utf-8"))]
    assert [f"{p.name}: {link}" for p, link in links if not (p.parent / link).exists()] == []
