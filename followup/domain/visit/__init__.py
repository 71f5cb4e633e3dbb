"""Visit: what a patient is told and asked about a booking, and how its time is said."""

from followup.domain.visit.keyword import number_in
from followup.domain.visit.plan import Bringing, Telling, Terms, VisitText, bring
from followup.domain.visit.when import Choices, Form, Spoken

__all__ = ["Bringing", "Choices", "Form", "Spoken", "Telling", "Terms", "VisitText", "bring", "number_in"]
