"""`followup template`: previews from the files alone or for a patient, and the size of a text."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from followup.cli.main import app
from followup.storage import patients
from followup.storage.database import open_database
from tests.builders import ROOT, make_patient
from tests.content.texts import folder
from tests.fakes import START

REF = "skinpen-microneedling/day-3"


def run(*args: str, stdin: str = "", **environ: str) -> Result:
    env = {"FOLLOWUP_CONFIG": str(ROOT / "config"), "FOLLOWUP_TEMPLATES": str(ROOT / "templates"), **environ}
    return CliRunner().invoke(app, ["template", *args], input=stdin, env=env)


def test_a_preview_shows_channels_and_languages() -> None:
    result = run("preview", REF)
    heads = [line for line in result.stdout.splitlines() if line.startswith(("en-CA", "fr-CA"))]
    assert heads == ["en-CA  SMS  checkin", "en-CA  e-mail  checkin", "fr-CA  SMS  checkin", "fr-CA  e-mail  checkin"]
    assert "GSM-7, " in result.stdout
    assert "  leads to http://127.0.0.1:8000/m/" in result.stdout
    assert "  leads to tel:9055550142" in result.stdout


def test_a_preview_in_json_has_every_part() -> None:
    texts = json.loads(run("preview", REF, "--locale", "fr-CA", "--json").stdout)["texts"]
    assert [(t["channel"], t["encoding"]) for t in texts] == [("sms", "GSM-7"), ("email", "UTF-8")]
    assert texts[0]["size"]["segments"] == texts[0]["segments"] == 2
    assert "<html" in texts[1]["html"]
    assert texts[1]["subject"].startswith("Comment allez-vous")


def test_a_preview_can_print_the_html_alone() -> None:
    assert run("preview", REF, "--locale", "en-CA", "--html").stdout.startswith("<!DOCTYPE html>")


def test_a_preview_for_a_patient_uses_the_name(sqlite_url: str, tmp_path: Path) -> None:
    database = open_database(sqlite_url)
    with database.transaction() as conn:
        patients.put(conn, make_patient(given_name="Zebulon"), START)
    database.close()
    environ = {"DATABASE_URL": sqlite_url, "FOLLOWUP_SECRET_KEY": "s" * 32, "FOLLOWUP_CLOCK": "system"}
    result = run("preview", REF, "--patient", "P-17", "--locale", "en-CA", **environ)
    assert "Hello Zebulon," in result.stdout
    result = run("preview", REF, "--patient", "P-99", **environ)
    assert (result.exit_code, "no patient 'P-99'" in result.stderr) == (1, True)


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("preview", "no/such"), "there is no template 'no/such'"),
        (("preview", REF, "--locale", "es-MX"), f"{REF} has no es-MX (it has en-CA, fr-CA)"),
        (("preview", REF, "--clinic", "other"), "no clinic 'other'"),
    ],
)
def test_a_wrong_preview_is_one_line(args: tuple[str, ...], told: str) -> None:
    result = run(*args)
    assert (result.exit_code, result.stdout) == (1, "")
    assert told in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_text_that_cannot_be_written_fails(tmp_path: Path) -> None:
    folder(tmp_path, sms="{{ pet_name }}")
    result = run("preview", "care/day-1", "--locale", "en-CA", FOLLOWUP_TEMPLATES=str(tmp_path))
    assert result.exit_code == 1
    assert (
        "cannot be written: care/day-1/en-CA.j2:5: unknown-placeholder: there is no placeholder 'pet_name'"
        in result.stdout
    )


@pytest.mark.parametrize(
    ("text", "encoding", "units", "count"),
    [
        ("a" * 161, "GSM-7", 161, 2),
        ("€" * 81, "GSM-7", 162, 2),
        ("Répondez ARRÊT", "UCS-2", 14, 1),
        ("“curly” – «\u00a0plain\u00a0»", "GSM-7", 17, 1),
    ],
    ids=["long", "euro", "circumflex", "quotes"],
)
def test_segments_tell_the_size_of_a_text(text: str, encoding: str, units: int, count: int) -> None:
    size = json.loads(run("segments", text, "--json").stdout)
    assert (size["encoding"], size["units"], size["segments"]) == (encoding, units, count)


def test_segments_name_the_costly_characters() -> None:
    shown = run("segments", "-", stdin="Forêt [a]\n").stdout
    assert shown.startswith("UCS-2, 9 units, 1 segment, 61 left in the last\n")
    assert "forces UCS-2: ê (LATIN SMALL LETTER E WITH CIRCUMFLEX, U+00EA)" in shown
    assert "counts twice: [ (LEFT SQUARE BRACKET, U+005B)" in run("segments", "[a]").stdout
