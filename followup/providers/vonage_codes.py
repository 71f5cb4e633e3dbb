"""Every code of Vonage's Messages API that can reach a text: what to do about it, and how far it reaches."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from followup.domain.outcome import CodeClass, CodeEntry, Scope, Suspicion

RETRY, LATER, SUPPRESS, BAD_NUMBER = CodeClass.RETRY, CodeClass.LATER, CodeClass.SUPPRESS, CodeClass.BAD_NUMBER
CONFIG, CONTENT = CodeClass.CONFIG, CodeClass.CONTENT
MESSAGE, SENDER, ACCOUNT = Scope.MESSAGE, Scope.SENDER, Scope.ACCOUNT

_MINUTES = {"5m": 5, "10m": 10, "15m": 15, "1h": 60, "12h": 720}
_Row = tuple[str, CodeClass, Scope, str, tuple[str, ...]]

_OURS: tuple[_Row, ...] = (
    ("1000", RETRY, ACCOUNT, "Vonage had too many requests at once and did not take this one.", ("5m",)),
    ("1060", CONFIG, ACCOUNT, "The account at Vonage is barred.", ()),
    ("1070", CONFIG, ACCOUNT, "The account at Vonage has no credit left.", ()),
    ("1080", CONFIG, ACCOUNT, "The account at Vonage may not use this interface.", ()),
    ("1110", CONFIG, ACCOUNT, "Vonage does not accept the signature of our request.", ()),
    ("1120", CONFIG, SENDER, "The recipient's country does not accept our sender.", ()),
    ("1130", CONFIG, ACCOUNT, "Vonage calls the validity period of the text invalid.", ()),
    ("1140", CONFIG, ACCOUNT, "The account at Vonage lacks something that the text needs.", ()),
    ("1160", CONFIG, ACCOUNT, "A trial account may only write to numbers that were added to its list.", ()),
    ("1350", CONFIG, ACCOUNT, "A fee for finding recipients by number was not paid.", ()),
    ("1370", CONFIG, SENDER, "The permission of our sender has run out.", ()),
    ("1420", CONFIG, SENDER, "Vonage does not know our sender.", ()),
    ("unauthorized", CONFIG, ACCOUNT, "Vonage refuses our credentials.", ()),
    ("forbidden", CONFIG, ACCOUNT, "The account at Vonage may not send texts.", ()),
    ("not-found", CONFIG, SENDER, "Vonage does not know the account or the sender we named.", ()),
    ("low-balance", CONFIG, ACCOUNT, "The account at Vonage has no credit left.", ()),
    ("account-suspended", CONFIG, ACCOUNT, "The account at Vonage is suspended.", ()),
    ("unprovisioned", CONFIG, ACCOUNT, "The account at Vonage may not use this interface.", ()),
    ("invalid-sender", CONFIG, SENDER, "Vonage calls our sender invalid.", ()),
)
_THE_TEXTS: tuple[_Row, ...] = (
    ("1010", CONTENT, MESSAGE, "The request lacked something.", ()),
    ("1020", CONTENT, MESSAGE, "Vonage calls a value of this message invalid.", ()),
    ("1021", CONTENT, MESSAGE, "Vonage calls a tag of this message invalid.", ()),
    ("1022", CONTENT, MESSAGE, "Vonage calls the template of this message invalid.", ()),
    ("1090", CONTENT, MESSAGE, "The text is too long.", ()),
    ("1150", CONTENT, MESSAGE, "Vonage calls a value of this message invalid.", ()),
    ("1210", CONTENT, MESSAGE, "The carrier filtered the text.", ()),
    ("1270", CONTENT, MESSAGE, "The carrier blocked the text because of the recipient's age.", ()),
    ("1320", CONTENT, MESSAGE, "Vonage says that this message was sent before.", ()),
    ("1340", CONTENT, MESSAGE, "The message came outside the time that this medium allows.", ()),
    ("invalid-params", CONTENT, MESSAGE, "Vonage calls a value of this message invalid.", ()),
)
_THE_RECIPIENTS: tuple[_Row, ...] = (
    ("1030", LATER, MESSAGE, "Vonage had an internal error.", ("10m",)),
    ("1040", BAD_NUMBER, MESSAGE, "Texts cannot be brought to a number like the recipient's.", ()),
    ("1050", BAD_NUMBER, MESSAGE, "The recipient's number may not receive texts.", ()),
    ("1100", LATER, MESSAGE, "Vonage could not hand the text on.", ("10m",)),
    ("1170", BAD_NUMBER, MESSAGE, "The recipient's number is not valid.", ()),
    ("1180", LATER, MESSAGE, "The phone is off or out of reach.", ("1h", "12h")),
    ("1190", BAD_NUMBER, MESSAGE, "The number is no longer in use; it may belong to somebody else now.", ()),
    ("1200", LATER, MESSAGE, "The recipient changed carriers, and something about that is not finished.", ("12h",)),
    ("1220", LATER, MESSAGE, "The phone was busy.", ("1h", "12h")),
    ("1230", LATER, MESSAGE, "The carrier's network failed.", ("15m", "1h")),
    ("1240", SUPPRESS, MESSAGE, "The recipient opted out of our texts.", ()),
    ("1241", LATER, MESSAGE, "Too many texts went to this number.", ("1h",)),
    ("1250", BAD_NUMBER, MESSAGE, "No route leads from our sender to this number.", ()),
    ("1260", LATER, MESSAGE, "The number could not be reached.", ("1h",)),
    ("1280", LATER, MESSAGE, "The recipient's carrier or phone blocks our texts.", ()),
    ("1290", LATER, MESSAGE, "The recipient's prepaid account cannot receive texts.", ("12h",)),
    ("1300", BAD_NUMBER, MESSAGE, "The number is not in the carrier's network.", ()),
    ("1310", BAD_NUMBER, MESSAGE, "The recipient's device cannot receive texts.", ()),
    ("1330", LATER, MESSAGE, "The text was not delivered; the carrier gave no reason.", ("1h",)),
    ("1360", LATER, MESSAGE, "The text was not delivered within its validity period.", ("1h",)),
    ("1430", BAD_NUMBER, MESSAGE, "Vonage calls the recipient's number invalid.", ()),
    ("invalid-recipient", BAD_NUMBER, MESSAGE, "Vonage calls the recipient's number invalid.", ()),
)
_SUSPICIONS = {
    "1180": Suspicion.AWAY,
    "1190": Suspicion.REASSIGNED,
    "1210": Suspicion.FILTERED,
    "1280": Suspicion.BLOCKED,
}


def _entries() -> Iterator[CodeEntry]:
    for code, kind, scope, detail, delays in _OURS + _THE_TEXTS + _THE_RECIPIENTS:
        waits = tuple(timedelta(minutes=_MINUTES[delay]) for delay in delays)
        yield CodeEntry(code, kind, detail, waits, scope, _SUSPICIONS.get(code))


CODES: dict[str, CodeEntry] = {entry.code: entry for entry in _entries()}
_BY_STATUS = {401: "unauthorized", 402: "low-balance", 403: "forbidden", 404: "not-found", 429: "1000"}
_BY_PARAMETER = {"to": "invalid-recipient", "from": "invalid-sender"}


def classify(code: str) -> CodeEntry:
    """What `code` means; a code nobody knows is UNKNOWN: fail, no retry, alert once."""
    return CODES.get(code) or CodeEntry(code, CodeClass.UNKNOWN, f"Vonage answered with the unknown code {code}.")


def of_refusal(status: int, problem: Mapping[str, Any]) -> CodeEntry:
    """The entry for a 4xx: by the status where it leaves no doubt, by the parameter at fault, else by the code."""
    if status in _BY_STATUS and status != 404:
        return _named(_BY_STATUS[status], code_of(problem))
    named = [str(one.get("name")) for one in _objects(problem.get("invalid_parameters"))]
    blamed = next((_BY_PARAMETER[name] for name in named if name in _BY_PARAMETER), "")
    code = code_of(problem)
    known = blamed or (code if code in CODES else _BY_STATUS.get(status, ""))
    return _named(known, code) if known else classify(code or f"http-{status}")


def _named(known: str, code: str) -> CodeEntry:
    """The known entry under the code that came, if that is one of Vonage's own."""
    return replace(CODES[known], code=code if code in CODES and CODES[code].kind is CODES[known].kind else known)


def code_of(problem: Mapping[str, Any]) -> str:
    """The code of a problem document: the end of its type, else its title; empty if it has neither."""
    end, title = str(problem.get("type") or "").partition("#")[2], str(problem.get("title") or "")
    return next((text for text in (end, title) if text.isdigit()), end).lower()[:40]


def _objects(found: object) -> list[Mapping[str, Any]]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
