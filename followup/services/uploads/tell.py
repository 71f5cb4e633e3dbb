"""Tell: uploaded lists and their faults as the doors print them."""

from collections.abc import Iterable
from typing import Any

from followup.domain.sheet import CellFault
from followup.domain.upload import Upload


def upload(one: Upload) -> dict[str, Any]:
    """A list and its counts."""
    return {
        "id": one.id,
        "name": one.name,
        "state": one.state.value,
        "rows": one.rows,
        "clean": one.sound,
        "faulty": one.faulty,
        "new_people": one.new,
        "encoding": one.encoding,
        "by": one.by,
        "at": one.at.isoformat(),
        "accepted_at": one.accepted_at.isoformat() if one.accepted_at else None,
    }


def faults(some: Iterable[CellFault]) -> list[dict[str, Any]]:
    """Row, column, reason and cure of each."""
    return [{"row": f.row, "column": f.column, "reason": f.reason, "cure": f.cure} for f in some]
