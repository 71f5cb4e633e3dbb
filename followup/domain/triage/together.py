"""Together: signs that are worse in company than alone."""

import re
from collections.abc import Sequence

from followup.domain.triage.severity import Severity
from followup.domain.triage.sign import Sign

_SKIN = r"rash\.hives|rash\.rash|allergy\.reaction|broken\.marks"
_CIRCULATION = r"faintness\.(?:dizzy|vomiting|unwell|confused)|mind\.\w+|chest\.\w+|nerves\.numb"
#: Two kinds of signs that make an emergency when both are there (facts: allergy, spread infection).
_PAIRS: tuple[tuple[str, str, str], ...] = (
    ("together.allergy", _SKIN, _CIRCULATION + r"|swelling\.swelling"),
    ("together.swelling", r"swelling\.\w+", _CIRCULATION.replace(r"|nerves\.numb", "")),
    (
        "together.infection",
        r"fever\.\w+|infection\.(?:pus|infected|oozing|smell)",
        r"faintness\.(?:dizzy|vomiting|confused)|chest\.\w+|redness\.growing",
    ),
    ("together.spreading", r"redness\.growing", r"fever\.\w+|faintness\.(?:dizzy|vomiting|unwell|confused)|chest\.\w+"),
    ("together.vessel", r"colour\.pale-patch", r"pain\.\w+|nerves\.numb|chest\.\w+|vision\.\w+"),
    (
        "together.weakness",
        r"faintness\.dizzy",
        r"nerves\.numb|faintness\.(?:vomiting|unwell)|fever\.fever|headache\.headache",
    ),
)
_COMPILED = [(name, re.compile(one), re.compile(other)) for name, one, other in _PAIRS]


def together(signs: Sequence[Sign]) -> Sign | None:
    """The sign of an emergency that two urgent signs make together, or None."""
    urgent = [s for s in signs if s.severity.rank >= Severity.URGENT.rank]
    if len(urgent) < 2 or any(s.severity is Severity.EMERGENCY for s in urgent):
        return None
    rules = {s.rule for s in urgent}
    for name, one, other in _COMPILED:
        if any(one.fullmatch(a) and other.fullmatch(b) for a in rules for b in rules - {a}):
            return Sign(name, Severity.EMERGENCY, urgent[0].start, urgent[0].end)
    return None
