"""Words: the placeholders that a visit fills, in the clinic's local time."""

from sqlalchemy.engine import Connection

from followup.domain.booking import Booking
from followup.domain.clinic import Clinic
from followup.domain.message import Message
from followup.domain.visit import Choices, Form, Spoken, VisitText
from followup.domain.window import to_local
from followup.storage.visits import choices


def values(
    conn: Connection, clinic: Clinic, message: Message, *, booking: Booking | None, link: str
) -> dict[str, object]:
    """What a message may name of its visit: its time, the page that takes the answer, and what there is to choose."""
    at = message.visit_at or (booking.starts_at if booking else None)
    if at is None:
        return {}
    local = to_local(at, clinic.time_zone)
    spoken: dict[str, object] = {
        "visit_day": Spoken(local, Form.DAY),
        "visit_short": Spoken(local, Form.SHORT),
        "visit_time": Spoken(local, Form.CLOCK),
        "visit_link": link,
    }
    choice = choices.get(conn, message.id) if message.step_key == VisitText.WHICH else None
    if choice is not None:
        visits = tuple((o.name, to_local(o.visit_at, clinic.time_zone)) for o in choice.options)
        spoken["choices"] = Choices(visits)
    return spoken
