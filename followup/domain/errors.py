"""The error tree; each error names the fault and the cure and carries its data as fields.

FollowupError
├── SettingError          a setting is wrong or missing (exit 2)
├── ConfigFault           a file under config/ or templates/ is wrong (exit 1)
├── TemplateFault         a text cannot be rendered: the message is held (exit 1)
├── InvalidInput          an event, a file or a call is malformed (422, exit 1)
│   └── BadOption         what was asked of a command makes no sense (exit 2)
├── Conflict              the same key with another body (409)
├── TooLate               what was asked for can no longer be had: it went out (409, exit 1)
├── NotFound              no such thing in this clinic (404, exit 1)
├── Forbidden             the key or signature does not allow this (401 or 403)
├── IllegalSignal         a signal that is not in a lifecycle table
└── Unavailable           something outside is missing (503, exit 3)
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in an input: where (JSON pointer or file:line), what rule, what is wrong and its cure."""

    pointer: str
    detail: str
    rule: str = ""


class FollowupError(Exception):
    """Wrong input or a missing part; `str()` is one line for a person and holds no patient data."""

    def __init__(self, message: str, *, cure: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.cure = cure

    def __str__(self) -> str:
        return f"{self.message} ({self.cure})" if self.cure else self.message


class SettingError(FollowupError):
    """A setting is wrong or missing."""

    def __init__(self, variable: str, message: str, *, cure: str = "") -> None:
        super().__init__(f"{variable}: {message}", cure=cure)
        self.variable = variable


class ConfigFault(FollowupError):
    """One or more files under config/ or templates/ are wrong."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        lines = "; ".join(f"{f.pointer}: {f.rule + ': ' if f.rule else ''}{f.detail}" for f in faults)
        super().__init__(lines)
        self.faults = faults


class TemplateFault(FollowupError):
    """A text cannot be rendered; names the file and the placeholder, never a value."""

    def __init__(self, file: str, message: str, *, placeholder: str = "", cure: str = "") -> None:
        super().__init__(f"{file}: {message}", cure=cure)
        self.file, self.placeholder = file, placeholder


class InvalidInput(FollowupError):
    """The input does not have the promised shape; `faults` lists every pointer that is wrong."""

    def __init__(self, message: str, faults: tuple[Fault, ...] = (), *, cure: str = "") -> None:
        super().__init__(message, cure=cure)
        self.faults = faults


class Unreadable(InvalidInput):
    """A call-back without what makes it one."""


class BadOption(InvalidInput):
    """What was asked of a command makes no sense: the call is wrong, not the thing asked about."""


class Conflict(FollowupError):
    """The same key came before with another body."""


class TooLate(FollowupError):
    """What was asked for can no longer be had."""


class NotFound(FollowupError):
    """No such thing in this clinic."""


class Forbidden(FollowupError):
    """The caller is not known (`known=False`) or may not do this."""

    def __init__(self, message: str, *, known: bool = True, cure: str = "") -> None:
        super().__init__(message, cure=cure)
        self.known = known


class IllegalSignal(FollowupError):
    """A signal that the lifecycle table does not allow in this state."""

    def __init__(self, subject: str, state: str, signal: str) -> None:
        super().__init__(f"{subject}: signal {signal!r} is not allowed in state {state!r}")
        self.subject, self.state, self.signal = subject, state, signal


class Unavailable(FollowupError):
    """Something outside (database, broker, provider) is missing."""
