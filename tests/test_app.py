"""The one place that puts the parts together."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from followup.app import build_context, close, keep_secret
from followup.clock import FileClock, SystemClock
from followup.domain.errors import ConfigFault, SettingError, Unavailable
from followup.domain.message import Channel
from followup.pacing import LocalPacer, RedisPacer
from followup.services.context import Context
from followup.services.routing.lineup import everyone, line
from followup.settings import load_settings
from tests.builders import ROOT

_TWILIO = {"TWILIO_ACCOUNT_SID": "AC" + "0" * 32, "TWILIO_AUTH_TOKEN": "token", "TWILIO_FROM": "+14165550100"}


@contextmanager
def _built(folder: Path, **environ: str) -> Iterator[Context]:
    given = {
        "FOLLOWUP_DATA": str(folder / "data"),
        "FOLLOWUP_CONFIG": str(ROOT / "config"),
        "FOLLOWUP_TEMPLATES": str(ROOT / "templates"),
    }
    ctx = build_context(load_settings(given | environ))
    try:
        yield ctx
    finally:
        close(ctx)


def test_without_credentials_messages_are_printed(tmp_path: Path) -> None:
    with _built(tmp_path) as ctx:
        assert {channel: p.name for channel, p in ctx.providers.items()} == {Channel.SMS: "echo", Channel.EMAIL: "echo"}
        assert all(provider.channel is channel for channel, provider in ctx.providers.items())


def test_with_credentials_messages_are_sent(tmp_path: Path) -> None:
    with _built(tmp_path, SMTP_URL="smtp://127.0.0.1:1?tls=none", **_TWILIO) as ctx:
        assert [ctx.providers[c].name for c in (Channel.SMS, Channel.EMAIL)] == ["twilio", "smtp"]


def test_an_account_without_a_sender_does_not_start(tmp_path: Path) -> None:
    account = {name: value for name, value in _TWILIO.items() if name != "TWILIO_FROM"}
    with pytest.raises(SettingError, match=r"TWILIO_MESSAGING_SERVICE_SID.*canstrive"), _built(tmp_path, **account):
        pass


_SECOND = {"TWILIO2_ACCOUNT_SID": "AC" + "1" * 32, "TWILIO2_AUTH_TOKEN": "token", "TWILIO2_FROM": "+14165550101"}
_VONAGE = {"VONAGE_API_KEY": "abcd1234", "VONAGE_API_SECRET": "secret", "VONAGE_FROM": "+14165550102"}


def test_the_list_decides_who_takes_new_texts(tmp_path: Path) -> None:
    with _built(tmp_path, FOLLOWUP_SMS_PROVIDERS="vonage,twilio", **_TWILIO, **_SECOND, **_VONAGE) as ctx:
        assert [one.name for one in line(ctx, Channel.SMS)] == ["vonage", "twilio"]
        assert [one.name for one in ctx.retired] == ["twilio2"]
        assert {one.sender for one in everyone(ctx)} == {"+14165550100", "+14165550101", "+14165550102", ""}


def test_the_pace_is_kept_by_what_is_there(tmp_path: Path) -> None:
    with _built(tmp_path) as ctx:
        assert isinstance(ctx.pacer, LocalPacer)
    with _built(tmp_path, REDIS_URL="redis://127.0.0.1:1") as ctx:
        assert isinstance(ctx.pacer, RedisPacer)


def test_the_system_clock_serves_both_times(tmp_path: Path) -> None:
    with _built(tmp_path) as ctx:
        assert isinstance(ctx.clock, SystemClock)
        assert isinstance(ctx.ops, SystemClock)


def test_a_file_clock_starts_at_the_present(tmp_path: Path) -> None:
    with _built(tmp_path, FOLLOWUP_CLOCK=f"file:{tmp_path / 'clock'}") as ctx:
        assert isinstance(ctx.clock, FileClock)
        assert abs((ctx.ops.now() - ctx.clock.now()).total_seconds()) < 60


def test_the_secret_is_made_once_and_kept_private(tmp_path: Path) -> None:
    made: list[str] = []
    racing = [Thread(target=lambda: made.append(keep_secret(tmp_path / "data"))) for _ in range(8)]
    for thread in racing:
        thread.start()
    for thread in racing:
        thread.join()
    assert len(set(made)) == 1
    assert len(made[0]) >= 32
    assert (tmp_path / "data" / "secret.key").stat().st_mode & 0o077 == 0
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret.key"]


def test_a_given_secret_leaves_no_file(tmp_path: Path) -> None:
    with _built(tmp_path, FOLLOWUP_SECRET_KEY="0123456789abcdef") as ctx:
        assert ctx.signer.secret == "0123456789abcdef"
    assert not (tmp_path / "data" / "secret.key").exists()


def test_a_mailbox_is_there_where_it_is_named(tmp_path: Path) -> None:
    with _built(tmp_path) as ctx:
        assert ctx.mailbox is None
    with _built(tmp_path, IMAP_URL="imaps://user:password@mail.example/INBOX") as ctx:
        assert ctx.mailbox is not None


def test_live_mode_names_a_clinic_that_exists(tmp_path: Path) -> None:
    with (
        pytest.raises(SettingError, match="FOLLOWUP_LIVE_CONFIRM"),
        _built(tmp_path, FOLLOWUP_MODE="live", FOLLOWUP_LIVE_CONFIRM="elsewhere"),
    ):
        pass


def test_a_broken_config_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "config" / "protocols").mkdir(parents=True)
    (tmp_path / "config" / "protocols" / "wrong.yaml").write_text("key: [\n")
    with pytest.raises(ConfigFault, match=r"wrong\.yaml"), _built(tmp_path, FOLLOWUP_CONFIG=str(tmp_path / "config")):
        pass


def test_a_data_folder_that_cannot_be_made_is_missing(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(Unavailable), _built(tmp_path):
        pass


def test_a_command_elsewhere_uses_the_key_beside_the_database(tmp_path: Path) -> None:
    home, elsewhere = tmp_path / "data", tmp_path / "var"
    kept = keep_secret(home)
    environ = {"DATABASE_URL": f"sqlite:///{home / 'followup.db'}", "FOLLOWUP_DATA": str(elsewhere)}
    ctx = build_context(load_settings(environ))
    close(ctx)
    assert ctx.signer.secret == kept
    assert not (elsewhere / "secret.key").exists()
