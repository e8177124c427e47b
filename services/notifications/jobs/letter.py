"""Writes a message as its reader is to read it, from what is known at the moment of sending."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from jinja2 import TemplateError
from sqlalchemy import Row

from shared.web.pages import localized

from ..rendering import (
    PlannedDays,
    PlannedMoment,
    RenderedEmail,
    RenderedSms,
    UnknownMessage,
    VariablesDoNotFit,
    render_email,
    render_sms,
)

CANNOT_BE_WRITTEN: Final = (TemplateError, UnknownMessage, VariablesDoNotFit, LookupError)


def write_letter(
    message: Row[Any], reader: Row[Any], activity: Row[Any] | None, *, sender_name: str
) -> RenderedEmail | RenderedSms:
    """In the reader's language, with the dates of the reader's country. The title, place and days
    stand in it only where the fact and the activity as it is now both are open.

    Raises one of `CANNOT_BE_WRITTEN`.
    """
    values = {name: _revived(value) for name, value in message.variables.items()}
    if values.pop("visibility") == "open" and activity and activity.visibility == "open":
        values |= _open_details(activity, reader.language)
    country = reader.calendar_country
    if message.channel == "sms":
        return render_sms(message.message, reader.language, country, values)
    return render_email(message.message, reader.language, country, values, sender_name=sender_name)


def _open_details(activity: Row[Any], language: str) -> Mapping[str, object]:
    return {
        "open": True,
        "title": localized(activity.names, language) or None,
        "place": localized(activity.city, language) or None,
        "dates": PlannedDays(activity.starts_on, activity.ends_on),
    }


def _revived(value: Any) -> object:
    if isinstance(value, dict):
        return PlannedMoment(datetime.fromisoformat(value["local"]), value["zone"])
    return value
