"""Documents from outside: JSON read strictly, checked for what no database keeps, put into one canonical form."""

import hashlib
import json
import math
import re
from collections.abc import Iterator
from typing import Any

from followup.domain.errors import Fault, InvalidInput

MAX_DEPTH = 32
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def read_json(data: bytes) -> Any:
    """Read UTF-8 JSON; refuses repeated names, NaN and infinity, which parsers read differently."""
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_refuse)
    except UnicodeDecodeError:
        raise InvalidInput("the text is not UTF-8", (Fault("", "must be UTF-8", "utf-8"),)) from None
    except json.JSONDecodeError as error:
        detail = f"is no JSON: {error.msg} in line {error.lineno}, column {error.colno}"
    except RecursionError:
        detail = f"is nested deeper than {MAX_DEPTH} levels"
    except ValueError as error:
        detail = str(error) if isinstance(error, _RefusedError) else "has a number that is too long"
    raise InvalidInput(f"the body {detail}", (Fault("", detail, "json"),)) from None


class _RefusedError(ValueError):
    pass


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _RefusedError("names a member twice in one object")
    return found


def _refuse(_word: str) -> Any:
    raise _RefusedError("has NaN or an infinite number")


def unstorable(value: Any, at: str = "") -> tuple[Fault, ...]:
    """What no database can keep: NUL and lone surrogates in texts, numbers without end, nesting without end."""
    return tuple(_walk(value, at))


def _walk(value: Any, at: str) -> Iterator[Fault]:
    waiting: list[tuple[Any, str, int]] = [(value, at, 0)]
    while waiting:
        item, place, depth = waiting.pop()
        if depth > MAX_DEPTH:
            yield Fault(place, f"must be nested at most {MAX_DEPTH} levels deep", "depth")
            return
        if isinstance(item, str) and _UNSTORABLE.search(item):
            yield Fault(place, "must not hold NUL or half a surrogate pair", "text")
        elif isinstance(item, float) and not math.isfinite(item):
            yield Fault(place, "must be a number that is not infinite", "number")
        elif isinstance(item, list | tuple):
            waiting += [(part, f"{place}/{index}", depth + 1) for index, part in enumerate(item)]
        elif isinstance(item, dict):
            if any(_UNSTORABLE.search(name) for name in item):
                yield Fault(place, "must not have NUL or half a surrogate pair in a name", "text")
                return
            waiting += [(part, f"{place}/{_escape(name)}", depth + 1) for name, part in item.items()]


def _escape(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def canonical(value: Any) -> bytes:
    """The same bytes for equal JSON: sorted names, no spaces, whole numbers without a point."""
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value


def digest(value: Any) -> str:
    """SHA-256 of the canonical form."""
    return hashlib.sha256(canonical(value)).hexdigest()
