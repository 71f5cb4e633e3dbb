"""Numbers that make the carrier play a part, after the idea of Twilio's own magic numbers.

| To | Plays |
|---|---|
| +15005550001, …0002, …0003, …0004, …0009 | Twilio's own: 21211, 21612, 21408, 21610, 21614 |
| +150055CCCCC | the code CCCCC: +15005521610 is refused with it, +15005530003 is taken, then undelivered with it |
| +15005560001 | `hang`: not taken, no answer |
| +15005560002 | `hang-accepted`: taken, no answer |
| +15005560003 | `cut`: not taken, connection cut |
| +15005560004 | `accept-then-cut`: taken, connection cut |
| +15005560005 | `not-json`: taken, 201 with a page instead of JSON |
| +15005560006 | `500-accepted`: taken, 500 |
| +15005560007 | `503`: not taken, 503 |
| +15005560008 | `redirect`: not taken, 307 |
| +15005560009 | `silent`: taken, no receipt ever comes |
| From +15005550001, …0007, …0008 | Twilio's own: 21212, 21606, 21611 |
"""

from dataclasses import dataclass

_TWILIO_TO = {"0001": "21211", "0002": "21612", "0003": "21408", "0004": "21610", "0009": "21614"}
_TWILIO_FROM = {"+15005550001": "21212", "+15005550007": "21606", "+15005550008": "21611"}
_PARTS = ("hang", "hang-accepted", "cut", "accept-then-cut", "not-json", "500-accepted", "503", "redirect", "silent")
_STATUS = {"20003": 401, "20404": 404, "20429": 429, "21611": 429, "20500": 500, "20503": 503, "63038": 429}
_NEVER_LEFT = (1, 2, 10, 12, 13, 18, 20, 21, 22, 23, 24, 27, 32, 33, 34, 35, 36)
_FAILED = frozenset(f"30{number:03d}" for number in _NEVER_LEFT)


@dataclass(frozen=True, slots=True)
class Part:
    """What the carrier does with one request: take it or not, how it answers, how the message ends."""

    takes: bool = True
    answer: str = "created"  # created, hang, cut, not-json, redirect, or an error code
    end: str = ""  # error code of the last receipt
    silent: bool = False


PARTS: dict[str, Part] = {
    "ok": Part(),
    "429": Part(takes=False, answer="20429"),
    "500": Part(takes=False, answer="20500"),
    "503": Part(takes=False, answer="20503"),
    "500-accepted": Part(answer="20500"),
    "hang": Part(takes=False, answer="hang"),
    "hang-accepted": Part(answer="hang"),
    "cut": Part(takes=False, answer="cut"),
    "accept-then-cut": Part(answer="cut"),
    "not-json": Part(answer="not-json"),
    "redirect": Part(takes=False, answer="redirect"),
    "silent": Part(silent=True),
}


def part_named(name: str) -> Part:
    """A part by its name or by a code; codes of 30000 to 30999 come as receipts, all others at once."""
    if name in PARTS:
        return PARTS[name]
    if not (name.isascii() and name.isdigit() and len(name) == 5):
        raise ValueError(f"{name!r} is neither a code nor one of {', '.join(PARTS)}")
    return Part(end=name) if name.startswith("30") else Part(takes=False, answer=name)


def part_of(to: str, sender: str) -> Part:
    """The part that these numbers ask for; the usual one for all other numbers."""
    if sender in _TWILIO_FROM:
        return part_named(_TWILIO_FROM[sender])
    if not to.startswith("+150055") or len(to) != 12:
        return PARTS["ok"]
    tail = to[-5:]
    if tail[0] == "5":
        return part_named(_TWILIO_TO.get(tail[1:], "ok"))
    if tail.startswith("600"):
        number = int(tail[3:])
        return PARTS[_PARTS[number - 1]] if 1 <= number <= len(_PARTS) else PARTS["ok"]
    return part_named(tail)


def http_status(code: str) -> int:
    """The HTTP status that comes with a code."""
    return _STATUS.get(code, 400)


def last_status(code: str) -> str:
    """How a message with this code ends: `failed` never left the carrier, `undelivered` did."""
    if not code:
        return "delivered"
    return "failed" if code in _FAILED else "undelivered"
