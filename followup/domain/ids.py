"""Typed ids: a patient's id is the clinic's own, all others are ours."""

from typing import NewType

ClinicId = NewType("ClinicId", str)
PatientId = NewType("PatientId", str)
TreatmentId = NewType("TreatmentId", str)
BookingId = NewType("BookingId", str)
EventId = NewType("EventId", str)
EnrollmentId = NewType("EnrollmentId", str)
MessageId = NewType("MessageId", str)
AttemptId = NewType("AttemptId", str)
EscalationId = NewType("EscalationId", str)
CampaignId = NewType("CampaignId", str)
