"""Turns a message, a language and its variables into a mail or an SMS that is ready to send."""

from .email import RenderedEmail, render_email
from .formats import PlannedDays, PlannedMoment
from .messages import MESSAGES, UnknownMessage, VariablesDoNotFit
from .sms import RenderedSms, render_sms
from .sms_length import encoding_of, sms_parts

__all__ = [
    "MESSAGES",
    "PlannedDays",
    "PlannedMoment",
    "RenderedEmail",
    "RenderedSms",
    "UnknownMessage",
    "VariablesDoNotFit",
    "encoding_of",
    "render_email",
    "render_sms",
    "sms_parts",
]
