"""Edition: what decides at which hours and on which days a clinic's messages are planned, as one text."""

import json
from collections.abc import Iterable
from typing import Any

from followup.domain.clinic import Clinic, SendWindow


def edition(clinic: Clinic) -> str:
    """The same text for the same zone, hours, days off and distances; it changes with any of them."""
    plain = {
        "zone": clinic.time_zone,
        "province": clinic.province,
        "windows": {kind.value: _windows(hours) for kind, hours in clinic.windows.items()},
        "closures": [day.isoformat() for day in clinic.closures],
        "offsets": {path: str(offset) for path, offset in clinic.offsets.items()},
        "merge_within": str(clinic.merge_within),
    }
    return json.dumps(plain, sort_keys=True)


def _windows(hours: Iterable[SendWindow]) -> list[Any]:
    return [[sorted(w.days), w.opens.isoformat(), w.closes.isoformat(), w.on_holidays] for w in hours]
