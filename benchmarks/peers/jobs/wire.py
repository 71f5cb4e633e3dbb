"""What every peer's job does: hand one text to the loopback carrier, as its library's users would."""

import os

import requests


def send(number: int) -> None:
    """POST message `number` as Twilio would get it; raises where the carrier does not answer 201."""
    account, token = os.environ["CARRIER_ACCOUNT"], os.environ["CARRIER_TOKEN"]
    answer = requests.post(
        f"{os.environ['CARRIER_URL']}/2010-04-01/Accounts/{account}/Messages.json",
        data={"To": f"+1416555{1000 + number:04d}", "From": "+14165550100", "Body": f"Message {number}"},
        auth=(account, token),
        timeout=20,
    )
    answer.raise_for_status()
