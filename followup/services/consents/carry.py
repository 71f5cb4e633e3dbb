"""Carry: suppressions out to a CSV file that is safe in a spreadsheet, and in from one, row by row checked."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from followup.domain.consent import MAY_EXPIRE, Suppression, SuppressionReason
from followup.domain.errors import InvalidInput
from followup.domain.ids import ClinicId
from followup.domain.message import Channel, MessageClass
from followup.domain.patient import read_address
from followup.services import permit
from followup.services.consents import silence
from followup.services.context import Context
from followup.storage import audit, suppressions

COLUMNS = ("channel", "address", "hash", "reason", "scope", "since", "until", "source", "released_at", "released_by")
_NEEDED = ("channel", "address", "reason")
_HASH = re.compile(r"[0-9a-f]{64}")
#: What a spreadsheet takes for a formula when a cell begins with it (OWASP: CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_A_TRANSACTION = 200


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong in a cell: rows are counted as a spreadsheet does, the header is row 1. No value is repeated."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows were new, stood already, or were refused and why; with `stored` false nothing was changed."""

    new: int
    standing: int
    faults: tuple[RowFault, ...]
    stored: bool


@dataclass(frozen=True, slots=True)
class _Row:
    suppression: Suppression
    mark: str
    source: str


W = TypeVar("W", Channel, SuppressionReason, MessageClass)


class _Bad(ValueError):
    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason


def write(ctx: Context, clinic_id: ClinicId, *, by: str, ended: bool = False) -> Iterator[str]:
    """The lines of the CSV file; the export is audited."""
    with ctx.db.transaction() as conn:
        audit.append(
            conn, at=ctx.clock.now(), clinic_id=clinic_id, actor=by, action="suppression.exported",
            subject="all" if ended else "in force",
        )  # fmt: skip
    yield _line(COLUMNS)
    for one in silence.listing(ctx, clinic_id, ended=ended):
        s = one.suppression
        yield _line(
            (
                s.channel, s.address, one.mark, s.reason, s.scope or "", s.since.isoformat(), _iso(s.until), one.source,
                _iso(one.released_at), one.released_by,
            )
        )  # fmt: skip


def read(ctx: Context, clinic_id: ClinicId, content: bytes, *, by: str, clean_only: bool = False) -> Imported:
    """Suppress what the file lists. If any row is broken nothing is stored, or with `clean_only` the clean rows alone.

    Raises InvalidInput for what is no CSV file with the columns channel, address and reason.
    """
    now = ctx.clock.now()
    rows: list[_Row] = []
    faults: list[RowFault] = []
    for number, cells in _records(content):
        try:
            rows.append(_row(cells, now, by=by))
        except _Bad as bad:
            faults.append(RowFault(number, bad.column, bad.reason))
    stored = not faults or clean_only
    new = _store(ctx, clinic_id, rows, by=by) if stored else 0
    return Imported(new, len(rows) - new if stored else 0, tuple(faults), stored)


def _store(ctx: Context, clinic_id: ClinicId, rows: Sequence[_Row], *, by: str) -> int:
    """Some rows a transaction, so that a long list does not stop what is being sent; done again it changes nothing."""
    new = 0
    for start in range(0, len(rows), _A_TRANSACTION):
        with ctx.db.transaction() as conn:
            for row in sorted(rows[start : start + _A_TRANSACTION], key=lambda r: r.suppression.address):
                s = row.suppression
                if s.address:
                    new += suppressions.add(
                        conn, clinic_id=clinic_id, channel=s.channel, address=s.address, reason=s.reason,
                        source=row.source, now=ctx.clock.now(), since=s.since, mark=ctx.signer.mark, scope=s.scope,
                        until=s.until or permit.end_of(ctx, clinic_id, s.reason, since=s.since),
                    )  # fmt: skip
                else:
                    new += suppressions.restore(conn, clinic_id, s, mark=row.mark, source=row.source)
    with ctx.db.transaction() as conn:
        audit.append(
            conn, at=ctx.clock.now(), clinic_id=clinic_id, actor=by, action="suppression.imported",
            subject=f"staff {by}", detail={"rows": len(rows), "new": new},
        )  # fmt: skip
    return new


# Cells -------------------------------------------------------------------------------------------------------------
def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow([_safe(str(c)) for c in cells])
    return out.getvalue()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _unsafe(cell: str) -> str:
    """As it was before `_safe`, without blanks around it."""
    cell = cell.strip(" \u00a0")
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _records(content: bytes) -> Iterator[tuple[int, Mapping[str, str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput("the file is not UTF-8", cure="save it as CSV UTF-8") from None
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        missing = [name for name in _NEEDED if name not in header]
        if missing:
            raise InvalidInput(
                f"row 1: there is no column {', '.join(missing)}", cure=f"known are {', '.join(COLUMNS)}"
            )
        for number, cells in enumerate(reader, start=2):
            if any(cell.strip() for cell in cells):
                yield number, _named(header, cells)
    except csv.Error as error:
        raise InvalidInput(f"line {reader.line_num}: {error}", cure="save it as CSV") from None


def _named(header: Sequence[str], cells: Sequence[str]) -> Mapping[str, str]:
    named = {name: _unsafe(cell) for name, cell in zip(header, cells, strict=False)}
    return named | ({"": "more"} if len(cells) > len(header) else {})


def _row(cells: Mapping[str, str], now: datetime, *, by: str) -> _Row:
    if cells.get(""):
        raise _Bad("", "has more cells than the header")
    if cells.get("released_at"):
        raise _Bad("released_at", "was released: it stands no more")
    channel = _one_of(cells, "channel", Channel)
    address, mark = read_address(channel, cells["address"]) if cells["address"] else "", cells.get("hash", "")
    if not address and (cells["address"] or not _HASH.fullmatch(mark)):
        raise _Bad("address", "is no phone number" if channel is Channel.SMS else "is no e-mail address")
    reason = _one_of(cells, "reason", SuppressionReason)
    scope = _one_of(cells, "scope", MessageClass) if cells.get("scope") else None
    since, until = _moment(cells, "since") or now, _moment(cells, "until")
    if since > now:
        raise _Bad("since", "lies in the future")
    if until is not None and reason not in MAY_EXPIRE:
        raise _Bad("until", f"{reason} never ends by itself")
    if until is not None and until <= now:
        raise _Bad("until", "lies in the past")
    return _Row(Suppression(channel, address, reason, since, until, scope), mark, _source(cells, by))


def _source(cells: Mapping[str, str], by: str) -> str:
    told = "".join(c for c in cells.get("source", "") if c.isprintable())[:200]
    return told or f"import {by}"


def _one_of(cells: Mapping[str, str], column: str, words: type[W]) -> W:
    try:
        return words(cells.get(column, "").lower())
    except ValueError:
        raise _Bad(column, f"must be one of {', '.join(words)}") from None


def _moment(cells: Mapping[str, str], column: str) -> datetime | None:
    """An instant; a bare day stands until it is over (UTC)."""
    text = cells.get(column, "")
    if not text:
        return None
    try:
        if len(text) == 10:
            day = date.fromisoformat(text)
            return datetime.combine(day + timedelta(days=column == "until"), time(), UTC)
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise _Bad(column, "is no date: write 2026-03-02 or 2026-03-02T15:30:00-05:00") from None
    if moment.tzinfo is None:
        raise _Bad(column, "has no offset: write 2026-03-02T15:30:00-05:00")
    return moment.astimezone(UTC)


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
