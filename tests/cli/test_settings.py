"""Every setting: what is refused, what is read, and that the papers name it."""

import base64
from datetime import timedelta
from pathlib import Path

import pytest

from followup.domain.errors import SettingError
from followup.settings import Settings, load_settings, parse_duration, parse_imap, parse_smtp, variable
from tests.builders import ROOT

_WEBHOOK = "whsec_" + base64.b64encode(b"0123456789abcdef01234567").decode()
_LIVE = {"FOLLOWUP_MODE": "live", "FOLLOWUP_LIVE_CONFIRM": "canstrive"}
_SID, _TOKEN = {"TWILIO_ACCOUNT_SID": "AC" + "0" * 32}, {"TWILIO_AUTH_TOKEN": "s3cret-token"}

#: The environment, and the variable that the one line must name.
WRONG = [
    ({"DATABASE_URL": "mysql://root:s3cret@host/x"}, "DATABASE_URL"),
    ({"DATABASE_URL": "followup.db"}, "DATABASE_URL"),
    ({"REDIS_URL": "http://s3cret@host"}, "REDIS_URL"),
    ({"REDIS_URL": "redis://host:s3cret"}, "REDIS_URL"),
    ({"REDIS_URL": "amqp://host"}, "REDIS_URL"),
    ({"BROKER_URL": "kafka://host"}, "BROKER_URL"),
    ({"TWILIO_ACCOUNT_SID": "account"} | _TOKEN, "TWILIO_ACCOUNT_SID"),
    (_SID, "TWILIO_AUTH_TOKEN"),
    (_TOKEN, "TWILIO_ACCOUNT_SID"),
    (_SID | {"TWILIO_API_KEY": "SK" + "0" * 32}, "TWILIO_API_SECRET"),
    (_SID | {"TWILIO_API_SECRET": "s3cret"}, "TWILIO_API_KEY"),
    ({"TWILIO_API_KEY": "s3cret"}, "TWILIO_API_KEY"),
    ({"TWILIO_MESSAGING_SERVICE_SID": "+14165550100"}, "TWILIO_MESSAGING_SERVICE_SID"),
    ({"TWILIO_FROM": "416-555-0100"}, "TWILIO_FROM"),
    ({"TWILIO_FROM": "Clinic"}, "TWILIO_FROM"),
    ({"TWILIO_API_URL": "api.twilio.com"}, "TWILIO_API_URL"),
    ({"SMTP_URL": "mail.example"}, "SMTP_URL"),
    ({"SMTP_URL": "smtp://u:s3cret/x@host"}, "SMTP_URL"),
    ({"SMTP_URL": "smtp://host?tls=maybe"}, "SMTP_URL"),
    ({"SMTP_URL": "smtps://host?tls=none"}, "SMTP_URL"),
    ({"IMAP_URL": "mail.example"}, "IMAP_URL"),
    ({"IMAP_URL": "imap://host/INBOX"}, "IMAP_URL"),
    ({"IMAP_URL": "imap://u:s3cret@host:x/INBOX"}, "IMAP_URL"),
    ({"IMAP_URL": "imap://u:s3cret@host/INBOX?tls=maybe"}, "IMAP_URL"),
    ({"IMAP_URL": "imaps://u:s3cret@host/INBOX?tls=none"}, "IMAP_URL"),
    ({"IMAP_URL": "imaps://u:s3cret@host/%22"}, "IMAP_URL"),
    ({"FOLLOWUP_BOUNCE_SECRET": "s3cret"}, "FOLLOWUP_BOUNCE_SECRET"),
    ({"EMAIL_FROM": "the clinic"}, "EMAIL_FROM"),
    ({"EMAIL_BOUNCE_DOMAIN": "bounce@clinic.example"}, "EMAIL_BOUNCE_DOMAIN"),
    ({"FOLLOWUP_PUBLIC_URL": "clinic.example"}, "FOLLOWUP_PUBLIC_URL"),
    ({"FOLLOWUP_SECRET_KEY": "s3cret"}, "FOLLOWUP_SECRET_KEY"),
    ({"FOLLOWUP_EVENT_SECRETS": "s3cret"}, "FOLLOWUP_EVENT_SECRETS"),
    ({"FOLLOWUP_EVENT_SECRETS": "whsec_s3cret"}, "FOLLOWUP_EVENT_SECRETS"),
    ({"FOLLOWUP_EVENT_SECRETS": "whsec_c2hvcnQ="}, "FOLLOWUP_EVENT_SECRETS"),
    ({"FOLLOWUP_API_KEY": "s3cret-one,s3cret-two"}, "FOLLOWUP_API_KEY"),
    ({"FOLLOWUP_API_KEY": "s3cret"}, "FOLLOWUP_API_KEY"),
    ({"FOLLOWUP_CONFIG": "/no/such/folder"}, "FOLLOWUP_CONFIG"),
    ({"FOLLOWUP_TEMPLATES": "/no/such/folder"}, "FOLLOWUP_TEMPLATES"),
    ({"FOLLOWUP_MODE": "test"}, "FOLLOWUP_MODE"),
    ({"FOLLOWUP_MODE": "live"}, "FOLLOWUP_LIVE_CONFIRM"),
    (_LIVE | {"FOLLOWUP_CLOCK": "file:var/clock"}, "FOLLOWUP_CLOCK"),
    (_LIVE | {"FOLLOWUP_SENDER_RATE": "0"}, "FOLLOWUP_SENDER_RATE"),
    ({"FOLLOWUP_CLOCK": "var/clock"}, "FOLLOWUP_CLOCK"),
    ({"FOLLOWUP_TICK": "1"}, "FOLLOWUP_TICK"),
    ({"FOLLOWUP_TICK": "0s"}, "FOLLOWUP_TICK"),
    ({"FOLLOWUP_SENDER_RATE": "fast"}, "FOLLOWUP_SENDER_RATE"),
    ({"FOLLOWUP_SENDER_RATE": "-1"}, "FOLLOWUP_SENDER_RATE"),
    ({"FOLLOWUP_PROVIDER_TIMEOUT": "soon"}, "FOLLOWUP_PROVIDER_TIMEOUT"),
    ({"FOLLOWUP_LEASE": "59s"}, "FOLLOWUP_LEASE"),
    ({"FOLLOWUP_PROVIDER_TIMEOUT": "21s"}, "FOLLOWUP_LEASE"),
    ({"FOLLOWUP_SMS_PROVIDERS": "twilio"}, "TWILIO_ACCOUNT_SID"),
    (_SID | _TOKEN | {"FOLLOWUP_SMS_PROVIDERS": "twilio,vonage"}, "VONAGE_API_KEY"),
    (_SID | _TOKEN | {"FOLLOWUP_SMS_PROVIDERS": "twilio,twilio"}, "FOLLOWUP_SMS_PROVIDERS"),
    ({"FOLLOWUP_SMS_PROVIDERS": "pigeon"}, "FOLLOWUP_SMS_PROVIDERS"),
    ({"TWILIO2_AUTH_TOKEN": "s3cret"}, "TWILIO2_ACCOUNT_SID"),
    ({"TWILIO2_ACCOUNT_SID": "AC" + "1" * 32}, "TWILIO2_AUTH_TOKEN"),
    ({"VONAGE_API_KEY": "abcd1234"}, "VONAGE_API_SECRET"),
    ({"VONAGE_API_SECRET": "s3cret"}, "VONAGE_API_KEY"),
    ({"FOLLOWUP_SETTLE": "a while"}, "FOLLOWUP_SETTLE"),
    ({"FOLLOWUP_CONCURRENCY": "0"}, "FOLLOWUP_CONCURRENCY"),
    ({"FOLLOWUP_CONCURRENCY": "many"}, "FOLLOWUP_CONCURRENCY"),
    ({"IMAP_URL": "https://mail.example"}, "IMAP_URL"),
    ({"FOLLOWUP_LOG": "xml"}, "FOLLOWUP_LOG"),
]

RIGHT = [
    ("DATABASE_URL", "postgresql://u:p@host/db", "database_url", "postgresql+psycopg://u:p@host/db"),
    ("BROKER_URL", "amqp://guest:guest@host", "broker_url", "amqp://guest:guest@host"),
    ("BROKER_URL", "sentinel://a:26379,b:26379/main", "broker_url", "sentinel://a:26379,b:26379/main"),
    ("REDIS_URL", "unix:///a%20b/valkey.sock", "broker_url", "unix:///a%20b/valkey.sock"),
    ("TWILIO_FROM", "+1 416-555-0100", "twilio_from", "+14165550100"),
    ("TWILIO_FROM", "12345", "twilio_from", "12345"),
    ("EMAIL_FROM", "Clinic <care@clinic.example>", "email_from", "Clinic <care@clinic.example>"),
    ("FOLLOWUP_PUBLIC_URL", "https://clinic.example/f/", "public_url", "https://clinic.example/f"),
    ("FOLLOWUP_EVENT_SECRETS", f"{_WEBHOOK}, a:{_WEBHOOK}", "event_secrets", (_WEBHOOK, f"a:{_WEBHOOK}")),
    ("FOLLOWUP_TRIAL_ALLOW", "+1416555*, *@clinic.example", "trial_allow", ("+1416555*", "*@clinic.example")),
    ("FOLLOWUP_SENDER_RATE", "0", "sender_rate", 0.0),
    ("FOLLOWUP_TICK", "200ms", "tick", timedelta(milliseconds=200)),
    ("FOLLOWUP_SETTLE", "2d", "settle", timedelta(days=2)),
    ("FOLLOWUP_DATA", "elsewhere", "database_url", "sqlite:///elsewhere/followup.db"),
]


@pytest.mark.parametrize(("environ", "named"), WRONG, ids=lambda case: str(case)[:60])
def test_a_wrong_setting_is_one_line_with_cure(environ: dict[str, str], named: str) -> None:
    with pytest.raises(SettingError) as caught:
        load_settings(environ)
    line = str(caught.value)
    assert line.startswith(f"{named}: ")
    assert caught.value.cure
    assert "\n" not in line
    assert "s3cret" not in line


@pytest.mark.parametrize(("name", "text", "field", "expected"), RIGHT)
def test_a_sound_setting_is_read_as_meant(name: str, text: str, field: str, expected: object) -> None:
    assert getattr(load_settings({name: text}), field) == expected


def test_all_settings_have_a_sound_default() -> None:
    settings = load_settings({})
    assert (settings.database_url, settings.mode, settings.clock) == ("sqlite:///var/followup.db", "trial", "system")
    assert (settings.tick.total_seconds(), settings.lease.total_seconds()) == (1, 60)
    assert settings.public_url == "http://127.0.0.1:8000"


def test_empty_variables_count_as_left_out() -> None:
    assert load_settings({"SMTP_URL": "", "FOLLOWUP_LEASE": ""}) == load_settings({})


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("FOLLOWUP_TICK=2s\nFOLLOWUP_SETTLE=1m\n")
    settings = load_settings({"FOLLOWUP_TICK": "3s"}, dotenv=tmp_path / ".env")
    assert (settings.tick.total_seconds(), settings.settle.total_seconds()) == (3, 60)


def test_printing_the_settings_shows_no_secret() -> None:
    given = {"SMTP_URL": "smtp://u:s3cret@host", "REDIS_URL": "redis://:s3cret@host", "FOLLOWUP_API_KEY": "s3cret-key"}
    given |= _SID | _TOKEN | {"DATABASE_URL": "postgresql://u:s3cret@host/x", "FOLLOWUP_SECRET_KEY": "s3cret" * 4}
    assert "s3cret" not in repr(load_settings(given))


def test_config_falls_back_to_the_shipped_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load_settings({})
    assert (settings.config / "protocols").is_dir()
    assert (settings.templates / "messages").is_dir()


_SECOND = {"TWILIO2_ACCOUNT_SID": "AC" + "1" * 32, "TWILIO2_AUTH_TOKEN": "s3cret", "TWILIO2_FROM": "+14165550101"}
_VONAGE = {"VONAGE_API_KEY": "abcd1234", "VONAGE_API_SECRET": "s3cret"}


@pytest.mark.parametrize(
    ("environ", "line"),
    [
        ({}, ("echo",)),
        (_SID | _TOKEN, ("twilio",)),
        (_VONAGE, ("vonage",)),
        (_SID | _TOKEN | _SECOND, ("twilio",)),
        (_SID | _TOKEN | _SECOND | {"FOLLOWUP_SMS_PROVIDERS": "twilio2, twilio"}, ("twilio2", "twilio")),
    ],
)
def test_a_second_provider_takes_part_when_named(environ: dict[str, str], line: tuple[str, ...]) -> None:
    assert load_settings(environ).sms_line == line


def test_two_accounts_of_one_kind_stay_apart() -> None:
    settings = load_settings(_SID | _TOKEN | _SECOND)
    assert settings.twilio_account("twilio").sender == ""
    assert settings.twilio_account("twilio2").sender == "+14165550101"
    assert settings.sms_accounts == ("twilio", "twilio2")


@pytest.mark.parametrize("name", sorted(variable(field) for field in Settings.model_fields))
def test_every_setting_is_in_the_papers(name: str) -> None:
    assert f"`{name}`" in (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "seconds"), [("200ms", 0.2), ("1s", 1), ("15m", 900), ("36h", 129600), ("2d", 172800), ("1h30m", 5400)]
)
def test_durations_are_a_number_with_unit(text: str, seconds: float) -> None:
    assert parse_duration(text).total_seconds() == seconds


@pytest.mark.parametrize(
    ("url", "port", "tls"),
    [
        ("smtp://u:p%40ss@host:587?tls=starttls", 587, "starttls"),
        ("smtp://host", 587, "starttls"),
        ("smtps://host", 465, "implicit"),
        ("smtp://127.0.0.1:8925?tls=none", 8925, "none"),
    ],
)
def test_a_mail_server_is_read_in_parts(url: str, port: int, tls: str) -> None:
    address = parse_smtp(url)
    assert (address.port, address.tls) == (port, tls)
    assert address.password in ("", "p@ss")


@pytest.mark.parametrize(
    ("url", "port", "tls", "folder"),
    [
        ("imaps://u:p%40ss@host", 993, "implicit", "INBOX"),
        ("imaps://u:p%40ss@host:1993/Bounces", 1993, "implicit", "Bounces"),
        ("imap://u:p%40ss@host/INBOX/a%20b", 143, "starttls", "INBOX/a b"),
        ("imap://u:p%40ss@127.0.0.1:1143/?tls=none", 1143, "none", "INBOX"),
    ],
)
def test_a_mailbox_is_read_from_its_address(url: str, port: int, tls: str, folder: str) -> None:
    mailbox = parse_imap(url)
    assert (mailbox.server.port, mailbox.server.tls, mailbox.folder) == (port, tls, folder)
    assert mailbox.server.password == "p@ss"
    assert "p@ss" not in repr(mailbox)
