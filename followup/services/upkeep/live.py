"""Live: from trial mode to real patients in two steps, the first of which says what would happen; both are audited."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from followup.domain.errors import Conflict, InvalidInput, SettingError
from followup.domain.ids import ClinicId
from followup.domain.lifecycle import Signal
from followup.domain.message import Channel, Hold, Reason
from followup.services.context import Context
from followup.services.routing.lineup import line
from followup.storage import audit, messages
from followup.storage.machine import marks, waiting

#: So long after the first step the second one still speaks of what was seen.
PATIENCE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a clinic writes to everybody, who said so, and what trial mode holds."""

    clinic_id: ClinicId
    live: bool
    by_setting: bool  # FOLLOWUP_MODE says it; else a person by `followup doctor --go-live`
    held: int
    past_due: int  # of those; going live skips them

    def __str__(self) -> str:
        if self.live:
            return "live: everybody may get messages"
        rest = f", {self.past_due} of them past due, which going live skips" if self.past_due else ""
        return f"trial: only the allow list gets messages; {self.held} are held{rest}"


@dataclass(frozen=True, slots=True)
class Outlook:
    """What going live would do now; `phrase` confirms it within the hour."""

    standing: Standing
    released: int
    next_due: datetime | None
    phrase: str


def is_live(ctx: Context, conn: Connection, clinic_id: ClinicId) -> bool:
    """True if everybody may be written to: the settings say so, or a person did and no setting speaks against it."""
    if ctx.settings.mode == "live":
        return True
    if "mode" in ctx.settings.model_fields_set or _unfit(ctx):
        return False
    mark = marks.get(conn, _mark(clinic_id))
    return mark is not None and mark.number == 1


def standing(ctx: Context, clinic_id: ClinicId) -> Standing:
    """How a clinic stands; changes nothing."""
    with ctx.db.reading() as conn:
        return _standing(ctx, conn, clinic_id)


def ask(ctx: Context, clinic_id: ClinicId, *, by: str) -> Outlook:
    """The first step: what would be skipped and released. Raises SettingError where a setting speaks against it."""
    _refuse_unfit(ctx)
    with ctx.db.transaction() as conn:
        found, now = _need_trial(ctx, conn, clinic_id), ctx.ops.now()
        marks.put(conn, _asked(clinic_id), found.held, now)
        detail = {"held": found.held, "past_due": found.past_due}
        _note(ctx, conn, clinic_id, action="live.asked", by=by, detail=detail)
        due = waiting.next_held(conn, clinic_id, Hold.TRIAL, ctx.clock.now())
        return Outlook(found, found.held - found.past_due, due, _phrase(ctx, clinic_id, now))


def confirm(ctx: Context, clinic_id: ClinicId, phrase: str, *, by: str) -> Outlook:
    """The second step: from now on everybody gets messages. What fell due in trial mode is skipped, the rest waits for
    its time. Raises InvalidInput for a phrase that is not that of the first step, or too old."""
    if not by.strip():
        raise InvalidInput("going live needs the name of who decides it")
    _refuse_unfit(ctx)
    with ctx.db.transaction() as conn:
        found = _need_trial(ctx, conn, clinic_id)
        asked = marks.get(conn, _asked(clinic_id))
        fresh = asked is not None and ctx.ops.now() - asked.at <= PATIENCE
        right = _phrase(ctx, clinic_id, asked.at) if asked is not None else ""
        if not fresh or not hmac.compare_digest(right.encode(), phrase.strip().lower().encode()):
            cure = "run `followup doctor --go-live` again, and give what it prints"
            raise InvalidInput("this is not the phrase of the last hour's first step", cure=cure)
        marks.put(conn, _mark(clinic_id), 1, ctx.ops.now())
        marks.put(conn, _asked(clinic_id), 0, ctx.ops.now() - 2 * PATIENCE)
        skipped, released = skip_past_due(ctx, conn, clinic_id), _release(conn, clinic_id)
        detail = {"skipped": skipped, "released": released}
        _note(ctx, conn, clinic_id, action="live.begun", by=by.strip(), detail=detail)
        return Outlook(found, released, None, "")


def go_back(ctx: Context, clinic_id: ClinicId, *, by: str) -> None:
    """Back to trial mode at once: what is due from now on is held. Raises Conflict where it is the settings' say."""
    with ctx.db.transaction() as conn:
        found = _standing(ctx, conn, clinic_id)
        if not found.live:
            raise Conflict("it is in trial mode already")
        if found.by_setting:
            raise SettingError("FOLLOWUP_MODE", "says live", cure="unset it or write trial, and start anew")
        marks.put(conn, _mark(clinic_id), 0, ctx.ops.now())
        _note(ctx, conn, clinic_id, action="live.ended", by=by, detail={})


def skip_past_due(ctx: Context, conn: Connection, clinic_id: ClinicId) -> int:
    """End what fell due while in trial mode: nobody expects those texts any more. Returns how many."""
    now = ctx.clock.now()
    late = waiting.held_past_due(conn, Hold.TRIAL, now, clinic_id=clinic_id)
    return len(messages.apply(conn, late, Signal.REFUSED, now, reason=Reason.TRIAL.value))


def _release(conn: Connection, clinic_id: ClinicId) -> int:
    return messages.release(conn, Hold.TRIAL, clinic_id=clinic_id)


def _standing(ctx: Context, conn: Connection, clinic_id: ClinicId) -> Standing:
    now = ctx.clock.now()
    return Standing(
        clinic_id,
        live=is_live(ctx, conn, clinic_id),
        by_setting="mode" in ctx.settings.model_fields_set,
        held=waiting.count_held(conn, clinic_id).get(Hold.TRIAL, 0),
        past_due=len(waiting.held_past_due(conn, Hold.TRIAL, now, clinic_id=clinic_id)),
    )


def _need_trial(ctx: Context, conn: Connection, clinic_id: ClinicId) -> Standing:
    found = _standing(ctx, conn, clinic_id)
    if found.live:
        raise Conflict(f"clinic {clinic_id} is live already")
    return found


def _unfit(ctx: Context) -> tuple[str, str, str] | None:
    """The setting that must not be in live mode, what it says, and its cure."""
    s = ctx.settings
    if s.clock != "system":
        return "FOLLOWUP_CLOCK", "must be the system's in live mode", "unset it"
    if s.sender_rate == 0:
        return "FOLLOWUP_SENDER_RATE", "may not be 0 (unpaced) in live mode", "unset it or write 1"
    if s.crash_at:
        return "FOLLOWUP_CRASH_AT", "is for tests", "unset it"
    return None


def _refuse_unfit(ctx: Context) -> None:
    unfit = _unfit(ctx)
    if unfit is not None:
        raise SettingError(unfit[0], unfit[1], cure=unfit[2])
    if "mode" in ctx.settings.model_fields_set and ctx.settings.mode == "trial":
        raise SettingError("FOLLOWUP_MODE", "is set to trial, which stands over everything", cure="unset it")
    if all(one.name == "echo" for channel in Channel for one in line(ctx, channel)):
        raise SettingError("TWILIO_ACCOUNT_SID", "is missing, and so is SMTP_URL", cure="live mode needs one of them")


def _phrase(ctx: Context, clinic_id: ClinicId, asked_at: datetime) -> str:
    return f"{clinic_id}-{ctx.signer.phrase('live', clinic_id, asked_at.isoformat())}".lower()


def _mark(clinic_id: ClinicId) -> str:
    return f"live:{clinic_id}"


def _asked(clinic_id: ClinicId) -> str:
    return f"live-asked:{clinic_id}"


def _note(
    ctx: Context, conn: Connection, clinic_id: ClinicId, *, action: str, by: str, detail: Mapping[str, object]
) -> None:
    audit.append(
        conn, at=ctx.clock.now(), clinic_id=clinic_id, actor=by, action=action, subject=clinic_id, detail=detail
    )
