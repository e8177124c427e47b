"""The ways out: mail by SMTP, SMS by an HTTP gateway, and asking either what has arrived."""

from .channel import Arrival, Channel, SendOutcome, SendState
from .email import EmailChannel, SmtpSettings, send_email
from .sms import SmsChannel, SmsGatewaySettings

__all__ = [
    "Arrival",
    "Channel",
    "EmailChannel",
    "SendOutcome",
    "SendState",
    "SmsChannel",
    "SmsGatewaySettings",
    "SmtpSettings",
    "send_email",
]
