"""A form sent by a page of ours: its fields by name, each as often as it was sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from fastapi import Request

from followup.web.errors import Malformed, UnsupportedMedia

_MEDIA = "application/x-www-form-urlencoded"
_MOST_FIELDS = 100


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form."""

    fields: Mapping[str, list[str]]

    def one(self, name: str) -> str:
        """The last value of a field, trimmed; empty where there is none."""
        return self.fields.get(name, [""])[-1].strip()

    def all(self, name: str) -> list[str]:
        """Every value of a field."""
        return self.fields.get(name, [])


def read_form(request: Request, body: bytes) -> Form:
    """The fields of a urlencoded body; raises Malformed and UnsupportedMedia."""
    media = request.headers.get("content-type", _MEDIA).partition(";")[0].strip().lower()
    if media != _MEDIA:
        raise UnsupportedMedia(f"{media} is no form", cure=f"send {_MEDIA}")
    try:
        return Form(parse_qs(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError:
        raise Malformed("the form cannot be read", cure="send the fields of the page") from None


def schema_of(*names: str) -> dict[str, Any]:
    """What OpenAPI is told of a form with these fields."""
    fields = {name: {"type": "string"} for name in names}
    return {"requestBody": {"content": {_MEDIA: {"schema": {"type": "object", "properties": fields}}}}}
