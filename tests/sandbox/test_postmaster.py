"""What the far side of mail sends back is read as what it plays."""

from email.message import EmailMessage

import pytest

from followup.domain.ids import MessageId
from followup.domain.mail.returned import ReturnedKind, read_returned
from followup.sandbox.postmaster import PARTS, Caught, comes_back
from tests.mails import BOUNCE_DOMAIN, MARKS

PATH = MARKS.return_path(MessageId("msg_1"), BOUNCE_DOMAIN)


def caught(to: str, sender: str = PATH) -> Caught:
    """A mail of ours to that recipient."""
    mail = EmailMessage()
    mail["To"], mail["Message-ID"], mail["Subject"] = to, MARKS.message_id(MessageId("msg_1"), "clinic.example"), "Été"
    mail.set_content("words ü")
    return Caught(sender, to, mail.as_bytes())


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("tail", ["", "+1"])
def test_each_part_is_read_as_it_plays(name: str, tail: str) -> None:
    to, part = f"{name}{tail}@example.com", PARTS[name]
    raw = comes_back(caught(to))
    assert raw is not None
    returned = read_returned(raw)
    kind = {"complaint": ReturnedKind.COMPLAINT, "away": ReturnedKind.AUTOMATIC}.get(part.other, ReturnedKind.BOUNCE)
    fate = returned.fate_of(to)
    assert returned.kind is kind
    assert (fate.action, fate.code) == (part.action, part.status) if fate else part.other
    assert "msg_1" in {MARKS.find_return_path(place) for place in returned.places}
    assert MARKS.among([MessageId("msg_1")], returned.refs) or name == "away"


@pytest.mark.parametrize(("to", "sender"), [("ana@example.com", PATH), ("bounce@example.com", "")])
def test_ordinary_mail_and_mail_that_comes_back_end(to: str, sender: str) -> None:
    assert comes_back(caught(to, sender)) is None
