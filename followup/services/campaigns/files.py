"""Files: a campaign as it lies in git, YAML or JSON, with every fault told by its line."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from followup.content.documents import Document, Unreadable, read_document
from followup.domain.campaign import Campaign
from followup.domain.document import read_json
from followup.domain.errors import ConfigFault, Fault, InvalidInput
from followup.domain.ids import ClinicId
from followup.services.campaigns.draft import draft, edit
from followup.services.context import Context


def draft_file(ctx: Context, clinic_id: ClinicId, path: Path, *, by: str) -> Campaign:
    """`draft` from a file; raises ConfigFault with file and line, or InvalidInput."""
    return _told(path, lambda data: draft(ctx, clinic_id, data, by=by))


def edit_file(ctx: Context, clinic_id: ClinicId, campaign_id: str, *, path: Path, by: str) -> Campaign:
    """`edit` from a file; raises ConfigFault with file and line, InvalidInput, Conflict or NotFound."""
    return _told(path, lambda data: edit(ctx, clinic_id, campaign_id, data=data, by=by))


def _told(path: Path, use: Callable[[Mapping[str, Any]], Campaign]) -> Campaign:
    document = _read(path)
    try:
        return use(document.data)
    except InvalidInput as error:
        if not error.faults or not document.lines:
            raise
        placed = (Fault(f"{document.file}:{_line(document, f.pointer)}", f.detail, f.rule) for f in error.faults)
        raise ConfigFault(tuple(placed)) from None


def _read(path: Path) -> Document:
    if path.suffix == ".json":
        data = read_json(path.read_bytes())
        if not isinstance(data, dict):
            raise InvalidInput("a campaign is a mapping", (Fault("", "must be `key: value` pairs", "type"),))
        return Document(str(path), data, {})
    try:
        return read_document(path)
    except Unreadable as error:
        raise ConfigFault(tuple(f.as_fault() for f in error.findings)) from None


def _line(document: Document, pointer: str) -> int:
    parts = [int(p) if p.isdigit() else p for p in pointer.split("/") if p]
    return document.line(parts)
