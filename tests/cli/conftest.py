"""Calling commands as a shell does, in this process."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from followup.cli.main import run
from tests.builders import ROOT

Call = Callable[..., int]


@pytest.fixture(autouse=True)
def _logging_is_put_back() -> Iterator[None]:
    """Commands send the process's logging through their own handler."""
    root = logging.getLogger()
    handlers, level, raising = root.handlers[:], root.level, logging.raiseExceptions
    yield
    root.handlers[:], logging.raiseExceptions = handlers, raising
    root.setLevel(level)
    logging.captureWarnings(False)


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Runs `followup …` in an empty folder with the shipped config; returns its exit status."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FOLLOWUP_CONFIG", str(ROOT / "config"))
    monkeypatch.setenv("FOLLOWUP_TEMPLATES", str(ROOT / "templates"))

    def status(*args: str, **environ: str) -> int:
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit) as ended:
            run(list(args))
        code = ended.value.code
        assert isinstance(code, int)
        return code

    return status
