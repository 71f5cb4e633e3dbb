"""`followup doctor`: a line for each part, and the cure where one is needed."""

import json
import shutil
from pathlib import Path

import pytest

from tests.builders import ROOT
from tests.cli.conftest import Call
from tests.support.imap import ImapServer

Lines = dict[str, tuple[str, str]]
NOWHERE = "127.0.0.1:1"


def _examine(call: Call, capsys: pytest.CaptureFixture[str], **environ: str) -> tuple[int, Lines]:
    capsys.readouterr()
    environ.setdefault("FOLLOWUP_PUBLIC_URL", f"http://{NOWHERE}")
    status = call("doctor", "--json", **environ)
    lines = json.loads(capsys.readouterr().out)
    return status, {line["part"]: (line["level"], f"{line['text']} ({line['cure']})") for line in lines}


@pytest.fixture
def migrated(call: Call) -> Call:
    call("db", "migrate")
    return call


def test_a_fresh_installation_is_sound(migrated: Call, capsys: pytest.CaptureFixture[str]) -> None:
    status, lines = _examine(migrated, capsys)
    assert status == 0
    sound = {"database", "schema", "protocols", "templates", "clinics", "clock", "tzdata"}
    assert sound <= {part for part, (level, _) in lines.items() if level == "ok"}
    assert {"broker", "sms", "email", "mode"} <= {part for part, (level, _) in lines.items() if level == "warning"}


def test_people_read_one_line_each(migrated: Call, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert migrated("doctor", FOLLOWUP_PUBLIC_URL=f"http://{NOWHERE}") == 0
    assert all(line.startswith(("ok ", "warning ")) for line in capsys.readouterr().out.splitlines())


def test_a_missing_schema_is_an_error(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    status, lines = _examine(call, capsys)
    assert (status, lines["schema"][0]) == (1, "error")
    assert "followup db migrate" in lines["schema"][1]


@pytest.mark.parametrize(
    ("part", "environ"),
    [
        ("database", {"DATABASE_URL": f"postgresql://u:s3cret@{NOWHERE}/x"}),
        ("broker", {"REDIS_URL": f"redis://:s3cret@{NOWHERE}"}),
        ("broker", {"BROKER_URL": f"amqp://u:s3cret@{NOWHERE}"}),
        ("mailbox", {"IMAP_URL": f"imap://u:s3cret@{NOWHERE}/?tls=none"}),
        ("email", {"SMTP_URL": f"smtp://u:s3cret@{NOWHERE}?tls=none", "EMAIL_FROM": "care@clinic.example"}),
        (
            "sms",
            {
                "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
                "TWILIO_AUTH_TOKEN": "s3cret",
                "TWILIO_FROM": "+14165550100",
                "TWILIO_API_URL": f"http://{NOWHERE}",
            },
        ),
        ("public URL", {"FOLLOWUP_MODE": "live", "FOLLOWUP_LIVE_CONFIRM": "canstrive"}),
        ("sms", {"FOLLOWUP_MODE": "live", "FOLLOWUP_LIVE_CONFIRM": "canstrive", "SMTP_URL": f"smtp://{NOWHERE}"}),
    ],
)
def test_what_is_out_of_reach_is_an_error(
    part: str, environ: dict[str, str], migrated: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    status, lines = _examine(migrated, capsys, **environ)
    assert (status, lines[part][0]) == (1, "error")
    assert "s3cret" not in str(lines)


def test_a_broken_protocol_is_named_by_file(migrated: Call, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(ROOT / "config", tmp_path / "broken")
    (tmp_path / "broken" / "protocols" / "wrong.yaml").write_text("key: [\n")
    status, lines = _examine(migrated, capsys, FOLLOWUP_CONFIG=str(tmp_path / "broken"))
    assert (status, lines["protocols"][0]) == (1, "error")
    assert "wrong.yaml" in lines["protocols"][1]


def test_the_mailbox_s_log_in_is_tried(migrated: Call, capsys: pytest.CaptureFixture[str]) -> None:
    with ImapServer().running() as server:
        _, lines = _examine(migrated, capsys, IMAP_URL=server.url())
        assert lines["mailbox"] == ("ok", "takes the log-in ()")
        status, lines = _examine(migrated, capsys, IMAP_URL=server.url(password="wrong-s3cret"))
    assert (status, lines["mailbox"][0]) == (1, "error")
    assert "check IMAP_URL" in lines["mailbox"][1]
    assert "s3cret" not in str(lines)


def test_bounces_that_nobody_hears_are_pointed_out(migrated: Call, capsys: pytest.CaptureFixture[str]) -> None:
    environ = {"SMTP_URL": f"smtp://{NOWHERE}?tls=none", "EMAIL_FROM": "care@clinic.example"}
    _, lines = _examine(migrated, capsys, **environ)
    assert lines["mailbox"][0] == "warning"
    _, lines = _examine(
        migrated,
        capsys,
        **environ,
        FOLLOWUP_BOUNCE_SECRET="a-long-bounce-secret",
        EMAIL_BOUNCE_DOMAIN="b.clinic.example",
    )
    assert "mailbox" not in lines


def test_a_misspelt_setting_is_pointed_out(migrated: Call, capsys: pytest.CaptureFixture[str]) -> None:
    _, lines = _examine(migrated, capsys, FOLLOWUP_TIK="1s")
    assert lines["settings"] == ("warning", "FOLLOWUP_TIK is no setting (did you mean FOLLOWUP_TICK?)")


def test_a_test_clock_is_pointed_out(migrated: Call, capsys: pytest.CaptureFixture[str]) -> None:
    migrated("clock", "set", "2026-03-02T14:00:00Z", FOLLOWUP_CLOCK="file:clock")
    _, lines = _examine(migrated, capsys)
    assert lines["clock"][0] == "warning"
    assert "2026-03-02T14:00:00+00:00" in lines["clock"][1]


def test_going_live_takes_two_commands(migrated: Call, capsys: pytest.CaptureFixture[str]) -> None:
    fit = {"SMTP_URL": f"smtp://{NOWHERE}?tls=none", "EMAIL_FROM": "care@clinic.example"}
    assert migrated("doctor", "--go-live", **fit) == 0
    said = capsys.readouterr().out
    assert "0 that are past due would be skipped" in said
    phrase = said.split("--confirm ")[1].split()[0]
    assert migrated("doctor", "--go-live", "--confirm", "canstrive-wrong", "--by", "Lee") == 1
    assert migrated("doctor", "--go-live", "--confirm", phrase, "--by", "Lee") == 0
    assert "mode        canstrive: live" in (migrated("doctor") and capsys.readouterr().out)
