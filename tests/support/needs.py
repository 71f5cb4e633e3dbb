"""The guard for parts that a machine may lack."""

import os

import pytest


def lacking(part: str, cure: str) -> None:
    """Fail under CI=true, skip elsewhere; both say what to install."""
    text = f"needs {part}: {cure}"
    if os.environ.get("CI") == "true":
        pytest.fail(text, pytrace=False)
    pytest.skip(text)
