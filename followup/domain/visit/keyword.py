"""The number that chooses one of several visits."""

from followup.domain.inbound.keywords import normalise

_MOST = 9


def number_in(text: str) -> int | None:
    """The number from 1 to 9 that the whole of `text` is, or None."""
    word = normalise(text)
    return int(word) if word.isascii() and word.isdigit() and 1 <= int(word[:4]) <= _MOST else None
