"""Every Twilio code that can reach us: what to do about it, in plain words, and how far it reaches."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from followup.domain.outcome import CodeClass, CodeEntry, Scope, Suspicion

RETRY, LATER, SUPPRESS, BAD_NUMBER = CodeClass.RETRY, CodeClass.LATER, CodeClass.SUPPRESS, CodeClass.BAD_NUMBER
CONFIG, CONTENT, DOUBT, WARNING = CodeClass.CONFIG, CodeClass.CONTENT, CodeClass.DOUBT, CodeClass.WARNING
MESSAGE, SENDER, REGION, ACCOUNT = Scope.MESSAGE, Scope.SENDER, Scope.REGION, Scope.ACCOUNT

_Row = tuple[str, CodeClass, Scope, str, tuple[str, ...]]
_UNITS = {"m": 60, "h": 3600}

_ACCOUNT_AND_REQUEST: tuple[_Row, ...] = (
    ("20003", CONFIG, ACCOUNT, "Twilio refuses our credentials, or the account is suspended.", ()),
    ("20404", CONFIG, SENDER, "Twilio does not know the account or the sender we named.", ()),
    ("20422", CONTENT, MESSAGE, "Twilio calls a parameter of this message invalid.", ()),
    ("20429", RETRY, ACCOUNT, "Twilio had too many requests at once and did not take this one.", ()),
    ("20500", DOUBT, MESSAGE, "Twilio had an internal error; whether it took the message is unknown.", ()),
    ("20503", DOUBT, MESSAGE, "Twilio was unavailable; whether it took the message is unknown.", ()),
    ("14107", CONFIG, MESSAGE, "Two numbers answered each other more than 15 times in 30 seconds; a loop was cut.", ()),
    ("11200", CONFIG, MESSAGE, "Twilio could not reach our web address.", ()),
    ("11205", CONFIG, MESSAGE, "Twilio could not connect to our web address.", ()),
    ("11243", CONFIG, MESSAGE, "The retry rules in our web address are not valid.", ()),
    ("11750", CONFIG, MESSAGE, "Our answer to Twilio was larger than 64 kB.", ()),
    ("12100", CONFIG, MESSAGE, "Our answer to Twilio could not be read.", ()),
    ("12200", CONFIG, MESSAGE, "Our answer to Twilio did not have the agreed form.", ()),
    ("12300", CONFIG, MESSAGE, "Our answer to Twilio had the wrong content type.", ()),
)

_REFUSED: tuple[_Row, ...] = (
    ("21211", BAD_NUMBER, MESSAGE, "The recipient's number is not valid.", ()),
    ("21212", CONFIG, SENDER, "Our sender number is not valid.", ()),
    ("21214", BAD_NUMBER, MESSAGE, "The recipient's number cannot be reached.", ()),
    ("21217", BAD_NUMBER, MESSAGE, "The recipient's number does not look like a phone number.", ()),
    ("21219", CONFIG, ACCOUNT, "The account may only write to verified numbers.", ()),
    ("21266", BAD_NUMBER, MESSAGE, "The recipient's number is our own sender.", ()),
    ("21408", CONFIG, REGION, "The account may not send to the recipient's country.", ()),
    ("21601", CONFIG, SENDER, "Our sender number cannot send texts.", ()),
    ("21602", CONTENT, MESSAGE, "The message has no text.", ()),
    ("21603", CONTENT, MESSAGE, "The request named no sender.", ()),
    ("21604", CONTENT, MESSAGE, "The request named no recipient.", ()),
    ("21606", CONFIG, SENDER, "Our sender number does not belong to the account or cannot text this country.", ()),
    ("21608", CONFIG, ACCOUNT, "A trial account may only write to verified numbers.", ()),
    ("21609", CONFIG, ACCOUNT, "Twilio does not accept our call-back address; check FOLLOWUP_PUBLIC_URL.", ()),
    ("21610", SUPPRESS, MESSAGE, "The recipient opted out of our texts.", ()),
    ("21611", LATER, SENDER, "Our sender's queue is full.", ("30m", "1h")),
    ("21612", BAD_NUMBER, MESSAGE, "Texts cannot go from our sender to this number.", ()),
    ("21614", BAD_NUMBER, MESSAGE, "The recipient's number is not a mobile number.", ()),
    ("21617", CONTENT, MESSAGE, "The text is longer than 1,600 characters.", ()),
    ("21618", CONTENT, MESSAGE, "All carriers filter this text.", ()),
    ("21619", CONTENT, MESSAGE, "The message has neither text nor media.", ()),
    ("21620", CONTENT, MESSAGE, "A media address of the message is not valid.", ()),
    ("21623", CONTENT, MESSAGE, "The message has more than ten media.", ()),
    ("21635", BAD_NUMBER, MESSAGE, "The recipient's number is a landline.", ()),
    ("21654", CONTENT, MESSAGE, "The content template was not found.", ()),
    ("21655", CONTENT, MESSAGE, "The content template's id is not valid.", ()),
    ("21656", CONTENT, MESSAGE, "The content template's values are not valid.", ()),
    ("21658", CONTENT, MESSAGE, "A value of the content template is too long or missing.", ()),
    ("21659", CONFIG, SENDER, "Our sender number is not one of Twilio's in this country.", ()),
    ("21660", CONFIG, SENDER, "Our sender number belongs to another account.", ()),
    ("21701", CONFIG, SENDER, "The messaging service does not exist.", ()),
    ("21703", CONFIG, SENDER, "The messaging service has no sender.", ()),
    ("21704", CONFIG, SENDER, "The messaging service has no sender for this kind of message.", ()),
    ("21705", CONFIG, SENDER, "The messaging service cannot be used.", ()),
    ("35111", CONFIG, ACCOUNT, "The schedule of the message lacks a parameter.", ()),
    ("35114", CONFIG, ACCOUNT, "The scheduled time lies outside Twilio's limits.", ()),
    ("35115", CONFIG, ACCOUNT, "The scheduled time is too soon.", ()),
    ("35117", CONFIG, ACCOUNT, "The scheduled time is too far away.", ()),
    ("35118", CONFIG, ACCOUNT, "A scheduled message needs a messaging service.", ()),
    ("35125", CONFIG, ACCOUNT, "The account has too many scheduled messages.", ()),
    ("35126", CONFIG, ACCOUNT, "The schedule of the message is not valid.", ()),
)

_UNDELIVERED: tuple[_Row, ...] = (
    ("30001", LATER, SENDER, "The sender's queue overflowed.", ("15m", "1h")),
    ("30002", CONFIG, ACCOUNT, "The account was suspended before the text went out.", ()),
    ("30003", LATER, MESSAGE, "The phone is off, out of reach or cannot receive texts.", ("1h", "12h")),
    ("30004", LATER, MESSAGE, "The recipient's carrier or phone blocks our texts.", ()),
    (
        "30005",
        BAD_NUMBER,
        MESSAGE,
        "The number is unknown or no longer in use; it may belong to somebody else now.",
        (),
    ),
    ("30006", BAD_NUMBER, MESSAGE, "The number is a landline or its carrier cannot be reached.", ()),
    ("30007", CONTENT, MESSAGE, "Twilio or the carrier filtered the text.", ()),
    ("30008", LATER, MESSAGE, "The text was not delivered; the carrier gave no reason.", ("1h",)),
    ("30010", CONFIG, ACCOUNT, "The price of the text is above the limit we set.", ()),
    ("30011", CONTENT, MESSAGE, "Media cannot be sent to this number.", ()),
    ("30012", CONFIG, ACCOUNT, "The validity period is too short.", ()),
    ("30013", CONFIG, ACCOUNT, "The validity period is too long.", ()),
    ("30016", CONTENT, MESSAGE, "The kind of content is not supported.", ()),
    ("30017", LATER, MESSAGE, "The carrier's network was congested.", ("15m", "1h")),
    ("30018", CONFIG, REGION, "Our sender is not registered for the recipient's country.", ()),
    ("30019", CONTENT, MESSAGE, "The content is larger than the carrier allows.", ()),
    ("30020", LATER, MESSAGE, "Twilio failed to schedule the text.", ("10m",)),
    ("30021", LATER, MESSAGE, "Twilio failed to process the text.", ("10m",)),
    ("30022", LATER, SENDER, "Our sender went over its carrier rate.", ("15m", "1h")),
    ("30023", LATER, SENDER, "The carrier's daily cap for our sender is reached.", ("24h",)),
    ("30024", CONFIG, REGION, "Our sender is not set up at the recipient's carrier.", ()),
    ("30025", WARNING, SENDER, "Half of the carrier's daily cap for our sender is used.", ()),
    ("30026", WARNING, SENDER, "Seven tenths of the carrier's daily cap for our sender are used.", ()),
    ("30027", LATER, SENDER, "The carrier's daily cap for our brand is reached.", ("24h",)),
    ("30032", CONFIG, SENDER, "Our toll-free number is not verified.", ()),
    ("30033", CONFIG, REGION, "The registered campaign of our sender is suspended.", ()),
    ("30034", CONFIG, REGION, "Our sender is not registered with US carriers.", ()),
    ("30035", CONFIG, REGION, "The registration of our sender with US carriers is not finished.", ()),
    ("30036", LATER, MESSAGE, "The text was not delivered within its validity period.", ("1h",)),
    ("30410", LATER, MESSAGE, "The carrier did not answer in time.", ("1h",)),
    ("30450", LATER, MESSAGE, "Protection against text pumping blocked the number for a while.", ("45m",)),
    ("60728", LATER, ACCOUNT, "The account's hourly message limit is reached.", ("1h",)),
    ("63017", LATER, ACCOUNT, "The account's message rate is exceeded.", ("1h",)),
    ("63018", LATER, ACCOUNT, "The channel's message rate is exceeded.", ("1h",)),
    ("63038", LATER, ACCOUNT, "The account's daily message limit is reached.", ("1h",)),
)


def _delay(text: str) -> timedelta:
    return timedelta(seconds=int(text[:-1]) * _UNITS[text[-1]])


#: Codes that say more than that one message ended, once they come often enough.
_SUSPICIONS = {
    "30003": Suspicion.AWAY,
    "30004": Suspicion.BLOCKED,
    "30005": Suspicion.REASSIGNED,
    "30007": Suspicion.FILTERED,
}
#: Twilio itself does not try again here, lest the text come twice.
_NEEDED_ONLY = frozenset({"30410"})


def _entries() -> Iterator[CodeEntry]:
    for code, kind, scope, detail, delays in _ACCOUNT_AND_REQUEST + _REFUSED + _UNDELIVERED:
        waits = tuple(_delay(delay) for delay in delays)
        yield CodeEntry(code, kind, detail, waits, scope, _SUSPICIONS.get(code), code in _NEEDED_ONLY)


CODES: dict[str, CodeEntry] = {entry.code: entry for entry in _entries()}
_BY_STATUS = {401: "20003", 429: "20429"}
_WITHOUT_CODE = {404: "20404", 422: "20422"}


def classify(code: str) -> CodeEntry:
    """What `code` means; a code nobody knows is UNKNOWN: fail, no retry, alert once."""
    return CODES.get(code) or CodeEntry(code, CodeClass.UNKNOWN, f"Twilio answered with the unknown code {code}.")


def of_refusal(status: int, code: str) -> CodeEntry:
    """The entry for a 4xx: by Twilio's code where it is known, else by an HTTP status that leaves no doubt."""
    if code in CODES:
        return CODES[code]
    known = _BY_STATUS.get(status) or ("" if code else _WITHOUT_CODE.get(status, ""))
    return replace(CODES[known], code=code or known) if known else classify(code or f"http-{status}")
