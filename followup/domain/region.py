"""Region: the country of a phone number, since codes of a provider may speak of one country alone."""

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumber

_PLAIN = re.compile(r"\+1[2-9]\d{9}")


@lru_cache(maxsize=20_000)
def region_of(number: str) -> str:
    """The two letters of the number's country; empty for a short code, a mailbox or nonsense."""
    if _PLAIN.fullmatch(number):  # what parsing would find, at half the time
        return phonenumbers.region_code_for_number(PhoneNumber(country_code=1, national_number=int(number[2:]))) or ""
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(number)) or ""
    except phonenumbers.NumberParseException:
        return ""
