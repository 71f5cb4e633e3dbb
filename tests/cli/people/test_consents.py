"""`followup consent` and `followup suppression`: by name, with evidence, one clear line for what cannot be."""

import json
from pathlib import Path
from typing import Any

import pytest

from followup.domain.event import EventType
from followup.services import answer, enroll
from followup.storage.database import open_database
from tests.builders import PATIENT, PHONE, make_ctx, make_treatment_data
from tests.cli.conftest import Call
from tests.fakes import inbound_request
from tests.services.consents.parts import tell

Captured = pytest.CaptureFixture[str]
BY = ("--by", "Okafor", "--evidence", "form v3")
PROMO = ("--class", "promo", "--channel", "sms")


@pytest.fixture
def clinic(call: Call, tmp_path: Path, capsys: Captured) -> Call:
    """Commands on a database that knows Ana, who wrote STOP."""
    assert call("db", "migrate") == 0
    database = open_database(f"sqlite:///{tmp_path / 'var' / 'followup.db'}")
    ctx = make_ctx(database)
    tell(ctx, EventType.TREATMENT_COMPLETED, **make_treatment_data())
    answer.take_inbound(ctx, inbound_request("STOP", sender=PHONE))
    enroll.complete(ctx)
    database.close()
    capsys.readouterr()
    return call


def shown(call: Call, capsys: Captured, *args: str) -> Any:
    """What a command prints as JSON."""
    assert call(*args, "--json") == 0
    return json.loads(capsys.readouterr().out)


def allowed(call: Call, capsys: Captured, *args: str) -> bool:
    told = shown(call, capsys, "consent", "list", PATIENT, *args)
    (promo,) = [v for v in told["verdicts"] if (v["class"], v["channel"]) == ("promo", "sms")]
    return bool(promo["allowed"])


def test_a_consent_is_recorded_then_withdrawn(clinic: Call, capsys: Captured) -> None:
    assert clinic("consent", "record", PATIENT, *PROMO, *BY) == 0
    assert "nothing is sent all the same: opt_out" in capsys.readouterr().out
    assert allowed(clinic, capsys)
    assert clinic("consent", "withdraw", PATIENT, *BY) == 0
    capsys.readouterr()
    assert not allowed(clinic, capsys)


def test_a_stop_is_lifted_by_an_express_act(clinic: Call, capsys: Captured) -> None:
    assert clinic("consent", "record", PATIENT, *PROMO, *BY, "--lift-stop") == 0
    assert capsys.readouterr().out == "recorded: promo by sms, express; 1 suppression(s) lifted\n"
    assert shown(clinic, capsys, "suppression", "list") == []
    assert [x["released_by"] for x in shown(clinic, capsys, "suppression", "list", "--all")] == ["Okafor"]


@pytest.mark.parametrize(
    ("extra", "line"),
    [
        (("--at", "2099-01-01"), "followup: recorded_at lies in the future"),
        (("--kind", "verbal"), "followup: kind must be one of express, implied_purchase, implied_contract,"),
        (("--at", "soon"), "followup: this is no date and time"),
        (("--kind", "implied_purchase", "--basis-date", "2099-01-01"), "followup: basis_date lies in the future"),
        (("--kind", "exempt", "--lift-stop"), "followup: only an express consent lifts a STOP"),
    ],
)
def test_what_cannot_be_is_one_clear_line(clinic: Call, capsys: Captured, extra: tuple[str, ...], line: str) -> None:
    assert clinic("consent", "record", PATIENT, *PROMO, *BY, *extra) == 1
    err = capsys.readouterr().err
    assert err.startswith(line)
    assert err.count("\n") == 1


def test_evidence_and_name_are_asked_for(clinic: Call) -> None:
    assert clinic("consent", "record", PATIENT, *PROMO, "--by", "Okafor") == 2
    assert clinic("consent", "record", PATIENT, *PROMO, "--evidence", "x") == 2
    assert clinic("suppression", "release", "sms", PHONE, "--reason", "opt_out", "--by", "Okafor") == 2


def test_what_ends_soon_is_listed(clinic: Call, capsys: Captured) -> None:
    assert clinic("consent", "record", PATIENT, *PROMO, *BY, "--kind", "implied_inquiry") == 0
    capsys.readouterr()
    assert shown(clinic, capsys, "consent", "expiring") == []
    (one,) = shown(clinic, capsys, "consent", "expiring", "--days", "200")
    assert (one["patient"], one["kind"], one["used"]) == (PATIENT, "implied_inquiry", False)
    assert clinic("consent", "expiring", "--days", "200") == 0
    assert "not relied on" in capsys.readouterr().out


def test_the_list_is_read_by_people(clinic: Call, capsys: Captured) -> None:
    clinic("consent", "record", PATIENT, *PROMO, "--by", "Okafor", "--evidence", "form\x1b[31m")
    capsys.readouterr()
    assert clinic("consent", "list", PATIENT) == 0
    out = capsys.readouterr().out
    assert "promo           sms    express: form?[31m, by Okafor" in out
    assert "promo           email  no   express consent is missing for promo (CASL s.6(1)(a))" in out


def test_an_address_is_suppressed_and_released(clinic: Call, capsys: Captured) -> None:
    mail = ("email", "ana@example.com", "--reason", "legal", "--by", "Okafor")
    assert clinic("suppression", "add", *mail, "--why", "letter") == 0
    assert capsys.readouterr().out == "suppressed: 1 patient(s) have it\n"
    assert [x["reason"] for x in shown(clinic, capsys, "suppression", "list")] == ["opt_out", "legal"]
    assert clinic("suppression", "release", *mail, "--evidence", "letter 2") == 0
    assert clinic("suppression", "release", *mail, "--evidence", "letter 2") == 1


def test_a_file_with_broken_rows_changes_nothing(clinic: Call, capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("channel,address,reason\nsms,+14165550177,legal\nsms,12,legal\nemail,a@b.example,angry\n")
    assert clinic("suppression", "import", str(file), "--by", "Okafor") == 1
    assert capsys.readouterr().out.splitlines() == [
        "row 3, address: is no phone number",
        "row 4, reason: must be one of opt_out, hard_bounce, complaint, wrong_person, deceased, legal, carrier_block",
        "2 broken row(s): nothing was stored (--clean-rows stores the others)",
    ]
    assert clinic("suppression", "import", str(file), "--by", "Okafor", "--clean-rows") == 1
    capsys.readouterr()
    assert [x["address"] for x in shown(clinic, capsys, "suppression", "list")] == [PHONE, "+14165550177"]


def test_an_export_is_imported_again(clinic: Call, capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    assert clinic("suppression", "export", "--by", "Okafor", "-o", str(file)) == 0
    assert file.stat().st_mode & 0o077 == 0
    capsys.readouterr()
    told = shown(clinic, capsys, "suppression", "import", str(file), "--by", "Okafor")
    assert (told["new"], told["standing"], told["errors"]) == (0, 1, [])
    assert clinic("suppression", "export", "--by", "Okafor") == 0
    assert f'"\'{PHONE}"' in capsys.readouterr().out


def test_a_missing_file_is_a_wrong_call(clinic: Call) -> None:
    assert clinic("suppression", "import", "nowhere.csv", "--by", "Okafor") == 2
