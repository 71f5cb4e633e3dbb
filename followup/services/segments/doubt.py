"""Doubt: words of an audience that occur nowhere; a slip of the pen would choose nobody, or under `not` everybody."""

from collections.abc import Callable, Collection, Iterator

from sqlalchemy.engine import Connection

from followup.domain.audience import (
    Audience,
    Clause,
    Enrolled,
    FutureBooking,
    InSeries,
    Listed,
    Tagged,
    Treated,
    Uploaded,
    walk,
)
from followup.domain.ids import ClinicId
from followup.services.context import Context
from followup.storage.audience import known

Find = Callable[[Connection, ClinicId, Collection[str]], set[str]]


def doubts(ctx: Context, conn: Connection, clinic_id: ClinicId, *, audience: Audience) -> tuple[str, ...]:
    """A line for each word that nothing has, with its place; none of them is a fault by itself."""
    keys = set(ctx.protocols.current)
    codes = {code for protocol in ctx.protocols.current.values() for code in protocol.treatment_codes}
    found = []
    for clause in walk(audience.root):
        for words, find, configured, told in _words(clause, keys, codes):
            there = configured | find(conn, clinic_id, words)
            found += [f"{clause.at}: {told} {word!r}" for word in words if word not in there]
    return tuple(found)


def _words(clause: Clause, keys: set[str], codes: set[str]) -> Iterator[tuple[tuple[str, ...], Find, set[str], str]]:
    match clause:
        case Treated():
            yield clause.codes, known.codes, codes, "no treatment or visit has the code"
            yield clause.practitioners, known.practitioners, set(), "nobody was treated by"
        case FutureBooking():
            yield clause.codes, known.codes, codes, "no treatment or visit has the code"
        case InSeries():
            yield clause.protocols, _nothing, keys, "there is no protocol"
        case Enrolled():
            yield clause.protocols, known.protocols, keys, "there is no protocol"
        case Tagged():
            yield clause.tags, known.tags, set(), "nobody has the tag"
        case Listed():
            yield clause.patients, known.people, set(), "there is no patient"
        case Uploaded():
            yield (clause.upload,), known.lists, set(), "no list is ready under"


def _nothing(_conn: Connection, _clinic_id: ClinicId, _words: Collection[str]) -> set[str]:
    return set()
