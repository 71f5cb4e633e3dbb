"""Audience: the clauses and the words they were read from; saved segments are put in the place of their names."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from followup.domain.audience.clause import AllOf, AnyOf, Clause, NotOf, Saved
from followup.domain.document import digest
from followup.domain.errors import Fault, InvalidInput

_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is chosen; `source` is the definition in canonical form, as it is stored."""

    root: Clause
    source: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def digest(self) -> str:
        """The same for equal definitions."""
        return digest(dict(self.source))


def segments_of(audience: Audience) -> frozenset[str]:
    """The names of the saved segments that it speaks of."""
    return frozenset(clause.name for clause in walk(audience.root) if isinstance(clause, Saved))


def walk(clause: Clause) -> Iterator[Clause]:
    """A clause and all within it."""
    yield clause
    if isinstance(clause, AllOf | AnyOf):
        for part in clause.parts:
            yield from walk(part)
    elif isinstance(clause, NotOf):
        yield from walk(clause.part)


def expand(audience: Audience, find: Callable[[str], Audience | None]) -> Audience:
    """The audience with the clauses of saved segments in the place of their names, and so its source.

    Raises InvalidInput for a name that `find` does not know and for segments that name each other in a ring.
    """
    return replace(audience, root=_expand(audience.root, find, ()))


def _expand(clause: Clause, find: Callable[[str], Audience | None], above: tuple[str, ...]) -> Clause:
    match clause:
        case Saved():
            return _found(clause, find, above)
        case AllOf() | AnyOf():
            return replace(clause, parts=tuple(_expand(part, find, above) for part in clause.parts))
        case NotOf():
            return replace(clause, part=_expand(clause.part, find, above))
    return clause


def _found(clause: Saved, find: Callable[[str], Audience | None], above: tuple[str, ...]) -> Clause:
    if clause.name in above or len(above) >= _DEEPEST:
        raise _refused(clause, f"segment {clause.name!r} speaks of itself", "write its clauses out")
    saved = find(clause.name)
    if saved is None:
        raise _refused(clause, f"there is no segment {clause.name!r}", "see `followup segment list`")
    inner = _expand(saved.root, find, (*above, clause.name))
    return AllOf((_moved(inner, f"{clause.at} {clause.name}:"),), at=clause.at)


def _moved(clause: Clause, front: str) -> Clause:
    """The same clauses with the place of their segment before their own."""
    match clause:
        case AllOf() | AnyOf():
            return replace(clause, at=front + clause.at, parts=tuple(_moved(part, front) for part in clause.parts))
        case NotOf():
            return replace(clause, at=front + clause.at, part=_moved(clause.part, front))
    return replace(clause, at=front + clause.at)


def _refused(clause: Saved, text: str, cure: str) -> InvalidInput:
    return InvalidInput(f"{clause.at}: {text}", (Fault(clause.at, text, "segment"),), cure=cure)
