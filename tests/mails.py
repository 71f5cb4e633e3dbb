"""Mail that came back, of many servers: the files under tests/data/bounces with our marks filled in."""

import csv
from collections.abc import Mapping
from pathlib import Path

from followup.domain.ids import MessageId
from followup.domain.mail.mark import Marks
from tests.builders import EMAIL, SECRET

FOLDER = Path(__file__).parent / "data" / "bounces"
MARKS = Marks(SECRET.encode())
BOUNCE_DOMAIN = "bounces.clinic.example"


def corpus(name: str, *, message_id: str = "msg_1", to: str = EMAIL, **changes: str) -> bytes:
    """One mail about a message of ours to `to`; further keywords replace words in it."""
    text = (FOLDER / f"{name}.eml").read_text(encoding="utf-8")
    marks: Mapping[str, str] = {
        "@RETURN_PATH@": MARKS.return_path(MessageId(message_id), BOUNCE_DOMAIN),
        "@MESSAGE_ID@": MARKS.message_id(MessageId(message_id), "clinic.example"),
        "@TO@": to,
        **changes,
    }
    for mark, value in marks.items():
        text = text.replace(mark, value)
    return text.encode()


def expected() -> list[Mapping[str, str]]:
    """What each file is to be read as."""
    with (FOLDER / "expected.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def letter(text: str, *, subject: str = "Re: Your skin, day 1", sender: str = EMAIL, **headers: str) -> bytes:
    """A mail that a person wrote."""
    given = {"From": sender, "To": "care@clinic.example", "Subject": subject, "Message-ID": "<letter@example.com>"}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in {**given, **headers}.items()]
    return "\n".join([*lines, "Content-Type: text/plain; charset=utf-8", "", text]).encode()
