"""The mail server and the SMS gateway of an installation, as the environment names them."""

from typing import Literal

from shared.process.environment import Environment, SettingIsWrong

from .channels import EmailChannel, SmsChannel, SmsGatewaySettings, SmtpSettings
from .jobs import Deliver

SMTP_PORT = 587
Security = Literal["none", "starttls", "tls"]


def providers_of(environment: Environment) -> Deliver:
    """How messages leave: `CADRE_SMTP_*`, `CADRE_SENDER`, `CADRE_SMS_*`.

    Raises `SettingIsWrong`.
    """
    smtp = SmtpSettings(
        host=environment.text("CADRE_SMTP_HOST"),
        port=environment.number("CADRE_SMTP_PORT", SMTP_PORT),
        security=_security(environment.maybe("CADRE_SMTP_SECURITY") or "starttls"),
        username=environment.maybe("CADRE_SMTP_USER"),
        password=environment.maybe("CADRE_SMTP_PASSWORD"),
        inquiry_url=environment.maybe("CADRE_SMTP_INQUIRY_URL"),
        inquiry_key=environment.maybe("CADRE_SMTP_INQUIRY_KEY"),
    )
    sms = SmsGatewaySettings(
        url=environment.text("CADRE_SMS_URL"),
        key=environment.text("CADRE_SMS_KEY"),
        sender=environment.maybe("CADRE_SMS_SENDER"),
    )
    return Deliver(EmailChannel(smtp, environment.text("CADRE_SENDER")), SmsChannel(sms))


def _security(named: str) -> Security:
    match named:
        case "none" | "starttls" | "tls":
            return named
    raise SettingIsWrong("CADRE_SMTP_SECURITY is none of none, starttls, tls")
