"""Phone numbers in one form, E.164, read as a roster reads them."""

from .refusals.people import PhoneIsNotValid
from .roster.figures import phone_in


def normalised(phone: str | None, country: str | None) -> str | None:
    """The number as E.164; national forms are read in `country`. Raises `PhoneIsNotValid`."""
    if phone is None:
        return None
    number = phone_in(country)(phone)
    if not isinstance(number, str):
        raise PhoneIsNotValid
    return number
