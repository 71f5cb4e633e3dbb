"""How `followup inbox classify` prints what texts mean."""

import json
from collections.abc import Iterable, Iterator
from typing import IO

from followup.domain.intents import PROMPT, Understood, recognise


def answers(texts: Iterable[str], *, language: str, as_json: bool) -> Iterator[str]:
    """One line for each text, in order; letters and numbers are taken to have been offered as answers."""
    for text in texts:
        found = recognise(text, language=language, offered=PROMPT)
        yield json.dumps(_fields(found), ensure_ascii=False) if as_json else _plain(found)


def lines_of(raw: IO[bytes]) -> Iterator[str]:
    """The texts of a stream, one a line, as they come; bytes that are no UTF-8 are replaced."""
    return (line.decode("utf-8", errors="replace").rstrip("\r\n") for line in raw)


def _fields(found: Understood) -> dict[str, object]:
    fields = {"intent": found.intent.value, "severity": found.severity.value, "rule": found.rule}
    return fields | {"also": [intent.value for intent in found.also]}


def _plain(found: Understood) -> str:
    also = f"  also {', '.join(found.also)}" if found.also else ""
    return f"{found.intent}  {found.severity}  {found.rule}{also}"
