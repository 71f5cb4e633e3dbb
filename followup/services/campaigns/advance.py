"""Advance: the tick that takes running campaigns on; whose turn it is gets a message, by the pace, each person once."""

from datetime import datetime, time, timedelta

from sqlalchemy.engine import Connection

from followup.domain.campaign import Campaign, CampaignState, Recipient, RecipientState, Speech
from followup.domain.campaign.pace import Hours, Progress, due_times
from followup.domain.clinic import Clinic
from followup.domain.errors import Unavailable
from followup.domain.holidays import clinic_calendar
from followup.domain.ids import CampaignId, MessageId
from followup.domain.message import Message, MessageState
from followup.domain.window import next_opening, to_local, to_utc, windows_for
from followup.log import get_logger
from followup.services import own
from followup.services.campaigns.freeze import freeze_some
from followup.services.context import Context
from followup.storage import messages
from followup.storage.campaigns import outgoing, recipients, rows

_log = get_logger("campaigns")

#: Messages made in one transaction, and transactions of one campaign in one tick, so that all have their turn.
CHUNK, _TURNS = 200, 20
#: The step of a campaign's message; with a language behind it everybody is written to in that one.
STEP = "campaign"


def advance(ctx: Context) -> int:
    """A tick: write audiences down and make the messages of the next two minutes; returns how many messages.

    Several may tick at once: who comes second to a campaign finds its work done. One that fails stops no other.
    """
    with ctx.db.reading() as conn:
        running = rows.running(conn)
    if not running or not own.state(ctx).may_send:
        return 0
    made = 0
    for campaign_id in running:
        try:
            made += _advance(ctx, campaign_id)
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001 -- the others go on
            _log.error("a campaign could not go on", campaign=campaign_id, error=error)
    return made


def _advance(ctx: Context, campaign_id: CampaignId) -> int:
    made = 0
    for _ in range(_TURNS):
        if freeze_some(ctx, campaign_id) is None:
            break
    for _ in range(_TURNS):
        some = make(ctx, campaign_id)
        made += some
        if some < CHUNK:
            break
    return made


def make(ctx: Context, campaign_id: CampaignId) -> int:
    """Make up to a chunk of messages, in one transaction with the note of how far it has come; returns how many.

    It looks first: while nobody's turn comes, nothing is locked.
    """
    with ctx.db.reading() as conn:
        if not _has_turn(ctx, conn, rows.get(conn, None, campaign_id)):
            return 0
    with ctx.db.transaction() as conn:
        campaign = rows.get(conn, None, campaign_id, lock=True)
        return _make(ctx, conn, campaign) if campaign is not None and _has_turn(ctx, conn, campaign) else 0


def _has_turn(ctx: Context, conn: Connection, campaign: Campaign | None) -> bool:
    if campaign is None or campaign.state is not CampaignState.RUNNING or campaign.frozen_at is None:
        return False
    if campaign.passed >= campaign.size or is_held_up(conn, campaign):
        return False
    return bool(_times(ctx, campaign, limit=1)[0])


def is_held_up(conn: Connection, campaign: Campaign) -> bool:
    """True while so many matters are open at the front desk that nothing new is made."""
    most = campaign.pace.open_inbox
    return most is not None and outgoing.open_at_desk(conn, campaign.clinic_id) >= most


def _make(ctx: Context, conn: Connection, campaign: Campaign) -> int:
    times, _ = _times(ctx, campaign, limit=CHUNK)
    passing = _passing(recipients.turn(conn, campaign.id, after=campaign.passed, limit=2 * CHUNK), len(times))
    waiting = [r for r in passing if r.state is RecipientState.WAITING]
    times, progress = _times(ctx, campaign, limit=len(waiting))
    new = [message_for(ctx, campaign, r, due_at=at) for r, at in zip(waiting, times, strict=True)]
    messages.add(conn, new, ctx.clock.now(), detail={"campaign": campaign.id})
    told = [(r.patient_id, m.id, m.due_at) for r, m in zip(waiting, new, strict=True)]
    recipients.made(conn, told, campaign.id)
    others = [r.position for r in passing if r.state is not RecipientState.WAITING]
    recipients.stamp(conn, campaign.id, others, times[-1] if times else ctx.clock.now())
    rows.note(
        conn,
        campaign,
        passed=passing[-1].position,
        last_due=progress.last_due,
        pace_day=progress.day,
        pace_count=progress.count,
    )
    return len(new)


def _passing(some: list[Recipient], room: int) -> list[Recipient]:
    """Those whose turn comes now: as many who wait as there is room for, and who stands between them."""
    taken: list[Recipient] = []
    for one in some:
        if one.state is RecipientState.WAITING:
            if room == 0:
                break
            room -= 1
        taken.append(one)
    return taken


def _times(ctx: Context, campaign: Campaign, *, limit: int) -> tuple[list[datetime], Progress]:
    done = progress_of(campaign)
    hours = hours_of(ctx.clinics.need(campaign.clinic_id), campaign)
    starts = campaign.definition.starts_at
    try:
        return due_times(campaign.pace, done, now=ctx.clock.now(), not_before=starts, hours=hours, limit=limit)
    except ValueError:  # the class has no open hours in sight
        return [], done


def progress_of(campaign: Campaign) -> Progress:
    """How far the pace of a campaign has come."""
    return Progress(campaign.last_due, campaign.pace_day, campaign.pace_count)


def hours_of(clinic: Clinic, campaign: Campaign) -> Hours:
    """When a campaign makes messages: in the hours of its class at the clinic, so that no night ends in a burst."""
    zone, calendar = clinic.time_zone, clinic_calendar(clinic)
    windows = windows_for(clinic, campaign.definition.message_class)
    return Hours(
        opening=lambda moment: next_opening(windows, zone, moment, calendar=calendar),
        day_of=lambda moment: to_local(moment, zone).date(),
        next_day=lambda moment: to_utc(to_local(moment, zone).date() + timedelta(days=1), time(0), zone),
    )


def message_for(ctx: Context, campaign: Campaign, recipient: Recipient, *, due_at: datetime) -> Message:
    """The message of one person at that time, not yet stored."""
    plan = campaign.definition
    variant = next(v for v in plan.variants if v.key == recipient.variant)
    return Message(
        id=MessageId(ctx.ids.new("msg")),
        clinic_id=campaign.clinic_id,
        patient_id=recipient.patient_id,
        enrollment_id=None,
        step_key=STEP if plan.speech is Speech.PATIENT else f"{STEP}:{plan.speech}",
        occurrence=1,
        message_class=plan.message_class,
        channels=plan.channels,
        template_ref=variant.template,
        template_version=campaign.texts[variant.key],
        state=MessageState.SCHEDULED,
        due_at=due_at,
        planned_for=due_at,
        expires_at=plan.valid_for.after(due_at),
        campaign_id=campaign.id,
    )
