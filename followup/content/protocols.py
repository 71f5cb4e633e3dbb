"""Care protocols from disk: each definition has a version that is the hash of its content."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from followup.content.documents import Document, Unreadable, read_document, yaml_files
from followup.content.protocol_shape import ProtocolShape
from followup.content.shape import read_shape
from followup.domain.errors import NotFound
from followup.domain.finding import Finding, refuse_errors
from followup.domain.lint import Hours, Remark, remarks_on
from followup.domain.protocol import CareProtocol, parse
from followup.domain.window import DEFAULT_WINDOWS


@dataclass(frozen=True, slots=True)
class Written:
    """A protocol with the file it is written in and its canonical text."""

    protocol: CareProtocol
    source: str
    document: Document


class Protocols:
    """The protocols of one folder, each in its current version."""

    def __init__(self, written: Iterable[Written] = ()) -> None:
        found = list(written)
        #: Key → the version new enrollments pin.
        self.current: Mapping[str, CareProtocol] = {w.protocol.key: w.protocol for w in found}
        self._sources = {w.protocol.version: w.source for w in found}
        self._known: dict[str, CareProtocol] = {p.version: p for p in self.current.values()}
        self._by_code: dict[str, list[CareProtocol]] = defaultdict(list)
        for protocol in self.current.values():
            for code in protocol.treatment_codes:
                self._by_code[code].append(protocol)

    def need(self, key: str) -> CareProtocol:
        """The current version of `key`; raises `NotFound`."""
        if key not in self.current:
            raise NotFound(f"no protocol {key!r}", cure="see `followup protocol list`")
        return self.current[key]

    def find(self, key: str, version: str) -> CareProtocol | None:
        """The protocol in this version if it is the current one or an adopted older one."""
        found = self._known.get(version)
        return found if found and found.key == key else None

    def adopt(self, source: str) -> CareProtocol:
        """Know an older version by its kept canonical text from now on."""
        older = read_source(source)
        return self._known.setdefault(older.version, older)

    def for_code(self, code: str) -> tuple[CareProtocol, ...]:
        """The protocols that a treatment of this code enrolls into, in order of key."""
        return tuple(self._by_code.get(code, ()))

    def source_of(self, version: str) -> str:
        """The canonical text of a current version, to be kept with what pins it; KeyError for others."""
        return self._sources[version]


def canonical(shape: ProtocolShape) -> str:
    """The definition as JSON that does not depend on layout, comments or left-out defaults."""
    plain = shape.model_dump(mode="json", by_alias=True, exclude_none=True)
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def read_source(text: str) -> CareProtocol:
    """The protocol of a canonical text, under the version that is its hash."""
    return parse(json.loads(text), hashlib.sha256(text.encode()).hexdigest()[:16])


def load_protocols(folder: Path) -> Protocols:
    """Read `folder` (or its sub-folder `protocols`); raises `ConfigFault` naming file and line of every error."""
    written, findings = read_folder(folder)
    refuse_errors(findings)
    return Protocols(written)


def read_folder(folder: Path) -> tuple[list[Written], list[Finding]]:
    """Every protocol that can be read, and what is wrong with the files."""
    place = folder / "protocols" if (folder / "protocols").is_dir() else folder
    if not place.is_dir():
        return [], [
            Finding(str(place), 1, "no-folder", "is no folder", "set FOLLOWUP_CONFIG to the folder with protocols/")
        ]
    written: list[Written] = []
    findings: list[Finding] = []
    for path in yaml_files(place):
        found, faults = read_protocol(path)
        written += [found] if found else []
        findings += [*faults, *_misnamed(path, found)]
    return written, findings


def _misnamed(path: Path, found: Written | None) -> list[Finding]:
    """In a folder each key has the file of its name, so that none is there twice; a copy elsewhere may have any."""
    if found is None or path.stem == found.protocol.key:
        return []
    key = found.protocol.key
    cure = f"rename it to {key}.yaml, write `key: {path.stem}`, or keep copies elsewhere"
    return [found.document.finding(("key",), "file-name", f"{path.name} holds protocol {key!r}", cure=cure)]


def read_protocol(path: Path) -> tuple[Written | None, list[Finding]]:
    """One file as far as it can be read."""
    try:
        document = read_document(path)
    except Unreadable as error:
        return None, list(error.findings)
    shape, findings = read_shape(ProtocolShape, document)
    if shape is None:
        return None, findings
    source = canonical(shape)
    protocol = read_source(source)
    return Written(protocol, source, document), [*findings, *lint(protocol, document)]


def lint(protocol: CareProtocol, document: Document, hours: Hours = DEFAULT_WINDOWS) -> list[Finding]:
    """What is wrong with the steps, at their lines."""
    return [
        Finding(document.file, document.line(r.place), r.rule, _named(protocol, r), r.cure, r.level)
        for r in remarks_on(protocol, hours)
    ]


def _named(protocol: CareProtocol, remark: Remark) -> str:
    step = remark.place[1] if len(remark.place) > 1 and remark.place[0] == "steps" else None
    return f"{protocol.steps[step].key}: {remark.text}" if isinstance(step, int) else remark.text
