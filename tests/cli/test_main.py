"""The command itself: its table, its exit statuses, and that nobody sees a traceback."""

import subprocess
import sys
import time

import pytest
import typer

from followup.cli.common import exit_status, explain, fail, guard
from followup.cli.main import TABLE
from followup.domain import errors
from followup.domain.errors import FollowupError
from tests.builders import ROOT
from tests.cli.conftest import Call

_HEAVY = ("sqlalchemy", "pydantic", "dramatiq", "fastapi", "aiohttp", "rich", "redis", "jinja2")

_ASK_HELP = f"""
import sys
from followup.cli.main import run
try:
    run(["--help"])
except SystemExit:
    print([name for name in {_HEAVY} if name in sys.modules])
"""

STATUSES = [
    (errors.SettingError("X", "is wrong"), 2),
    (errors.Unavailable("database: away"), 3),
    (errors.ConfigFault((errors.Fault("a.yaml:1", "is wrong"),)), 1),
    (errors.TemplateFault("day-1/en.j2", "has a gap"), 1),
    (errors.InvalidInput("is malformed"), 1),
    (errors.Unreadable("no MessageSid"), 1),
    (errors.BadOption("'zzz' is no date"), 2),
    (errors.TooLate("the patient has had it"), 1),
    (errors.NotFound("no such message"), 1),
    (errors.Conflict("same key, other body"), 1),
    (errors.Forbidden("another clinic's"), 1),
    (errors.IllegalSignal("message", "sent", "claimed"), 1),
    (ValueError("Ana Silva"), 70),
]


@pytest.mark.parametrize("name", sorted(TABLE))
def test_every_command_in_the_table_loads(name: str) -> None:
    assert TABLE[name].load(name).name == name


@pytest.mark.parametrize("name", sorted(TABLE))
def test_every_command_has_its_help(name: str, call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(name, "--help") == 0
    assert f"followup {name}" in capsys.readouterr().out


def test_help_lists_all_without_loading_any() -> None:
    began = time.perf_counter()
    answer = subprocess.run([sys.executable, "-c", _ASK_HELP], cwd=ROOT, capture_output=True, text=True, check=True)
    assert time.perf_counter() - began < 3
    assert answer.stdout.splitlines()[-1] == "[]"
    assert all(f"  {name}" in answer.stdout for name in TABLE)


@pytest.mark.parametrize(("error", "status"), STATUSES)
def test_each_error_has_its_exit_status(error: Exception, status: int, capsys: pytest.CaptureFixture[str]) -> None:
    @guard
    def command() -> None:
        raise error

    with pytest.raises(typer.Exit) as ended:
        command()
    assert ended.value.exit_code == exit_status(error) == status
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "Ana" not in told


def test_every_error_of_ours_is_in_the_table() -> None:
    kinds = {type(error) for error, _ in STATUSES}
    named = [c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, FollowupError)]
    assert set(named) - {FollowupError} <= kinds


def test_a_bug_is_named_by_type_and_place() -> None:
    with pytest.raises(typer.Exit) as ended:
        fail(ZeroDivisionError("secret"))
    assert ended.value.exit_code == 70
    assert explain(ZeroDivisionError("secret")).startswith("followup: a bug of ours, ZeroDivisionError")


@pytest.mark.parametrize("args", [["nonsense"], ["clock", "nonsense"], ["clock", "set"], ["db", "check", "--what"]])
def test_a_wrong_call_exits_with_two(args: list[str], call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(*args) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_wrong_setting_exits_with_two(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("clock", "show", FOLLOWUP_TICK="soon") == 2
    assert capsys.readouterr().err.startswith("followup: FOLLOWUP_TICK: is no duration")


def test_the_module_is_the_command() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "followup", "--version"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip()
