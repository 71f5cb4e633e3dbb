"""Where the rules of the gate stand written: laws, standards, codes of providers, and a clinic's own word."""

from collections.abc import Mapping

from followup.domain.consent import SuppressionReason
from followup.domain.message import Hold, MessageClass

STAFF = "the clinic's staff"
PATIENT = "the patient's own choice, on the page of preferences"
PROVIDER = "the provider's code"
ONCE = "followup's promise: each contact once"
CONTACT = "E.164 and RFC 5321: where a text and a mail can go"
US_OFF = "47 CFR 64.1200; clinic's us_enabled"
ANSWER = "CASL GiC Regs s.3(b)"
BUDGET = "clinic's budget"
MODE = "FOLLOWUP_MODE=trial"

#: What a hold is, and who says so.
HOLDS: Mapping[Hold, tuple[str, str]] = {
    Hold.TRIAL: ("trial mode: the address is not on the allow list", MODE),
    Hold.CLINIC_PAUSED: ("the clinic is paused", STAFF),
    Hold.SENDER_PAUSED: ("the sender is paused, or halted by a fault in its settings", PROVIDER),
    Hold.ACCOUNT_HALTED: ("the provider account is halted by a fault in its settings", PROVIDER),
    Hold.REGION: ("the provider account may not send to the recipient's country", "Twilio 21408"),
    Hold.INSTANCE: (
        "this copy of the database has not been confirmed as the one that sends",
        "followup's promise: a copied database sends nothing",
    ),
    Hold.CAMPAIGN_PAUSED: ("the campaign is paused", STAFF),
    Hold.PATIENT_PAUSED: ("messages to this patient are paused", STAFF),
    Hold.ENROLLMENT_PAUSED: ("the follow-up of this treatment or visit is paused", STAFF),
    Hold.TEMPLATE: ("the text cannot be rendered, or carriers filter it", "the clinic's text; Twilio 30007"),
    Hold.FAULT: ("the software could not prepare it", "a fault of this software"),
}
#: Why an address must not be used.
SUPPRESSIONS: Mapping[SuppressionReason, str] = {
    SuppressionReason.OPT_OUT: "CASL s.11(3)",
    SuppressionReason.HARD_BOUNCE: "RFC 3463 5.1.1",
    SuppressionReason.COMPLAINT: "CASL s.11(3); RFC 5965",
    SuppressionReason.WRONG_PERSON: "PHIPA s.12(1)",
    SuppressionReason.DECEASED: "event patient.deceased",
    SuppressionReason.LEGAL: "the clinic's order",
    SuppressionReason.CARRIER_BLOCK: "Twilio 21610",
}
US_OPT_OUT = "47 CFR 64.1200(a)(10)"
#: Whose hours a clinic keeps that has set none. The rules for telephone calls are taken as the limit of promotion.
USUAL_HOURS: Mapping[MessageClass, str] = {
    MessageClass.PROMO: "CRTC UTR",
    MessageClass.CONSENT_REQUEST: "CRTC UTR",
    MessageClass.CARE: "the usual hours: CASL sets none for care",
    MessageClass.CHECKIN: "the usual hours: CASL sets none for care",
    MessageClass.TRANSACTIONAL: "the usual hours: CASL sets none for what was agreed",
    MessageClass.COMPLIANCE: ANSWER,
    MessageClass.REPLY: ANSWER,
}
