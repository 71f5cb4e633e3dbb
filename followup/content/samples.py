"""Sample values for previews and checks: a typical patient, and names that make a text long or costly."""

from collections.abc import Mapping
from datetime import date, datetime

from followup.domain.visit import Choices, Form, Spoken

#: A long name whose letters are all in GSM-7, and a short one that turns an SMS into UCS-2.
LONG_NAME, COSTLY_NAME = "Maximiliane-Josephine", "Zoë"
LONG_CLINIC = "Medicina Skin & Laser Mississauga"

_VISIT = datetime(2026, 8, 26, 14, 30)  # noqa: DTZ001 -- as the clock on the wall shows it
SAMPLE: Mapping[str, object] = {
    "given_name": "Ana",
    "clinic_name": "CanStrive MedSpa",
    "clinic_legal_name": "CanStrive MedSpa & Wellness Clinic Inc.",
    "clinic_phone": "905-555-0142",
    "clinic_email": "care@clinic.example.com",
    "clinic_web": "https://clinic.example.com",
    "clinic_address": "100 City Centre Drive, Suite 210, Mississauga, ON L5B 2C9",
    "practitioner": "RN Okafor",
    "treatment_date": date(2026, 3, 2),
    "session": 1,
    "next_session": 2,
    "of": 3,
    "link": "https://care.example.com/m/AbCdEfGhIjKlMnOpQrStUv",
    "unsubscribe_url": "https://care.example.com/u/AbCdEfGhIjKlMnOpQrStUv",
    "preferences_url": "https://care.example.com/p/AbCdEfGhIjKlMnOpQrStUv",
    "visit_day": Spoken(_VISIT, Form.DAY),
    "visit_short": Spoken(_VISIT, Form.SHORT),
    "visit_time": Spoken(_VISIT, Form.CLOCK),
    "visit_link": "https://care.example.com/b/AbCdEfGhIjKlMnOpQrStUv",
    "choices": Choices((("Ana", _VISIT), ("Leo", _VISIT))),
    "words": "Thank you for asking. Keep it clean and dry today, and call us if it gets warm or sore.",
    "contact_url": "https://care.example.com/c/clinic",
}
