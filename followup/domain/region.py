"""Region: the country of a phone number, since codes of a provider may speak of one country alone."""

from functools import lru_cache

import phonenumbers


@lru_cache(maxsize=100_000)
def region_of(number: str) -> str:
    """The two letters of the number's country; empty for a short code, a mailbox or nonsense."""
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(number)) or ""
    except phonenumbers.NumberParseException:
        return ""
