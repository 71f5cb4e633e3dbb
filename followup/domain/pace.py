"""Pace: how many SMS segments a second a sender may send (facts 3.10)."""

import re

#: We stay below the carrier's own rate, so that its queue never grows by us.
SHARE = 0.8
_TOLL_FREE = re.compile(r"\+?18(?:00|33|44|55|66|77|88)\d{7}")
_SHORT = re.compile(r"\d{3,6}")
_LONG_CODE, _TOLL_FREE_RATE, _SHORT_CODE = 1.0, 3.0, 100.0


def rate_of(sender: str, setting: float | None) -> float:
    """Segments a second for `sender`: the setting if there is one (0 is unpaced), else 0.8 of its kind's rate.

    A messaging service counts as one long code, since nobody here knows how many numbers it has.
    """
    if setting is not None:
        return setting
    if _SHORT.fullmatch(sender):
        return _SHORT_CODE * SHARE
    return (_TOLL_FREE_RATE if _TOLL_FREE.fullmatch(sender) else _LONG_CODE) * SHARE
