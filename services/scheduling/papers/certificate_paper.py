"""Everything that stands on one certificate, as facts; how it looks is the template's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Signatory:
    """Who signs for the issuing body; role by BCP 47 language."""

    name: str
    role: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CertificatePaper:
    """One officer, one activity. Texts are by BCP 47 language, the holder's full names by ISO
    15924 script, as on the passport (`Latn`, `Arab`). `country` (ISO alpha-2) decides month names
    and digits within the language; `hours` are hours of training."""

    language: str
    holder: Mapping[str, str]
    activity: Mapping[str, str]
    reference: str
    first_day: date
    last_day: date
    place: Mapping[str, str]
    hours: Decimal
    issuing_body: Mapping[str, str]
    issued_on: date
    number: str
    check_url: str
    country: str | None = None
    signatory: Signatory | None = None
    specimen: bool = False

    def __post_init__(self) -> None:
        if not any(name.strip() for name in self.holder.values()):
            raise ValueError("a certificate names its holder")
        if self.last_day < self.first_day:
            raise ValueError("the activity ends before it begins")
