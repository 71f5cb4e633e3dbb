"""SMS: what a text costs, where its segments end, and which look-alikes are made plain."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.domain.channels import sms
from followup.domain.channels.sms import Encoding, name_of, normalise, segments
from followup.domain.message import MessageClass

GSM, UCS = Encoding.GSM7, Encoding.UCS2
#: 3GPP TS 23.038 in the order of its codes 0x00-0x7F, the escape left out; then the extension table.
TABLE = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = "\f^{}\\[~]|€"


def reference(text: str) -> tuple[Encoding, int, int]:
    """Slow and plain: encode each character, then try every place where a segment may begin."""
    plain = all(c in TABLE + EXTENSION for c in text)
    codes = [(["esc", c] if c in EXTENSION else [c]) if plain else _units(c) for c in text]
    total = sum(map(len, codes))
    single, size = (160, 153) if plain else (70, 67)
    return (GSM if plain else UCS), total, min(total, 1) if total <= single else _fewest(codes, size)


def _units(character: str) -> list[str]:
    raw = character.encode("utf-16-be", "surrogatepass")
    return [raw[i : i + 2].hex() for i in range(0, len(raw), 2)]


def _fewest(codes: list[list[str]], size: int) -> int:
    lengths = [len(code) for code in codes]

    @cache
    def best(end: int) -> int:
        if end == 0:
            return 0
        starts = [s for s in range(max(0, end - size), end) if sum(lengths[s:end]) <= size]
        return 1 + min(best(s) for s in starts)

    for end in range(len(codes)):
        best(end)
    return best(len(codes))


@pytest.mark.parametrize(
    ("text", "encoding", "units", "count"),
    [
        ("", GSM, 0, 0),
        ("a" * 160, GSM, 160, 1),
        ("a" * 161, GSM, 161, 2),
        ("a" * 306, GSM, 306, 2),
        ("a" * 307, GSM, 307, 3),
        ("€" * 80, GSM, 160, 1),
        ("€" * 81, GSM, 162, 2),
        ("a" * 152 + "€" + "a" * 10, GSM, 164, 2),
        ("a" * 152 + "€" + "a" * 151, GSM, 305, 2),
        ("a" * 152 + "€" + "a" * 152, GSM, 306, 3),
        ("ê" * 70, UCS, 70, 1),
        ("ê" * 71, UCS, 71, 2),
        ("😀" * 35, UCS, 70, 1),
        ("😀" * 36, UCS, 72, 2),
        ("ê" * 66 + "😀" + "ê" * 66, UCS, 134, 3),
        ("Répondez ARRET pour vous désabonner", GSM, 35, 1),
        ("Répondez ARRÊT", UCS, 14, 1),
        ("{{7*7}}", GSM, 11, 1),
    ],
    ids=lambda value: str(value)[:12],
)
def test_a_text_has_these_units_and_segments(text: str, encoding: Encoding, units: int, count: int) -> None:
    size = segments(text)
    assert (size.encoding, size.units, size.segments) == (encoding, units, count)


gsm_text = st.text(st.sampled_from(TABLE + EXTENSION * 4), max_size=500)
wide_text = st.text(st.sampled_from("aê€😀{é👩🏽‍⚕️"), max_size=250)


@given(st.one_of(gsm_text, wide_text, st.text(max_size=200)))
def test_the_count_agrees_with_the_slow_reference(text: str) -> None:
    size = segments(text)
    assert (size.encoding, size.units, size.segments) == reference(text)


@pytest.mark.parametrize(
    ("text", "left"), [("a" * 100, 60), ("a" * 161, 145), ("€" * 81, 143), ("ê" * 71, 63)], ids=str
)
def test_the_room_left_is_that_of_the_last_segment(text: str, left: int) -> None:
    assert segments(text).remaining == left


def test_the_costly_and_doubled_characters_are_named_once() -> None:
    assert segments("crème brûlée, forêt, [brûlée]").costly == ("û", "ê")
    assert segments("[a] {b} [c]").doubled == ("[", "]", "{", "}")
    assert name_of("ê") == "ê (LATIN SMALL LETTER E WITH CIRCUMFLEX, U+00EA)"


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("“Hi”, it’s 5′ 7″", '"Hi", it\'s 5\' 7"'),
        ("« bonjour »", '"bonjour"'),
        ("a\u00a0b\u202fc", "a b c"),
        ("9–5 — open…", "9-5 - open..."),
        ("a\u200bb\ufeffc\u00add", "abcd"),
        ("coeur, cœur", "coeur, coeur"),
        ("e\u0301te\u0301", "été"),
    ],
)
def test_look_alikes_become_plain_before_counting(written: str, plain: str) -> None:
    assert normalise(written) == plain
    assert segments(normalise(written)).encoding is GSM


@pytest.mark.parametrize("text", ["ARRÊT", "ê à ç Ç", "Zoë", "😀", "日本", "👩🏽‍⚕️"])
def test_letters_that_carry_meaning_stay_as_they_are(text: str) -> None:
    assert normalise(text) == text


@given(st.text(max_size=300))
def test_making_plain_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_stop_line_travels_in_gsm_7(language: str) -> None:
    assert segments(sms.STOP_LINES[language]).encoding is GSM


@pytest.mark.parametrize(
    ("message_class", "most"), [(MessageClass.PROMO, 3), (MessageClass.CARE, 4), (MessageClass.CHECKIN, 4)]
)
def test_promotion_may_be_shorter_than_care(message_class: MessageClass, most: int) -> None:
    assert sms.most_segments(message_class) == most
