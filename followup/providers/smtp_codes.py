"""What a mail server's answer means: by its enhanced code (RFC 3463) where there is one, else by its reply code."""

import re
from datetime import timedelta
from enum import StrEnum

from followup.domain.mail.status import find
from followup.domain.outcome import CodeClass, CodeEntry, Outcome, Rejected, Scope, Transient, Unknown

LATER, BAD_NUMBER, CONFIG, CONTENT = CodeClass.LATER, CodeClass.BAD_NUMBER, CodeClass.CONFIG, CodeClass.CONTENT

_SOFT = (timedelta(hours=1), timedelta(hours=12))
_ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


class Stage(StrEnum):
    """How far the talk with the mail server had come."""

    CONNECT = "connect"
    SENDER = "sender"
    RECIPIENT = "recipient"
    DATA = "data"


#: Bare reply codes; enhanced ones are in `domain/mail/status.py`.
_REPLIES: dict[str, tuple[CodeClass, Scope, str]] = {
    "530": (CONFIG, Scope.ACCOUNT, "The mail server wants a log-in or TLS first."),
    "535": (CONFIG, Scope.ACCOUNT, "The mail server refuses our user name or password."),
    "550": (BAD_NUMBER, Scope.MESSAGE, "The mailbox does not exist."),
    "551": (BAD_NUMBER, Scope.MESSAGE, "The mailbox is not at this mail server."),
    "552": (LATER, Scope.MESSAGE, "The mailbox is full."),
    "553": (BAD_NUMBER, Scope.MESSAGE, "The mailbox's name is not allowed."),
    "554": (CONTENT, Scope.MESSAGE, "The mail server refuses the message."),
}


def classify(code: str) -> CodeEntry:
    """What an enhanced code or a bare reply code means while we talk with the server."""
    if re.fullmatch(r"4(\d\d|\.\d{1,3}\.\d{1,3})", code):
        return CodeEntry(code, CodeClass.RETRY, "The mail server asks to try again later.")
    status, reply = find(code), _REPLIES.get(code)
    if status is not None:
        return CodeEntry(code, status.kind, status.detail, _SOFT if status.kind is LATER else (), status.scope)
    if reply is not None:
        kind, scope, detail = reply
        return CodeEntry(code, kind, detail, _SOFT if kind is LATER else (), scope)
    return CodeEntry(code, CodeClass.UNKNOWN, f"The mail server answered with the unknown code {code}.")


def outcome_of(reply: int, text: str, *, stage: Stage) -> Outcome:
    """The outcome of a refusal; an answer that is none leaves doubt once the content was on its way."""
    if not 400 <= reply < 600:
        return _in_doubt(reply, stage)
    enhanced = _ENHANCED.search(text.partition("\n")[0])
    code = enhanced.group(1) if enhanced and enhanced.group(1)[0] in "45" else str(reply)
    if code.startswith("4"):
        return Transient(code, classify(code).detail)
    entry = classify(code)
    if stage is Stage.CONNECT and entry.kind is not CONFIG:
        return Transient(code, "The mail server turns us away before any message.")
    entry = _seen_from(entry, text, stage)
    return Rejected(entry.code, entry.kind, entry.detail)


def _in_doubt(reply: int, stage: Stage) -> Outcome:
    detail = "The mail server's answer could not be read."
    return Unknown(str(reply), detail) if stage is Stage.DATA else Transient(str(reply), detail)


def _seen_from(entry: CodeEntry, text: str, stage: Stage) -> CodeEntry:
    """The same code speaks of our set-up when the sender is refused or relaying is, and of the text after DATA."""
    if stage in (Stage.CONNECT, Stage.SENDER) or "relay" in text.lower():
        detail = "The mail server does not let us send; check SMTP_URL and EMAIL_FROM."
        return CodeEntry(entry.code, CONFIG, entry.detail if entry.kind is CONFIG else detail, (), Scope.ACCOUNT)
    if stage is Stage.DATA and entry.kind is BAD_NUMBER and "." not in entry.code:
        return CodeEntry(entry.code, CONTENT, "The mail server refuses the message.")
    return entry
