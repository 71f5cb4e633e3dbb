"""Enhanced status codes (RFC 3463) and what each says: of the address, of us, or of the text (facts 4.5)."""

import re
from dataclasses import dataclass

from followup.domain.outcome import CodeClass, Scope

LATER, BAD_NUMBER, CONFIG, CONTENT = CodeClass.LATER, CodeClass.BAD_NUMBER, CodeClass.CONFIG, CodeClass.CONTENT

ENHANCED = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
#: Of a mailbox that keeps failing: so many messages of this window must come back before it is given up.
AT_ONCE, TWICE, THREE = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Status:
    """What a code means. `strikes` messages that came back so suppress the address; 0: it never does."""

    code: str
    kind: CodeClass
    detail: str  # plain words, no patient data
    strikes: int = 0
    scope: Scope = Scope.MESSAGE

    @property
    def is_soft(self) -> bool:
        """The mailbox is there, but it could not take the message."""
        return self.kind is LATER or self.strikes > AT_ONCE

    @property
    def is_refusal(self) -> bool:
        """The receiving side wants nothing of us, whoever the recipient is."""
        return self.kind in {CONFIG, CONTENT} or self.code.startswith("4.7.")


Row = tuple[CodeClass, int, str]

#: The whole code, else its family.
TABLE: dict[str, Row] = {
    "5.1.1": (BAD_NUMBER, AT_ONCE, "The mailbox does not exist."),
    "5.1.2": (BAD_NUMBER, AT_ONCE, "The mailbox's domain does not exist."),
    "5.1.3": (BAD_NUMBER, AT_ONCE, "The mailbox's address is not valid."),
    "5.1.6": (BAD_NUMBER, AT_ONCE, "The mailbox has moved and left no new address."),
    "5.1.7": (CONFIG, 0, "Our sender's address is not valid."),
    "5.1.8": (CONFIG, 0, "Our sender's domain does not exist."),
    "5.1.10": (BAD_NUMBER, AT_ONCE, "The mailbox's domain takes no mail."),
    "5.1": (BAD_NUMBER, AT_ONCE, "The mailbox's address is refused."),
    "5.2.1": (BAD_NUMBER, TWICE, "The mailbox is disabled."),
    "5.2.2": (LATER, THREE, "The mailbox is full."),
    "5.2.3": (CONTENT, 0, "The message is larger than the mailbox allows."),
    "5.2": (LATER, THREE, "The mailbox cannot take the message now."),
    "5.3.4": (CONTENT, 0, "The message is larger than the mail server allows."),
    "5.3": (LATER, 0, "The recipient's mail system has a fault."),
    "5.4.1": (LATER, TWICE, "The recipient's mail system does not accept this mailbox."),
    "5.4": (LATER, 0, "The recipient's mail system cannot be reached."),
    "5.5": (CONFIG, 0, "The mail server does not understand us."),
    "5.6": (CONTENT, 0, "The mail server does not take this kind of content."),
    "5.7.8": (CONFIG, 0, "The mail server refuses our user name or password."),
    "5.7": (CONTENT, 0, "The mail server refuses the message by its policy."),
    "4.1": (LATER, THREE, "The mailbox's address could not be checked."),
    "4.2.1": (LATER, THREE, "The mailbox does not take messages for some time."),
    "4.2.2": (LATER, THREE, "The mailbox is full."),
    "4.2": (LATER, THREE, "The mailbox cannot take the message now."),
    "4.3": (LATER, 0, "The recipient's mail system has a fault."),
    "4.4.7": (LATER, 0, "The mail server gave up after many tries."),
    "4.4": (LATER, 0, "The recipient's mail system cannot be reached."),
    "4.5": (LATER, 0, "The mail server did not understand us this time."),
    "4.6": (CONTENT, 0, "The mail server does not take this kind of content."),
    "4.7": (LATER, 0, "The mail server put the message off by its policy until its time was over."),
}
_SENDER = frozenset({"5.1.7", "5.1.8"})
_UNAUTHENTICATED = re.compile(r"[45]\.7\.(2[0-9]|3[0-9])")
NOT_AUTHENTICATED = "The receiving side finds our domain not authenticated; check SPF, DKIM and DMARC."


def find(code: str) -> Status | None:
    """What an enhanced code of class 4 or 5 means; None if nobody knows."""
    if _UNAUTHENTICATED.fullmatch(code):
        return Status(code, CONFIG, NOT_AUTHENTICATED, scope=Scope.ACCOUNT)
    row = TABLE.get(code) or TABLE.get(code.rpartition(".")[0])
    if row is None or not ENHANCED.fullmatch(code):
        return None
    kind, strikes, detail = row
    scope = Scope.SENDER if code in _SENDER else Scope.ACCOUNT if kind is CONFIG else Scope.MESSAGE
    return Status(code, kind, detail, strikes, scope)


def meaning(code: str) -> Status:
    """What the code of a bounce means; a code that nobody knows suppresses nobody."""
    return find(code) or Status(code, CodeClass.UNKNOWN, f"The message came back with the unknown code {code}.")


#: What mail servers write where they give no code, or one that says nothing (x.0.0).
_WORDS: tuple[tuple[str, str], ...] = (
    (r"(user|recipient|address|mailbox|account)\W+(is\W+)?(unknown|not found|invalid|do(es)?( not|n't) exist)", "1.1"),
    (r"(unknown|invalid|no such|non-?existent|inexistant)\W+(local\W+)?(user|recipient|mailbox|address)", "1.1"),
    (r"does(n't| not) have an? \S+ account|no mailbox (here )?by that name|(utilisateur|destinataire) inconnu", "1.1"),
    (r"(host|domain) (name )?(unknown|not found|does not exist)|unrouteable (mail )?domain|domaine inconnu", "1.2"),
    (r"over ?quota|quota (is )?exceeded|exceeded .{0,20}quota|mailbox (is )?full|out of storage", "2.2"),
    (r"bo[iî]te .{0,20}pleine", "2.2"),
    (r"(account|mailbox|user) (has been |is )?(temporarily )?(disabled|suspended|deactivated|inactive|locked)", "2.1"),
    (r"(message|size).{0,30}(too large|too big|exceeds?)", "3.4"),
    (r"unauthenticated|not authenticated|\bdmarc\b|\bspf\b|\bdkim\b", "7.26"),
    (r"\bspam\b|blocked|black ?list|block ?list|polic(y|ies)|reputation|rejected for|grey ?list|denied", "7.1"),
    (r"timed? ?out|connection refused|unreachable|no route|retry (time|timeout)", "4.7"),
)
_COMPILED = tuple((re.compile(words, re.IGNORECASE), code) for words, code in _WORDS)
_REPLY = re.compile(r"(?<![\d.-])([45])\d\d(?=[ -])")


def read_code(status: str, diagnostic: str, *, permanent: bool) -> str:
    """The code that says most: the status's, the diagnostic's, or the one that the diagnostic's words amount to."""
    given = [found[1] for text in (status, diagnostic) for found in ENHANCED.finditer(text) if found[1][0] in "45"]
    telling = [code for code in given if not code.endswith(".0.0")]
    if telling:
        return telling[0]
    reply = _REPLY.search(diagnostic)
    first = given[0][0] if given else reply[1] if reply else "5" if permanent else "4"
    for words, code in _COMPILED:
        if words.search(diagnostic):
            return f"{first}.{code}"
    return f"{first}.0.0"
