"""Log lines of ids, counts and states; what other libraries say is cut down until no patient can be in it."""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

_OURS = "followup"
#: Libraries whose lines speak of processes and sockets only; of all others only name, place and error type are kept.
_TRUSTED = ("uvicorn.error", "dramatiq.MainProcess", "dramatiq.WorkerProcess", "dramatiq.ForkProcess", "apscheduler")
_MAILBOX = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.\w+")
_NUMBER = re.compile(r"\+?\d[\d\s().-]{7,}\d")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}")
_PASSWORD = re.compile(r"//[^/@\s]*@")

Excuse = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None] | None


def scrub(text: str) -> str:
    """The text without mailboxes, phone numbers and credentials of addresses."""
    text = _MAILBOX.sub("[mailbox]", _PASSWORD.sub("//", text))
    return _NUMBER.sub(lambda found: found[0] if _INSTANT.match(found[0]) else "[number]", text)


def fault_of(error: BaseException) -> str:
    """An exception as type and place; its text stays unread, for it may quote a patient."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        place = f" at {trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__}{place}"


class Log:
    """Writes one event with its fields; fields are ids, counts and states, never a patient's name, number or text."""

    def __init__(self, logger: logging.Logger) -> None:
        self._logger = logger

    def debug(self, event: str, /, **fields: object) -> None:
        self._write(logging.DEBUG, event, fields)

    def info(self, event: str, /, **fields: object) -> None:
        self._write(logging.INFO, event, fields)

    def warning(self, event: str, /, **fields: object) -> None:
        self._write(logging.WARNING, event, fields)

    def error(self, event: str, /, *, error: BaseException | None = None, **fields: object) -> None:
        """`error` is written as type and place."""
        self._write(logging.ERROR, event, {**fields, **({"error": fault_of(error)} if error else {})})

    def _write(self, level: int, event: str, fields: dict[str, object]) -> None:
        self._logger.log(level, event, extra={"followup_fields": fields})


def get_logger(name: str) -> Log:
    """The log of a room, e.g. `get_logger("dispatch")`."""
    return Log(logging.getLogger(f"{_OURS}.{name}"))


class _Formatter(logging.Formatter):
    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self.as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        fields = getattr(record, "followup_fields", {})
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "log": record.name.removeprefix(f"{_OURS}."),
            "pid": record.process,
            "event": _words(record),
        }
        line = {**{key: _flat(str(value)) for key, value in fields.items()}, **line}
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = fault_of(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False) if self.as_json else _plain(line)


def _words(record: logging.LogRecord) -> str:
    if record.name.split(".")[0] == _OURS or record.name.startswith(_TRUSTED):
        return _flat(record.getMessage())
    return f"{record.module}:{record.lineno}"


def _flat(text: str) -> str:
    return " ".join(scrub(text).split())


def _plain(line: dict[str, Any]) -> str:
    head = f"{line.pop('at')} {line.pop('level'):7} {line.pop('log')}[{line.pop('pid')}] {line.pop('event')}"
    return " ".join([head, *(f"{key}={value}" for key, value in line.items())])


def configure(*, as_json: bool = False, level: int = logging.INFO, stream: TextIO | None = None) -> None:
    """Send all logging of this process through one redacting handler; other libraries speak from WARNING on."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Formatter(as_json=as_json))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(_OURS).setLevel(level)
    logging.captureWarnings(True)
    logging.raiseExceptions = False
