"""SMS: encoding, segments and their borders, and what a text must say (facts 3.9)."""

import re
import unicodedata
from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum

from followup.domain.channels import ChannelRules
from followup.domain.message import Channel, MessageClass

RULES = ChannelRules(
    channel=Channel.SMS,
    parts=("sms",),
    must_have=frozenset({"clinic_name", "stop_line"}),
    exempt=frozenset({MessageClass.COMPLIANCE, MessageClass.REPLY}),
    hard_limit=1600,
)

#: Above this a Canadian long code may cut or split a text by itself: a warning, not a limit.
WARN_UNITS = 136
#: The answer to a mandatory keyword fits one segment.
MANDATORY_ANSWER = 160

#: How to opt out, by base language; GSM-7 in both.
STOP_LINES: Mapping[str, str] = {
    "en": "Reply STOP to opt out",
    "fr": "Répondez ARRET pour ne plus recevoir de textos",
}

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("\f^{}\\[~]|€")

#: Look-alikes that lose no meaning in GSM-7; accents are never touched.
_PLAIN: Mapping[str, str] = {
    **dict.fromkeys("‘’‚‛′ʼ", "'"),
    **dict.fromkeys("“”„‟″", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000", " "),
    **dict.fromkeys("\u00ad\u200b\u2060\ufeff", ""),
    "…": "...",
    "•": "-",
    "œ": "oe",
    "Œ": "OE",
}
_TABLE = str.maketrans(dict(_PLAIN))
_GUILLEMETS = re.compile(r"«[ \u00a0\u202f]?|[ \u00a0\u202f]?»")


class Encoding(StrEnum):
    """How a text travels; one character outside GSM-7 turns the whole of it into UCS-2."""

    GSM7 = "GSM-7"
    UCS2 = "UCS-2"


@dataclass(frozen=True, slots=True)
class Segments:
    """The size of a text. `costly` are the characters that force UCS-2, `doubled` those of two GSM units."""

    encoding: Encoding
    units: int
    segments: int
    remaining: int  # units left in the last segment
    costly: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()


_SINGLE = {Encoding.GSM7: 160, Encoding.UCS2: 70}
_JOINED = {Encoding.GSM7: 153, Encoding.UCS2: 67}


def most_segments(message_class: MessageClass) -> int:
    """Segments above which a template of this class is refused."""
    return 3 if message_class is MessageClass.PROMO else 4


def normalise(text: str) -> str:
    """Composed letters and plain quotes, spaces, dashes and ligatures: what loses no meaning in GSM-7."""
    return _GUILLEMETS.sub('"', unicodedata.normalize("NFC", text)).translate(_TABLE)


def segments(text: str) -> Segments:
    """Count `text` as it is (call `normalise` first); no segment border splits an escape or surrogate pair."""
    used = set(text)
    costly = used - _BASIC - _EXTENSION
    encoding = Encoding.UCS2 if costly else Encoding.GSM7
    pairs = {c for c in used if ord(c) > 0xFFFF} if costly else used & _EXTENSION
    units = len(text) + sum(text.count(c) for c in pairs)
    if units <= _SINGLE[encoding]:
        count, remaining = min(units, 1), _SINGLE[encoding] - units
    else:
        count, remaining = _pack([2 if c in pairs else 1 for c in text], _JOINED[encoding])
    doubled = set() if costly else pairs
    return Segments(encoding, units, count, remaining, _in_order(text, costly), _in_order(text, doubled))


def name_of(character: str) -> str:
    """A character's own name for a person to find it: `ê (LATIN SMALL LETTER E WITH CIRCUMFLEX, U+00EA)`."""
    shown = character if character.isprintable() and not character.isspace() else " "
    return f"{shown} ({unicodedata.name(character, 'unnamed')}, U+{ord(character):04X})"


def _pack(costs: list[int], size: int) -> tuple[int, int]:
    count, left = 1, size
    for cost in costs:
        if cost > left:
            count, left = count + 1, size
        left -= cost
    return count, left


def _in_order(text: str, some: Set[str]) -> tuple[str, ...]:
    return tuple(sorted(some, key=text.index))
