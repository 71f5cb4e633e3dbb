"""Read YAML that people write: safely, and so that every fault has a line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from followup.domain.finding import Finding, Level

MAX_BYTES = 128 * 1024
MAX_DEPTH = 12
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """Plain data with the line of every value; scalars stay text (`ON` is a province, `10:00` is a time) or None."""

    file: str
    data: Mapping[str, Any]
    lines: Mapping[Place, int]

    def line(self, place: Sequence[str | int]) -> int:
        """The line of `place`, or of the nearest thing around it."""
        known = (tuple(place[:n]) for n in range(len(place), -1, -1))
        return next((self.lines[p] for p in known if p in self.lines), 1)

    def finding(self, place: Sequence[str | int], rule: str, text: str, *, cure: str = "") -> Finding:
        """An error at `place`."""
        return Finding(self.file, self.line(place), rule, text, cure)

    def warning(self, place: Sequence[str | int], rule: str, text: str, *, cure: str = "") -> Finding:
        """A warning at `place`."""
        return Finding(self.file, self.line(place), rule, text, cure, Level.WARNING)


class Unreadable(Exception):
    """The file is no document; `findings` says why."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("; ".join(map(str, findings)))
        self.findings = findings


def yaml_files(folder: Path) -> list[Path]:
    """The `.yaml` and `.yml` files of `folder` in order of name."""
    return sorted(p for p in folder.iterdir() if p.suffix in {".yaml", ".yml"} and p.is_file())


def read_document(path: Path, file: str = "") -> Document:
    """Read one file; raises `Unreadable` for what is no plain mapping of sane size with unique keys."""
    file = file or str(path)
    node = _compose(file, _text_of(path, file))
    if not isinstance(node, yaml.MappingNode):
        raise Unreadable(Finding(file, 1, "not-a-mapping", "the file holds no keys", "start with `key: value` lines"))
    lines: dict[Place, int] = {}
    faults: list[Finding] = []
    data = _Plain(file, lines, faults).build(node, ())
    if faults:
        raise Unreadable(*faults)
    return Document(file, data, lines)


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """A cure for a word that is not among `known`."""
    close = get_close_matches(word.lower(), {k.lower(): k for k in known}, n=1, cutoff=0.6)
    if close:
        return f"did you mean {next(k for k in known if k.lower() == close[0])!r}?"
    return f"one of: {', '.join(known)}"


def _text_of(path: Path, file: str) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Unreadable(Finding(file, 1, "unreadable", error.strerror or "cannot be read", "check the file")) from None
    if len(raw) > MAX_BYTES:
        raise Unreadable(
            Finding(file, 1, "too-large", f"over {MAX_BYTES // 1024} KiB", "split it or drop what is not needed")
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Unreadable(Finding(file, line, "encoding", "is not UTF-8", "save the file as UTF-8")) from None


def _compose(file: str, text: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except RecursionError:
        raise Unreadable(Finding(file, 1, "too-deep", "is nested too deeply", "flatten it")) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        cure = "spaces instead of tabs, quotes around text with `: ` or `#`"
        raise Unreadable(Finding(file, line, "yaml", error.problem or "is no YAML", cure)) from None
    except yaml.YAMLError as error:  # a control character
        raise Unreadable(Finding(file, 1, "yaml", str(error).splitlines()[0], "remove the character")) from None


class _Plain:
    """Turns nodes into plain data, keeping lines and collecting faults."""

    def __init__(self, file: str, lines: dict[Place, int], faults: list[Finding]) -> None:
        self._file, self._lines, self._faults = file, lines, faults
        self._seen: set[int] = set()

    def build(self, node: yaml.Node, place: Place) -> Any:
        self._lines.setdefault(place, node.start_mark.line + 1)
        if id(node) in self._seen:
            return self._fault(node, "alias", "aliases (*name) are not read", cure="write the value out")
        self._seen.add(id(node))
        if len(place) > MAX_DEPTH:
            return self._fault(node, "too-deep", "is nested too deeply", cure="flatten it")
        if isinstance(node, yaml.MappingNode):
            return dict(self._pairs(node, place))
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*place, n)) for n, item in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)
        return None if node.style is None and node.value in _NULLS else str(node.value)

    def _pairs(self, node: yaml.MappingNode, place: Place) -> Iterator[tuple[str, Any]]:
        seen: dict[str, int] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode) or key_node.value == "<<":
                self._fault(key_node, "key", "a key must be plain text", cure="write `key: value`")
                continue
            key = str(key_node.value)
            if key in seen:
                self._fault(
                    key_node, "duplicate-key", f"{key!r} is set twice", cure=f"line {seen[key]} sets it already"
                )
                continue
            seen[key] = line
            self._lines[(*place, key)] = line
            yield key, self.build(value_node, (*place, key))

    def _fault(self, node: yaml.Node, rule: str, text: str, *, cure: str) -> None:
        self._faults.append(Finding(self._file, node.start_mark.line + 1, rule, text, cure))
