"""Letters: headers, parts and envelope as mailbox providers want them."""

import re
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest

from followup.domain.ids import MessageId
from followup.domain.message import MessageClass
from followup.ports import Invite
from followup.providers.smtp_letter import Letter, Writer
from tests.fakes import START
from tests.providers.parts import LETTER, SECRET

WRITER = Writer(SECRET.encode(), "Care <care@clinic.example>", "bounces.clinic.example")


def write(writer: Writer = WRITER, **changes: Any) -> Letter:
    """The letter of these tests, changed."""
    return writer.write(replace(LETTER, **changes), START + timedelta(hours=1))


def read(letter: Letter) -> EmailMessage:
    """The letter as a mail reader sees it."""
    mail = message_from_bytes(letter.content, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    assert mail.defects == []
    return mail


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("From", "Canstrive <care@clinic.example>"),
        ("To", "ana@example.com"),
        ("Reply-To", "desk@clinic.example"),
        ("Subject", "Your skin, day 3 – à lire"),
        ("Date", "Mon, 02 Mar 2026 20:30:00 +0000"),
        ("Auto-Submitted", "auto-generated"),
        ("List-Unsubscribe", f"<{LETTER.unsubscribe_url}>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ("List-Id", "<care.clinic.example>"),
        ("Content-Language", "en"),
    ],
)
def test_every_header_is_there_exactly_once(header: str, value: str) -> None:
    assert [str(one) for one in read(write()).get_all(header, [])] == [value]


def test_text_comes_first_and_html_last() -> None:
    mail = read(write())
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_an_entry_for_the_calendar_names_its_method() -> None:
    content = "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nSUMMARY:Séance\r\nEND:VCALENDAR\r\n"
    part = list(read(write(invite=Invite("CANCEL", content))).iter_parts())[-1]
    assert (part.get_content_type(), part["content-type"].params["method"]) == ("text/calendar", "CANCEL")
    assert part.get_content().splitlines() == content.splitlines()


def test_an_entry_with_a_strange_method_is_refused() -> None:
    with pytest.raises(ValueError, match="no such method"):
        write(invite=Invite("X\r\nBcc: all@example.com", "BEGIN:VCALENDAR"))


def test_a_letter_without_html_is_plain_text() -> None:
    assert read(write(html="")).get_content_type() == "text/plain"


@pytest.mark.parametrize(
    ("message_class", "expected"),
    [
        (MessageClass.CARE, "auto-generated"),
        (MessageClass.PROMO, "auto-generated"),
        (MessageClass.COMPLIANCE, "auto-replied"),
        (MessageClass.REPLY, None),
    ],
)
def test_a_person_s_answer_is_not_called_automatic(message_class: MessageClass, expected: str | None) -> None:
    assert read(write(message_class=message_class))["Auto-Submitted"] == expected


def test_the_same_message_is_the_same_bytes() -> None:
    assert write() == write()


def test_message_ids_differ_and_hide_their_origin() -> None:
    refs = {write(message_id=MessageId(f"msg_{number}")).message_id for number in range(50)}
    assert len(refs) == 50
    assert all(re.fullmatch(r"<[a-z2-7]{32}@clinic\.example>", ref) for ref in refs)


def test_another_secret_makes_another_message_id() -> None:
    assert write(Writer(b"x" * 32, "care@clinic.example")).message_id != write().message_id


@pytest.mark.parametrize("size", [10, 90, 400])
def test_links_in_headers_are_never_broken(size: int) -> None:
    letter = write(unsubscribe_url="https://clinic.example/u/" + "t" * size)
    assert f"List-Unsubscribe: <https://clinic.example/u/{'t' * size}>\r\n".encode() in letter.content


def test_lines_stay_within_the_limits_of_mail() -> None:
    letter = write(text="ü" * 5000 + "\n" + "a" * 5000, html="<p>" + "b" * 5000 + "</p>", subject="é" * 300)
    assert max(len(line) for line in letter.content.split(b"\r\n")) <= 998
    assert letter.content.isascii()
    assert all(len(word) <= 75 for word in re.findall(rb"=\?utf-8\?\S*?\?=", letter.content))


@pytest.mark.parametrize("field", ["to", "sender", "from_name", "reply_to", "subject", "unsubscribe_url", "list_id"])
@pytest.mark.parametrize("breach", ["a\nBcc: eve@example.com", "a\r\nX: y", "a\rb", "a\x00b"])
def test_no_value_can_add_a_header(field: str, breach: str) -> None:
    with pytest.raises(ValueError):
        WRITER.write(replace(LETTER, **{field: breach}), START)  # type: ignore[arg-type]


def test_further_headers_cannot_replace_ours() -> None:
    mail = read(write(headers={"In-Reply-To": "<1@x.example>", "from": "eve@example.com", "Message-ID": "<2@x>"}))
    assert mail["In-Reply-To"] == "<1@x.example>"
    assert len(mail.get_all("From", [])) == len(mail.get_all("Message-ID", [])) == 1


@pytest.mark.parametrize("name", ["Zoé Clinique", 'Dr. "Q", Inc.', "诊所", "a" * 300, "x@y.example"])
def test_any_display_name_reads_back_as_written(name: str) -> None:
    sender = read(write(from_name=name))["From"].addresses[0]
    assert (sender.display_name, sender.addr_spec) == (name, "care@clinic.example")


def test_the_clinic_s_own_sender_goes_before_ours() -> None:
    letter = write(sender="Nord <nord@other.example>", from_name="")
    assert read(letter)["From"] == "Nord <nord@other.example>"
    assert letter.message_id.endswith("@other.example>")


def test_bounces_come_back_to_the_message() -> None:
    letter = write(message_id=MessageId("msg_00000001_x"))
    assert letter.sender.endswith("@bounces.clinic.example")
    assert WRITER.read_return_path(letter.sender) == "msg_00000001_x"


@pytest.mark.parametrize("forge", [lambda path: path.replace("msg_1", "msg_2"), str.upper, lambda path: "b+msg_1@x"])
def test_a_forged_return_path_names_no_message(forge: Any) -> None:
    assert WRITER.read_return_path(forge(write().sender)) is None


def test_without_bounce_domain_the_sender_takes_bounces() -> None:
    assert write(Writer(SECRET.encode(), "care@clinic.example")).sender == "care@clinic.example"
