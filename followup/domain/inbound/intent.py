"""Intent and Reaction: what a patient wants of us, and what follows from it."""

from enum import StrEnum


class Intent(StrEnum):
    """What a patient wants of us; symptoms of the two upper tiers are intents of their own."""

    CLINICAL_EMERGENCY = "clinical_emergency"
    CLINICAL_URGENT = "clinical_urgent"
    WRONG_NUMBER = "wrong_number"
    STOP = "stop"
    START = "start"
    CANCEL = "cancel"
    RESCHEDULE = "reschedule"
    DECLINE = "decline"
    CONFIRM = "confirm"
    HELP = "help"
    QUESTION = "question"
    THANKS = "thanks"
    OTHER = "other"


class Reaction(StrEnum):
    """What follows from an intent."""

    ALARM = "alarm"  # the safety text, automation paused, staff at once or the same day
    DETACH = "detach"  # the number is not this patient's
    SUPPRESS = "suppress"  # no more texts to this number
    RESTORE = "restore"  # a stop by keyword ends
    BOOKING = "booking"  # the booking that was asked about changes
    PERSON = "person"  # a person reads it and answers
    NOTHING = "nothing"  # nobody waits for an answer
