"""Results: one line for each person of the audience, and sums that are made of those lines."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from followup.domain.campaign import Campaign, RecipientState
from followup.domain.campaign.outcome import Group, compared
from followup.domain.ids import ClinicId
from followup.domain.message import MessageState
from followup.services.campaigns import find
from followup.services.context import Context
from followup.storage.campaigns import results as rows
from followup.storage.campaigns.results import Line

_PAGE = 1000
#: An answer that names no message counts for this one only so long after it.
_ANSWER_WITHIN = timedelta(days=3)
_OUT = frozenset({MessageState.SENT.value, MessageState.DELIVERED.value, MessageState.UNDELIVERED.value})
_IN_ORDER = (*(s.value for s in RecipientState if s is not RecipientState.MADE), *(s.value for s in MessageState))


@dataclass(frozen=True, slots=True)
class Result:
    """One person and what they did after it."""

    line: Line
    replied_at: datetime | None = None
    booked_at: datetime | None = None


@dataclass(slots=True)
class Summary:
    """The sums of a campaign's results."""

    campaign: Campaign
    states: Counter[tuple[str, str]] = field(default_factory=Counter)  # by state and reason
    funnel: Counter[str] = field(default_factory=Counter)  # due, sent, delivered, replied, booked
    groups: dict[str, Group] = field(default_factory=dict)
    ledger: dict[str, int] = field(default_factory=dict)  # messages by state

    @property
    def size(self) -> int:
        """How many people."""
        return sum(self.states.values())

    @property
    def finding(self) -> str:
        """What the groups show."""
        return compared(list(self.groups.values()))

    def add(self, one: Result, *, has_groups: bool) -> None:
        """Count one person."""
        self.states[(one.line.state, one.line.reason or "")] += 1
        for step, reached in _steps(one):
            self.funnel[step] += reached
        if has_groups and one.line.state != RecipientState.EXCLUDED and one.line.made_at is not None:
            name = "hold-out" if one.line.state == RecipientState.HELD_OUT else one.line.variant or "written to"
            was = self.groups.get(name, Group(name, 0, 0))
            self.groups[name] = Group(name, was.size + 1, was.booked + (one.booked_at is not None))


def _steps(one: Result) -> Iterable[tuple[str, bool]]:
    made, state = one.line.message_id is not None, one.line.state
    return (
        ("due", made),
        ("sent", made and state in _OUT),
        ("delivered", state == MessageState.DELIVERED),
        ("replied", made and one.replied_at is not None),
        ("booked", made and one.booked_at is not None),
    )


def lines(ctx: Context, clinic_id: ClinicId, campaign_id: str, *, after: int = 0) -> Iterator[Result]:
    """Everybody by position, from behind `after`; a page at a time in memory. Raises NotFound."""
    with ctx.db.reading() as conn:
        campaign = find.need(conn, clinic_id, campaign_id)
    while True:
        with ctx.db.reading() as conn:
            page = rows.page(conn, campaign.id, after=after, limit=_PAGE)
            done = _did(conn, campaign, page)
        yield from done
        if len(page) < _PAGE:
            return
        after = page[-1].position


def _did(conn: Connection, campaign: Campaign, page: Sequence[Line]) -> list[Result]:
    turns = [line.made_at for line in page if line.made_at is not None]
    if not turns:
        return [Result(line) for line in page]
    who, since = [line.patient_id for line in page], min(turns)
    booked = rows.booked(conn, campaign.clinic_id, who, since=since)
    wrote = rows.wrote(conn, campaign.clinic_id, who, since=since)
    return [
        Result(
            line,
            _replied(line, wrote.get(line.patient_id, ())),
            _within(line, booked.get(line.patient_id, ()), campaign),
        )
        for line in page
    ]


def _replied(line: Line, wrote: Sequence[tuple[datetime, str | None]]) -> datetime | None:
    """The first answer to the message: one that names it, or the next words after it."""
    start = line.sent_at
    if start is None:
        return None
    meant = (at for at, about in wrote if about == line.message_id)
    near = (at for at, about in wrote if about is None and start <= at <= start + _ANSWER_WITHIN)
    return min((*meant, *near), default=None)


def _within(line: Line, booked: Sequence[datetime], campaign: Campaign) -> datetime | None:
    """The first visit booked in time after the person's turn, whether or not anything reached them."""
    if line.made_at is None:
        return None
    end = campaign.definition.outcome_within.after(line.made_at)
    return next((at for at in booked if line.made_at <= at < end), None)


def summary(ctx: Context, clinic_id: ClinicId, campaign_id: str) -> Summary:
    """The sums of all lines, beside the ledger of messages; raises NotFound."""
    with ctx.db.reading() as conn:
        campaign = find.need(conn, clinic_id, campaign_id)
        found = Summary(campaign, ledger=rows.ledger(conn, campaign.id))
    plan = campaign.definition
    has_groups = bool(plan.hold_out) or len(plan.variants) > 1
    for one in lines(ctx, clinic_id, campaign_id):
        found.add(one, has_groups=has_groups)
    return found


def export(ctx: Context, clinic_id: ClinicId, campaign_id: str, *, by: str) -> Iterator[Result]:
    """Every line, for a file; who took it is audited before the first. Raises InvalidInput without a name, NotFound."""
    find.named(by)
    with ctx.db.transaction() as conn:
        campaign = find.need(conn, clinic_id, campaign_id)
        find.note(ctx, conn, campaign, action="exported", by=by.strip(), detail={"people": campaign.size})
    return lines(ctx, clinic_id, campaign_id)


def in_order(states: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """States and reasons in the order of a life."""
    return sorted(states, key=lambda key: (_IN_ORDER.index(key[0]), key[1]))
