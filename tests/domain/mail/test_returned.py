"""Mail that comes back is read for what it is, whatever server wrote it and however."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.domain.mail.returned import ReturnedKind, read_returned
from tests.builders import EMAIL
from tests.mails import FOLDER, MARKS, corpus, expected, letter

CASES = [pytest.param(row, id=row["file"]) for row in expected()]
K = ReturnedKind


def marked(text: bytes, *, envelope: str = "") -> str | None:
    """The message whose return path the mail carries, by the first place that has one."""
    returned = read_returned(text)
    return next((found for place in (envelope, *returned.places) if (found := MARKS.find_return_path(place))), None)


def test_every_file_has_its_expectation() -> None:
    assert {row["file"] for row in expected()} == {path.stem for path in FOLDER.glob("*.eml")}


@pytest.mark.parametrize("row", CASES)
def test_each_mail_is_read_as_expected(row: Mapping[str, str]) -> None:
    returned = read_returned(corpus(row["file"]))
    fate = returned.fate_of(EMAIL)
    assert (returned.kind, fate.action if fate else "", fate.code if fate else "") == (
        row["kind"],
        row["action"],
        row["code"],
    )


@pytest.mark.parametrize("row", CASES)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_each_mail_leads_to_our_message(row: Mapping[str, str], ending: str) -> None:
    raw = corpus(row["file"]).replace(b"\n", ending.encode())
    if row["matched"] == "return path":
        assert marked(raw) == "msg_1"
    if row["matched"] == "Message-ID":
        returned = read_returned(raw)
        assert marked(raw) is None
        assert MARKS.among(["msg_2", "msg_1"], returned.refs) == "msg_1"  # type: ignore[list-item]
        assert returned.speaks_of(EMAIL)


@pytest.mark.parametrize("row", [row for row in CASES if row.values[0]["matched"] == "return path"])
def test_a_forged_return_path_leads_nowhere(row: Mapping[str, str]) -> None:
    assert marked(corpus(row["file"]).replace(b"b+msg_1.", b"b+msg_2.")) is None


def test_two_return_paths_in_one_place_count_for_none() -> None:
    both = [MARKS.return_path(name, "x.example") for name in ("msg_1", "msg_2")]  # type: ignore[arg-type]
    assert MARKS.find_return_path(" ".join(both)) is None
    assert MARKS.find_return_path(f"{both[0]} {both[0]}") == "msg_1"


def test_the_group_of_our_address_goes_before_others() -> None:
    raw = corpus("postfix-partly-delivered", **{"work@family.example": EMAIL})
    fate = read_returned(raw).fate_of(EMAIL.upper())
    assert fate is not None
    assert fate.action == "failed"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"", K.UNREADABLE),
        (b"\x00\xff" * 50, K.UNREADABLE),
        (b"no header at all", K.UNREADABLE),
        (letter("Hello"), K.LETTER),
        (letter("Hello", Auto_Submitted="no"), K.LETTER),
        (letter("Please confirm my appointment, I am a real fan"), K.LETTER),
        (letter("Hello", Auto_Submitted="auto-generated"), K.AUTOMATIC),
        (letter("Buy now", List_Unsubscribe="<https://x.example>"), K.AUTOMATIC),
        (letter("Buy now", X_Spam_Flag="YES"), K.AUTOMATIC),
        (letter("Hello", sender="no-reply@shop.example"), K.AUTOMATIC),
        (letter("Hello", sender="owner-list@shop.example"), K.AUTOMATIC),
        (letter("Away", subject="Out of Office: Re: Your skin"), K.AUTOMATIC),
        (letter("Hello", sender="postmaster@x.example"), K.AUTOMATIC),
        (letter("550 5.1.1 failed", sender="ana@example.com", subject="Undeliverable"), K.LETTER),
        (letter("550 5.1.1 failed", subject="Undeliverable: Your skin", Return_Path="<>"), K.BOUNCE),
        (letter("I am away until 5.1.1", subject="Holidays", Return_Path="<>"), K.AUTOMATIC),
    ],
)
def test_only_mail_servers_can_bounce(raw: bytes, kind: ReturnedKind) -> None:
    assert read_returned(raw).kind is kind


def test_a_letter_gives_the_words_above_the_quote() -> None:
    returned = read_returned(corpus("letter"))
    assert (returned.words, returned.sender) == ("Is some redness normal on day two? Merci, à bientôt!", EMAIL)


def test_a_page_without_plain_text_gives_its_words() -> None:
    html = "<style>p{}</style><p>Bonjour&nbsp;!</p><blockquote>old</blockquote><script>x()</script><p>ça va</p>"
    raw = letter(html).replace(b"text/plain", b"text/html")
    assert read_returned(raw).words.split() == ["Bonjour", "!", "ça", "va"]


@given(st.binary(max_size=2000))
def test_no_bytes_break_the_reading(raw: bytes) -> None:
    read_returned(raw)


PIECES = st.sampled_from([line for row in expected() for line in corpus(row["file"]).splitlines(keepends=True)])


@given(st.lists(st.one_of(PIECES, st.binary(max_size=60).map(lambda odd: odd + b"\n")), max_size=60))
def test_no_shuffled_mail_breaks_the_reading(lines: list[bytes]) -> None:
    returned = read_returned(b"".join(lines))
    returned.fate_of(EMAIL)
    assert all("\x00" not in text for text in (returned.words, returned.subject, *returned.places))


@given(st.sampled_from([row["file"] for row in expected()]), st.integers(0, 4000), st.binary(max_size=20))
def test_no_damaged_mail_breaks_the_reading(name: str, place: int, damage: bytes) -> None:
    raw = corpus(name)
    read_returned(raw[:place] + damage + raw[place + len(damage) :])
    read_returned(raw[:place])


def test_mail_in_mail_in_mail_ends() -> None:
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3000))
    read_returned(b"From: a@b.example\n" + deep)
