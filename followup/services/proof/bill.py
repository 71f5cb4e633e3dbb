"""Bill: a provider's own list of a day, held against what we believe we sent: what it never had, had twice, or more."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from followup.domain.channels.sms import segments
from followup.domain.errors import Unavailable
from followup.domain.ids import ClinicId, MessageId
from followup.ports import AskLater, Billed, Provider
from followup.services.context import Context
from followup.storage.proof import billed
from followup.storage.proof.billed import Tried

#: A message may be listed under the day before or after that of our attempt.
_EDGE = timedelta(hours=1)
_AROUND = timedelta(days=2)
DOUBLE, FOREIGN, MISSING, SEGMENTS = "double", "foreign", "missing", "segments"
_SAYS = {
    DOUBLE: "the provider has this text to this number once more than we sent it",
    FOREIGN: "sent by our sender, and by nothing in this database",
    MISSING: "we hold it for sent, and the provider's list does not have it",
}


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One difference; `ref` is the provider's name of the message, `message_id` ours where it is known."""

    kind: str
    ref: str
    message_id: MessageId | None
    clinic_id: ClinicId | None
    text: str


@dataclass(slots=True)
class Bill:
    """A provider's day (UTC): how much it lists and we know, what it costs by currency, and where both differ.

    `unsettled` are listed messages whose attempt nobody knows the outcome of yet: the look-up will settle them.
    """

    provider: str
    day: date
    listed: int = 0
    segments: int = 0
    segments_ours: int = 0
    unsettled: int = 0
    prices: dict[str, Decimal] = field(default_factory=dict)
    differences: list[Discrepancy] = field(default_factory=list)

    @property
    def by_kind(self) -> Mapping[str, int]:
        """How many differences there are of each kind."""
        return Counter(one.kind for one in self.differences)


def check(ctx: Context, provider: Provider, day: date) -> Bill | None:
    """The bill of that day; None if this provider has no list. Raises `Unavailable` when it cannot be read now."""
    start = datetime.combine(day, time(), UTC)
    with ctx.db.reading() as conn:
        ours = list(billed.tried(conn, provider.name, since=start - _AROUND, until=start + _AROUND))
    own = frozenset(one.sender for one in ours) | {provider.sender}
    bill, seen = Bill(provider.name, day), set[str]()
    index = _Index(ours)
    for page in _pages(ctx, provider, day):
        if page is None:
            return None
        rows = [row for row in page if row.senders & own and row.ref not in seen]
        seen.update(row.ref for row in rows)
        _enter(ctx, bill, rows, index=index)
    certain = (one for one in ours if start + _EDGE <= one.started < start + timedelta(days=1) - _EDGE)
    bill.differences += [_difference(MISSING, one.ref, one) for one in certain if one.ref and one.ref not in seen]
    return bill


class _Index:
    """Our attempts by the provider's name and by what went where."""

    def __init__(self, ours: Iterable[Tried]) -> None:
        every = list(ours)
        self.by_message = {one.message_id: one for one in every}
        self.by_ref = {one.ref: one for one in every if one.ref}
        self.alike = {(one.address, one.text): one for one in every if one.ref}
        self.open = {(one.address, one.text): one for one in every if not one.ref}
        self.listed: set[MessageId] = set()


def _pages(ctx: Context, provider: Provider, day: date) -> Iterator[tuple[Billed, ...] | None]:
    following = ""
    while True:
        page = ctx.network.submit(provider.bill(day, following)).result()
        if isinstance(page, AskLater):
            raise Unavailable(f"{provider.name} cannot list its messages now", cure="ask again in a few minutes")
        yield page.rows if page is not None else None
        if page is None or not page.following:
            return
        following = page.following


def _enter(ctx: Context, bill: Bill, rows: list[Billed], *, index: _Index) -> None:
    strange = [row for row in rows if row.ref not in index.by_ref]
    with ctx.db.reading() as conn:
        known = billed.told(conn, bill.provider, [row.ref for row in strange]) if strange else {}
    for row in rows:
        bill.listed += 1
        bill.segments += row.segments
        if row.price is not None:
            bill.prices[row.currency] = bill.prices.get(row.currency, Decimal(0)) + row.price
        ours = index.by_ref.get(row.ref)
        if ours is None and row.ref in known:  # a receipt told its name, as after a cut answer
            ours = index.by_message.get(known[row.ref])
        if ours is not None:
            _count(bill, row, ours)
            if ours.message_id in index.listed:
                bill.differences.append(_difference(DOUBLE, row.ref, ours))
            index.listed.add(ours.message_id)
        elif row.ref not in known:
            _strange(bill, row, index=index)


def _count(bill: Bill, row: Billed, ours: Tried) -> None:
    counted = segments(ours.text).segments
    bill.segments_ours += counted
    if row.segments and row.segments != counted:
        text = f"the provider counts {row.segments} segments, we {counted}"
        bill.differences.append(Discrepancy(SEGMENTS, row.ref, ours.message_id, ours.clinic_id, text))


def _strange(bill: Bill, row: Billed, *, index: _Index) -> None:
    if (row.to, row.text) in index.open:
        bill.unsettled += 1
        return
    like = index.alike.get((row.to, row.text))
    bill.differences.append(_difference(DOUBLE if like else FOREIGN, row.ref, like))


def _difference(kind: str, ref: str, ours: Tried | None) -> Discrepancy:
    return Discrepancy(kind, ref, ours.message_id if ours else None, ours.clinic_id if ours else None, _SAYS[kind])
