"""Real copies of a database: moved, put back, linked, with their folder; and machines that sleep."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from followup.clock import SystemIds
from followup.domain.escalation import EscalationKind, EscalationState
from followup.domain.message import Channel, MessageState, Reason
from followup.services import dispatch, escalate, own
from followup.services.context import Context
from followup.storage import escalations
from followup.storage.database import Database, open_database
from followup.storage.machine import instances
from tests.builders import CLINIC, make_ctx
from tests.fakes import FakeClock
from tests.services.seeds import numbered, put_back, run, seed, sent, stored


@contextmanager
def installed(file: Path, data: Path, *, ops: FakeClock | None = None) -> Iterator[Context]:
    """An installation whose database is this file and whose memory is in this folder."""
    database = open_database(f"sqlite:///{file}")
    try:
        yield make_ctx(database, environ={"FOLLOWUP_DATA": str(data)}, ops=ops or FakeClock(), ids=SystemIds())
    finally:
        database.close()


@pytest.fixture
def home(sqlite_template: Path, tmp_path: Path) -> Path:
    """A data folder with a database from which one text was sent, everything closed."""
    folder = tmp_path / "home"
    folder.mkdir()
    shutil.copyfile(sqlite_template, folder / "followup.db")
    with installed(folder / "followup.db", folder) as ctx:
        assert own.claim(ctx).may_send
        seed(ctx)
        run(ctx)
        own.keep(ctx)
    return folder


def copied(home: Path) -> tuple[Path, Path]:
    return Path(shutil.copy2(home / "followup.db", home.parent / "copy.db")), home


def moved(home: Path) -> tuple[Path, Path]:
    return (home / "followup.db").rename(home.parent / "moved.db"), home


def with_folder(home: Path) -> tuple[Path, Path]:
    other = Path(shutil.copytree(home, home.parent / "other"))
    return other / "followup.db", other


def exchanged(home: Path) -> tuple[Path, Path]:
    """Another file under the same name."""
    kept = Path(shutil.copy2(home / "followup.db", home.parent / "kept.db"))
    return kept.replace(home / "followup.db"), home


@pytest.mark.parametrize("made", [copied, moved, with_folder, exchanged])
def test_every_kind_of_copy_sends_nothing(home: Path, made: Callable[[Path], tuple[Path, Path]]) -> None:
    file, data = made(home)
    with installed(file, data) as ctx:
        assert own.claim(ctx).short == "this database was made elsewhere"
        seed(ctx, patient=numbered(2), number=2)
        run(ctx)
        assert sent(ctx) == []


def test_older_bytes_in_the_same_file_are_noticed(home: Path) -> None:
    before = (home / "followup.db").read_bytes()
    with installed(home / "followup.db", home) as ctx:
        own.claim(ctx)
    with (home / "followup.db").open("r+b") as file:  # the same inode, as `cp` leaves it
        file.write(before)
        file.truncate()
    with installed(home / "followup.db", home) as ctx:
        assert own.claim(ctx).short == "an older state was restored from a backup"


def test_a_copy_from_before_the_first_send_is_held(sqlite_template: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "a.db", tmp_path / "b.db"
    shutil.copyfile(sqlite_template, first)
    with installed(first, tmp_path / "a") as ctx:
        own.claim(ctx)
        seed(ctx)
    shutil.copyfile(first, second)
    with installed(second, tmp_path / "b") as ctx:
        assert not own.claim(ctx).may_send


def test_another_name_of_a_file_holds_only_itself(home: Path) -> None:
    os.link(home / "followup.db", home / "linked.db")
    with installed(home / "linked.db", home / "elsewhere") as ctx:
        assert not own.claim(ctx).may_send
        assert not own.state(ctx).may_send
    with installed(home / "followup.db", home) as ctx:
        assert own.claim(ctx).may_send
        seed(ctx, patient=numbered(2), number=2)
        run(ctx)
        assert len(sent(ctx)) == 1


def test_two_installations_may_share_one_database(database: Database, tmp_path: Path) -> None:
    some = [make_ctx(database, environ={"FOLLOWUP_DATA": str(tmp_path / n)}, ids=SystemIds()) for n in "ab"]
    for n in range(1, 5):
        ctx = some[n % 2]
        assert own.claim(ctx).may_send
        seed(ctx, patient=numbered(n), number=n)
        run(ctx)
        own.keep(ctx)
    assert [len(sent(ctx)) for ctx in some] == [2, 2]


def test_a_machine_that_wakes_up_is_held(home: Path) -> None:
    ops = FakeClock()
    with installed(home / "followup.db", home, ops=ops) as ctx:
        assert own.claim(ctx).may_send
        ops.advance(timedelta(days=7))
        assert "nobody looked after" in own.state(ctx).why
        own.keep(ctx)
        ops.advance(timedelta(seconds=-1))
        assert "nobody looked after" in own.claim(ctx).why


def test_a_backup_put_back_under_a_running_process_is_held(database: Database, tmp_path: Path) -> None:
    ctx = make_ctx(database, environ={"FOLLOWUP_DATA": str(tmp_path)})
    own.claim(ctx)
    seed(ctx)
    own.keep(ctx)
    put_back(ctx)
    own.keep(ctx)
    assert own.state(ctx).short == "an older state was restored from a backup"


def test_a_long_weekend_off_is_no_sleep(home: Path) -> None:
    with installed(home / "followup.db", home, ops=FakeClock()) as ctx:
        assert isinstance(ctx.ops, FakeClock)
        ctx.ops.advance(timedelta(hours=88))
        assert own.claim(ctx).may_send


def test_a_held_copy_tells_staff_of_nothing_else(home: Path) -> None:
    with installed(home / "followup.db", home) as ctx, ctx.db.transaction() as conn:
        escalate.raise_to_staff(
            ctx, conn, clinic_id=CLINIC, kind=EscalationKind.FAILED, subject="msg_1", summary="told by the original"
        )
    file, data = with_folder(home)
    with installed(file, data) as ctx:
        for _ in range(3):
            own.claim(ctx)
            run(ctx)
        assert [letter.subject.split(": ")[1].split()[0] for letter in sent(ctx, Channel.EMAIL)] == ["instance"]


def test_taking_over_ends_hold_and_escalation(home: Path) -> None:
    file, data = with_folder(home)
    with installed(file, data) as ctx:
        own.claim(ctx)
        own.take_over(ctx, by="Kim")
        with ctx.db.reading() as conn:
            assert escalations.listing(conn, CLINIC, states=[EscalationState.OPEN]) == []
            assert instances.standing(conn, own.place_of(ctx))[0] is None
        assert own.claim(ctx).may_send
    with installed(file, data) as again:
        assert own.claim(again).may_send


def test_taking_over_works_before_any_start(home: Path) -> None:
    file, data = with_folder(home)
    with installed(file, data) as ctx:
        assert not own.examine(ctx).may_send
        own.take_over(ctx, by="Kim")
        assert own.examine(ctx).may_send


def test_what_was_claimed_before_is_late_too(home: Path) -> None:
    with installed(home / "followup.db", home) as ctx:
        seed(ctx, patient=numbered(2), number=2, due_at=ctx.clock.now() - timedelta(minutes=1))
        dispatch.sweep(ctx)
        assert stored(ctx, "msg_2").state is MessageState.QUEUED
    file, data = with_folder(home)
    with installed(file, data) as ctx:
        assert own.take_over(ctx, by="Kim") == 1
        assert stored(ctx, "msg_2").reason == Reason.LATE


def test_a_sweep_asks_with_one_query(database: Database, tmp_path: Path) -> None:
    ctx, asked = make_ctx(database, environ={"FOLLOWUP_DATA": str(tmp_path)}), []
    own.claim(ctx)
    sa.event.listen(database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    assert own.state(ctx).may_send
    assert len([statement for statement in asked if statement.startswith("SELECT")]) == 1


def test_a_standby_that_lost_nothing_sends_on(postgres_url: str, tmp_path: Path) -> None:
    database = open_database(postgres_url)
    ctx = make_ctx(database, environ={"FOLLOWUP_DATA": str(tmp_path)})
    own.claim(ctx)
    seed(ctx)
    forget = make_ctx(database, environ={"FOLLOWUP_DATA": str(tmp_path / "empty")})
    with database.transaction() as conn:
        known = instances.read(conn)
        assert known is not None
        parts = {**known.parts, "timeline": "0"}
        instances.write(conn, parts, epoch=known.epoch, ops=ctx.ops.now(), places=known.places)
    assert own.examine(ctx).may_send
    assert not own.examine(forget).may_send
    database.close()


def test_a_folder_that_takes_no_notes_is_said_once(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    ctx = make_ctx(database, environ={"FOLLOWUP_DATA": str(tmp_path / "file")})
    assert own.claim(ctx).may_send
    seed(ctx)
    own.keep(ctx)
    assert len([line for line in caplog.messages if "takes no notes" in line]) == 1
