"""The JSON Schemas that editors use for protocol, clinic, audience and campaign files, made from their shapes."""

import json
from collections.abc import Mapping
from typing import Any

from followup.content.audience.shape import AudienceShape
from followup.content.campaigns import CampaignShape
from followup.content.clinic_shape import ClinicShape
from followup.content.money import PricesShape
from followup.content.protocol_shape import ProtocolShape
from followup.content.shape import Shape

#: File below `config/schemas` → the shape it publishes.
PUBLISHED: Mapping[str, type[Shape]] = {
    "protocol.schema.json": ProtocolShape,
    "clinic.schema.json": ClinicShape,
    "audience.schema.json": AudienceShape,
    "prices.schema.json": PricesShape,
    "campaign.schema.json": CampaignShape,
}


def published_schema(name: str) -> str:
    """The text of one published schema."""
    schema: dict[str, Any] = PUBLISHED[name].model_json_schema(by_alias=True)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": name}
    return json.dumps({**head, **schema}, indent=2, ensure_ascii=False) + "\n"
