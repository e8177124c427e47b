"""What stands in a letter of invitation, as facts; how it looks is the template's."""

from collections.abc import Mapping, Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict


class VisaLetterPaper(BaseModel):
    """One officer, one activity. Texts are by BCP 47 language; `officer` is (ISO 15924 script, full
    name) as on the passport. `costs` says by what they are for who bears them, `countries` by ISO
    code how we name them."""

    model_config = ConfigDict(frozen=True)

    languages: Sequence[str]
    number: str
    check_url: str
    issued_on: date
    issuing_body: Mapping[str, str]
    officer: Sequence[tuple[str, str]]
    party: Mapping[str, str]
    born_on: date | None
    birthplace: str
    passport_number: str
    passport_country: str
    passport_expires_on: date
    consulate: str
    activity: Mapping[str, str]
    reference: str
    first_day: date
    last_day: date
    city: Mapping[str, str]
    country: str | None
    countries: Mapping[str, Mapping[str, str]]
    costs: Mapping[str, str]
    signatory: str | None
    role: Mapping[str, str]
    specimen: bool
