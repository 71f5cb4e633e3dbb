"""Nothing about a patient reaches a log line, whoever writes it."""

import asyncio
import io
import json
import logging
import warnings
from collections.abc import Iterator

import pytest

from followup import log

NAME, PHONE, MAIL = "Zéphyrine Canari", "+1 416-555-0187", "zephyrine.canari@example.com"
CANARIES = (NAME, "Zéphyrine", "Canari", PHONE, "4165550187", "555-0187", MAIL)


@pytest.fixture(params=[False, True], ids=["plain", "json"])
def lines(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """Everything the process logs, in both formats; the logging of the tests is put back afterwards."""
    root, stream = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    log.configure(as_json=request.param, level=logging.DEBUG, stream=stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(False)
    logging.raiseExceptions = True


def _raise() -> None:
    raise ValueError(f"{NAME} {PHONE} {MAIL}")


def _clean(stream: io.StringIO) -> str:
    text = stream.getvalue()
    assert text
    assert not [canary for canary in CANARIES if canary in text]
    return text


def test_an_exception_is_its_type_and_place(lines: io.StringIO) -> None:
    try:
        _raise()
    except ValueError as error:
        log.get_logger("test").error("planning failed", error=error, row="evt_1")
    assert "ValueError at " in _clean(lines)
    assert "evt_1" in lines.getvalue()


@pytest.mark.parametrize("logger", ["asyncio", "aiohttp.client", "sqlalchemy.engine", "dramatiq.worker", "smtplib"])
def test_other_libraries_say_only_where(logger: str, lines: io.StringIO) -> None:
    try:
        _raise()
    except ValueError:
        logging.getLogger(logger).exception("while writing to %s %s", NAME, PHONE)
    assert "test_log" in _clean(lines)


def test_a_forgotten_task_shows_no_text(lines: io.StringIO) -> None:
    async def forget() -> None:
        async def fail() -> None:
            _raise()

        loop = asyncio.get_running_loop()
        loop.call_exception_handler({"message": NAME, "exception": ValueError(MAIL)})
        await asyncio.gather(fail(), return_exceptions=True)

    asyncio.run(forget())
    assert "asyncio" in _clean(lines)


def test_warnings_go_the_same_way(lines: io.StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(True)
        warnings.warn(f"{NAME} {MAIL}", UserWarning, stacklevel=1)
    _clean(lines)


def test_fields_are_scrubbed_should_somebody_slip(lines: io.StringIO) -> None:
    log.get_logger("test").warning("a slip", to=PHONE, mail=MAIL, url=f"smtp://user:s3cret@{MAIL}")
    text = _clean(lines)
    assert "[number]" in text
    assert "s3cret" not in text


def test_ids_and_instants_are_left_alone(lines: io.StringIO) -> None:
    log.get_logger("test").info("ready", id="msg_1k10b5207xfws76tq3zhm5r8nf", due="2026-03-02T14:00:00+00:00")
    assert "msg_1k10b5207xfws76tq3zhm5r8nf" in lines.getvalue()
    assert "2026-03-02T14:00:00+00:00" in lines.getvalue()


def test_one_event_is_always_one_line(lines: io.StringIO) -> None:
    log.get_logger("test").info("first\nsecond", cause="third\nfourth")
    assert lines.getvalue().count("\n") == 1


def test_json_lines_can_be_read_back(lines: io.StringIO) -> None:
    log.get_logger("test").info("ready", threads=4)
    if lines.getvalue().startswith("{"):
        assert json.loads(lines.getvalue())["threads"] == "4"
    else:
        assert "threads=4" in lines.getvalue()
