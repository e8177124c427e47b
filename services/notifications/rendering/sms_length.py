"""How many parts an SMS is billed as: GSM 7-bit (160/153) or UCS-2 (70/67)."""

from typing import Final, Literal

Encoding = Literal["gsm7", "ucs2"]

_GSM_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENSION: Final = frozenset("\f^{}\\[~]|€")
_ALONE_AND_JOINED: Final[dict[Encoding, tuple[int, int]]] = {"gsm7": (160, 153), "ucs2": (70, 67)}


def encoding_of(text: str) -> Encoding:
    """One character outside GSM 03.38 makes the whole text UCS-2."""
    return "gsm7" if set(text) <= _GSM_BASIC | _GSM_EXTENSION else "ucs2"


def sms_length(text: str) -> int:
    """Length in units of its encoding: septets, or 16-bit units."""
    return sum(_units(text))


def sms_parts(text: str) -> int:
    """Number of parts; an escaped GSM character or a surrogate pair is never split."""
    alone, joined = _ALONE_AND_JOINED[encoding_of(text)]
    if sms_length(text) <= alone:
        return 1
    parts, filled = 1, 0
    for unit in _units(text):
        if filled + unit > joined:
            parts, filled = parts + 1, 0
        filled += unit
    return parts


def _units(text: str) -> list[int]:
    if encoding_of(text) == "gsm7":
        return [2 if character in _GSM_EXTENSION else 1 for character in text]
    return [2 if ord(character) > 0xFFFF else 1 for character in text]
