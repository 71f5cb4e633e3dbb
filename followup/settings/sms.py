"""The accounts that carry texts: up to two of Twilio's kind and one of Vonage's, and in which order they are used."""

from dataclasses import dataclass, field
from typing import Annotated

from pydantic_settings import BaseSettings, SettingsConfigDict

from followup.domain.errors import SettingError
from followup.settings import reading as read

_CONSOLE = "copy it from the Twilio console"
_NUMBER = "write +14165550100 or a short code such as 12345"
Sid = Annotated[str, read.rule(read.prefixed("AC", "account SID"), _CONSOLE)]
KeySid = Annotated[str, read.rule(read.prefixed("SK", "API key SID"), _CONSOLE)]
ServiceSid = Annotated[str, read.rule(read.prefixed("MG", "messaging service SID"), _CONSOLE)]
Number = Annotated[str, read.rule(read.sender, _NUMBER)]
TwilioUrl = Annotated[str, read.rule(read.base_url, "leave it out for https://api.twilio.com")]
VonageUrl = Annotated[str, read.rule(read.base_url, "leave it out for https://api.nexmo.com")]
TWILIO = "https://api.twilio.com"
#: Every provider of texts by its name, in the order in which the first with an account is the default.
SMS_PROVIDERS = ("twilio", "twilio2", "vonage", "echo")


@dataclass(frozen=True, slots=True)
class TwilioAccount:
    """One account of Twilio's kind; `prefix` begins the names of its variables."""

    prefix: str
    sid: str
    url: str
    sender: str
    auth_token: str = field(repr=False)
    shared_key: str = field(repr=False)
    api_key: str = ""
    api_secret: str = field(default="", repr=False)


class SmsAccounts(BaseSettings):
    """The variables of the providers of texts."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        populate_by_name=True,
        validate_default=False,
        hide_input_in_errors=True,
        alias_generator=read.variable,
    )

    sms_providers: Annotated[
        tuple[str, ...],
        read.rule(read.chosen(SMS_PROVIDERS), "write for example twilio,twilio2, the first choice first"),
    ] = ()
    twilio_account_sid: Sid = ""
    twilio_auth_token: read.Text = read.Secret
    twilio_shared_key: read.Text = read.Secret
    twilio_api_key: KeySid = ""
    twilio_api_secret: read.Text = read.Secret
    twilio_messaging_service_sid: ServiceSid = ""
    twilio_from: Number = ""
    twilio_api_url: TwilioUrl = TWILIO
    twilio2_account_sid: Sid = ""
    twilio2_auth_token: read.Text = read.Secret
    twilio2_shared_key: read.Text = read.Secret
    twilio2_api_key: KeySid = ""
    twilio2_api_secret: read.Text = read.Secret
    twilio2_messaging_service_sid: ServiceSid = ""
    twilio2_from: Number = ""
    twilio2_api_url: TwilioUrl = TWILIO
    vonage_api_key: read.Text = ""
    vonage_api_secret: read.Text = read.Secret
    vonage_signature_secret: read.Text = read.Secret
    vonage_from: Number = ""
    vonage_api_url: VonageUrl = "https://api.nexmo.com"

    @property
    def has_twilio(self) -> bool:
        """True once credentials are there; they are complete then."""
        return bool(self.twilio_account_sid)

    @property
    def sms_accounts(self) -> tuple[str, ...]:
        """The providers of texts that have an account, in use or not: their call-backs are taken all the same."""
        given = {
            "twilio": self.twilio_account_sid,
            "twilio2": self.twilio2_account_sid,
            "vonage": self.vonage_api_key,
        }
        return tuple(name for name, account in given.items() if account)

    @property
    def sms_line(self) -> tuple[str, ...]:
        """The providers that take new texts, the first choice first: as FOLLOWUP_SMS_PROVIDERS says, else just one."""
        return self.sms_providers or self.sms_accounts[:1] or ("echo",)

    def twilio_account(self, name: str) -> TwilioAccount:
        """The account behind `twilio` or `twilio2`."""

        def value(part: str) -> str:
            return str(getattr(self, f"{name}_{part}"))

        return TwilioAccount(
            prefix=name.upper(),
            sid=value("account_sid"),
            url=value("api_url"),
            sender=value("messaging_service_sid") or value("from"),
            auth_token=value("auth_token"),
            shared_key=value("shared_key"),
            api_key=value("api_key"),
            api_secret=value("api_secret"),
        )


def accounts_are_complete(s: SmsAccounts) -> None:
    """Raises `SettingError` for half an account, and for a provider that is named and has none."""
    for name in ("twilio", "twilio2"):
        _twilio_is_complete(s.twilio_account(name))
    if bool(s.vonage_api_key) != bool(s.vonage_api_secret):
        missing = "VONAGE_API_SECRET" if s.vonage_api_key else "VONAGE_API_KEY"
        raise SettingError(missing, "is missing, its other half is set", cure="copy both from the Vonage dashboard")
    for name in s.sms_providers:
        if name != "echo" and name not in s.sms_accounts:
            lacking = "VONAGE_API_KEY" if name == "vonage" else f"{name.upper()}_ACCOUNT_SID"
            raise SettingError(lacking, "is missing, and FOLLOWUP_SMS_PROVIDERS names its provider",
                               cure=f"set it, or take {name} out of the list")  # fmt: skip


def _twilio_is_complete(account: TwilioAccount) -> None:
    p = account.prefix
    cure = f"set {p}_ACCOUNT_SID with {p}_AUTH_TOKEN, or with {p}_API_KEY and {p}_API_SECRET"
    if bool(account.api_key) != bool(account.api_secret):
        missing = f"{p}_API_SECRET" if account.api_key else f"{p}_API_KEY"
        raise SettingError(missing, "is missing, its other half is set", cure=cure)
    given = bool(account.auth_token or account.api_key)
    if given and not account.sid:
        raise SettingError(f"{p}_ACCOUNT_SID", "is missing beside the other credentials", cure=cure)
    if account.sid and not given:
        raise SettingError(f"{p}_AUTH_TOKEN", f"is missing beside {p}_ACCOUNT_SID", cure=cure)
