"""The JSON Schemas that editors use accept what is shipped and refuse what the loader refuses."""

import json

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.builders import ROOT

FILES = [("protocol", "protocols/skinpen-microneedling.yaml"), ("clinic", "clinics/canstrive.yaml"),
         ("campaign", "campaigns/new-hours.yaml"), ("campaign", "campaigns/season.yaml")]  # fmt: skip


def as_an_editor_reads(node):
    """YAML 1.2 as editors read it: only true, false and whole numbers are no text."""
    if isinstance(node, dict):
        return {key: as_an_editor_reads(value) for key, value in node.items()}
    if isinstance(node, list):
        return [as_an_editor_reads(item) for item in node]
    return json.loads(node) if node in {"true", "false"} or node.isdigit() else node


def faults(name, text):
    schema = json.loads((ROOT / f"config/schemas/{name}.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    data = as_an_editor_reads(yaml.load(text, yaml.BaseLoader))
    return list(Draft202012Validator(schema).iter_errors(data))


@pytest.mark.parametrize(("name", "file"), FILES)
def test_shipped_files_satisfy_their_schemas(name, file):
    text = (ROOT / "config" / file).read_text()
    assert faults(name, text) == []
    assert text.startswith(f"# yaml-language-server: $schema=../schemas/{name}.schema.json\n")


@pytest.mark.parametrize(
    ("name", "file", "old", "new"),
    [
        ("protocol", FILES[0][1], "class: care", "class: caer"),
        ("protocol", FILES[0][1], "offset: P1D", "ofset: P1D"),
        ("protocol", FILES[0][1], "at: 10:00", "at: 10h"),
        ("clinic", FILES[1][1], "province: ON", "province: Ontario"),
        ("clinic", FILES[1][1], "days: mon-fri", "days: mon-fry"),
        ("clinic", FILES[1][1], "us_enabled: false", "us_enabled: maybe"),
        ("campaign", FILES[2][1], "per_minute: 20", "per_minute: 0"),
        ("campaign", FILES[2][1], "class: transactional", "klass: transactional"),
    ],
)
def test_schemas_show_common_mistakes_while_typing(name, file, old, new):
    text = (ROOT / "config" / file).read_text()
    assert faults(name, text.replace(old, new, 1))
