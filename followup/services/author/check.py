"""Check what people write: protocols, clinics and texts, before anything is started with them."""

from pathlib import Path

from followup.content.clinics import read_clinics
from followup.content.inspection import check_config, check_folder, in_order, texts_of
from followup.content.money import check_prices
from followup.content.published import PUBLISHED, published_schema
from followup.content.templates import Templates
from followup.content.text_check import check_templates
from followup.domain.errors import ConfigFault, NotFound
from followup.domain.finding import Finding


def check_files(config: Path, templates: Path, path: Path | None = None) -> list[Finding]:
    """Everything wrong with the config folder and its texts, or with one protocol file or folder of them."""
    texts, findings = _texts(templates)
    if path is None or path.resolve() == config.resolve():
        return in_order([*findings, *check_templates(templates), *check_config(config, texts), *check_prices(config)])
    clinics, _ = read_clinics(config)
    findings += check_templates(templates, refs=texts_of(path))
    return in_order([*findings, *check_folder(path, texts, clinics)])


def schema_text(name: str) -> str:
    """The JSON Schema for files of this kind, as it is kept under `config/schemas`; raises NotFound."""
    if f"{name}.schema.json" not in PUBLISHED:
        raise NotFound(f"no schema {name!r}", cure="protocol, clinic, audience, campaign or prices")
    return published_schema(f"{name}.schema.json")


def _texts(folder: Path) -> tuple[Templates | None, list[Finding]]:
    try:
        return Templates(folder), []
    except ConfigFault as error:
        return None, [Finding(fault.pointer, 1, fault.rule or "templates", fault.detail) for fault in error.faults]
