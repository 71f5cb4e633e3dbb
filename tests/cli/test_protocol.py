"""`followup protocol`: what it prints and how it ends."""

import json
import shlex

import pytest
from typer.testing import CliRunner

from followup.cli.main import app
from tests.builders import ROOT, SECRET

GOLDEN = ROOT / "tests/golden/skinpen-preview.txt"
SKINPEN = "skinpen-microneedling"
SHIPPED = ROOT / "config/protocols/skinpen-microneedling.yaml"


def run(*args, **environ):
    env = {
        "FOLLOWUP_CONFIG": str(ROOT / "config"),
        "FOLLOWUP_TEMPLATES": str(ROOT / "templates"),
        "FOLLOWUP_SECRET_KEY": SECRET,
        **environ,
    }
    return CliRunner().invoke(app, ["protocol", *args], env=env)


def previews():
    """Each command of the golden file with the lines that follow it."""
    for block in GOLDEN.read_text().strip().split("\n\n"):
        command, _, shown = block.partition("\n")
        yield command.removeprefix("$ followup protocol "), shown


@pytest.mark.parametrize(("command", "shown"), list(previews()))
def test_skinpen_preview_shows_the_golden_dates(command, shown):
    result = run(*shlex.split(command))
    assert result.stdout.strip().partition("\n")[2] == shown


@pytest.mark.parametrize(("locale", "words"), [("en-CA", "if you agreed on"), ("fr-CA", "si vous avez convenu")])
@pytest.mark.parametrize("numbers", [(), ("--session", "1"), ("--of", "3")])
def test_a_year_without_session_numbers_is_whole(locale, words, numbers):
    result = run("preview", SKINPEN, "--anchor", "2026-03-02T15:30", "--locale", locale, *numbers, "--json")
    lines = json.loads(result.stdout)
    assert [line["step"] for line in lines if not line["goes"]] == []
    assert words in next(line["text"] for line in lines if line["step"] == "next-session")


def test_preview_shows_each_sms_in_the_language():
    result = run("preview", SKINPEN, "--anchor", "2026-03-02T15:30", "--locale", "fr-CA", "--json")
    first = json.loads(result.stdout)[0]
    assert first["local"] == "2026-03-02T15:30:00-05:00"
    assert "Répondez ARRET" in first["text"]
    assert first["encoding"] == "GSM-7"


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--anchor", "yesterday"), "'yesterday' is no date (write 2026-03-02 or 2026-03-02T15:30)"),
        (("--anchor", "2026-03-02", "--zone", "Mars/Phobos"), "unknown time zone 'Mars/Phobos'"),
        (("--anchor", "2026-03-02", "--event", "booking.made"), "'booking.made' is no event to imagine"),
        (("--anchor", "2026-03-02", "--event", "patient.born@+1d"), "'patient.born@+1d' is no event to imagine"),
        (("--anchor", "2026-03-02", "--locale", "de"), "no texts in 'de' (--locale en-CA|fr-CA)"),
    ],
)
def test_wrong_preview_is_one_line_with_the_cure(args, told):
    result = run("preview", SKINPEN, *args)
    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_preview_for_no_clinic_of_ours_fails():
    result = run("preview", SKINPEN, "--anchor", "2026-03-02", "--clinic", "other")
    assert (result.exit_code, "no clinic 'other'" in result.stderr) == (1, True)


def test_unknown_protocol_is_one_line_with_the_cure():
    result = run("show", "peel")
    assert (result.exit_code, result.stderr) == (1, "followup: no protocol 'peel' (see `followup protocol list`)\n")


def test_shipped_config_passes_the_check():
    result = run("check", "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, {"ok": True, "findings": []})


def test_broken_file_fails_the_check_with_its_line(tmp_path):
    path = tmp_path / SHIPPED.name
    path.write_text(SHIPPED.read_text().replace("offset: P3M", "ofset: P3M"))
    result = run("check", str(path))
    assert result.exit_code == 1
    line = path.read_text().partition("ofset")[0].count("\n") + 1
    assert f"{path}:{line}: unknown-key: unknown key 'ofset' (did you mean 'offset'?)" in result.stdout
    assert f"{path}: errors: 1, warnings: 0" in result.stdout


def test_warnings_alone_pass_the_check(tmp_path):
    path = tmp_path / SHIPPED.name
    path.write_text(SHIPPED.read_text().replace("at: 10:00", "at: 22:00", 1))
    result = run("check", str(path))
    assert result.exit_code == 0
    assert ": outside-hours: day-1: 22:00 " in result.stdout
    assert "[warning]" in result.stdout


def test_missing_path_fails_the_check():
    result = run("check", "nowhere.yaml")
    assert (result.exit_code, "nowhere.yaml:1: no-file: " in result.stdout) == (1, True)


def test_list_and_show_tell_the_same_version():
    listed = json.loads(run("list", "--json").stdout)
    shown = json.loads(run("show", SKINPEN, "--json").stdout)
    assert listed[0]["version"] == shown["version"]
    assert listed[0]["steps"] == [step["key"] for step in shown["steps"]]


def test_publish_keeps_a_version_only_once(sqlite_url):
    first = json.loads(run("publish", "--json", DATABASE_URL=sqlite_url).stdout)
    again = json.loads(run("publish", SKINPEN, "--json", DATABASE_URL=sqlite_url).stdout)
    assert [p["is_new"] for p in (*first, *again)] == [True, False]


def test_migrate_without_enrollments_moves_nothing(sqlite_url):
    result = run("migrate", SKINPEN, "--dry-run", DATABASE_URL=sqlite_url)
    assert (result.exit_code, result.stdout) == (0, "0 enrollments would move\n")


@pytest.mark.parametrize("name", ["protocol", "clinic", "audience", "prices", "campaign"])
def test_published_schemas_are_current(name):
    kept = (ROOT / f"config/schemas/{name}.schema.json").read_text()
    assert run("schema", name).stdout == kept, f"followup protocol schema {name} > config/schemas/{name}.schema.json"


@pytest.mark.parametrize("anchor", ["9999-12-31T00:00", "0001-01-01", "1899-12-31", "tomorrow"])
def test_a_preview_of_no_real_date_says_so(anchor):
    result = run("preview", SKINPEN, "--anchor", anchor)
    assert result.exit_code == 2
    assert "is no date" in result.stderr
