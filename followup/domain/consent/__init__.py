"""Consent and Suppression: what a person allowed, and addresses that must not be used."""

from followup.domain.consent.entry import OWN_PAGE, Consent, ConsentKind
from followup.domain.consent.law import NEEDS_CONSENT, Allowed, ConsentRule, Refused, verdict
from followup.domain.consent.suppression import MAY_EXPIRE, Suppression, SuppressionReason

__all__ = [
    "MAY_EXPIRE",
    "NEEDS_CONSENT",
    "OWN_PAGE",
    "Allowed",
    "Consent",
    "ConsentKind",
    "ConsentRule",
    "Refused",
    "Suppression",
    "SuppressionReason",
    "verdict",
]
