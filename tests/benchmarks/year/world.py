"""Sixty countries in ten regions, each region with a language, a host and a project of its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from babel import Locale

from deploy.demo.course import read_course

LANGUAGES = ("en", "ar", "fr", "es")


@dataclass(frozen=True, slots=True)
class Region:
    """Countries that train together; `language` is the one most of their officers write."""

    code: str
    language: str
    parties: tuple[str, ...]
    host: str
    city: str
    zone: str


REGIONS = (
    Region("MAGHREB", "ar", ("DZ", "MA", "TN", "LY", "EG", "MR"), "TN", "Tunis", "Africa/Tunis"),
    Region("MASHREQ", "ar", ("JO", "PS", "LB", "IQ", "QA", "AE"), "JO", "Amman", "Asia/Amman"),
    Region("SAHEL", "fr", ("SN", "CI", "ML", "BF", "NE", "TG"), "SN", "Dakar", "Africa/Dakar"),
    Region("CENTRAL", "fr", ("CM", "GA", "TD", "CG", "CF", "BJ"), "CM", "Douala", "Africa/Douala"),
    Region("EAST", "en", ("KE", "UG", "TZ", "RW", "ET", "ZM"), "KE", "Nairobi", "Africa/Nairobi"),
    Region(
        "SOUTH", "en", ("ZA", "BW", "NA", "MW", "ZW", "NG"), "ZA", "Pretoria", "Africa/Johannesburg"
    ),
    Region("ISTHMUS", "es", ("MX", "GT", "HN", "SV", "CR", "PA"), "PA", "Panamá", "America/Panama"),
    Region("ANDES", "es", ("CO", "PE", "EC", "CL", "BO", "PY"), "CO", "Bogotá", "America/Bogota"),
    Region("BENGAL", "en", ("BD", "NP", "LK", "PK", "MV", "IN"), "LK", "Colombo", "Asia/Colombo"),
    Region("ASEAN", "en", ("PH", "TH", "VN", "ID", "MY", "KH"), "PH", "Manila", "Asia/Manila"),
)


def country_names() -> Mapping[str, Mapping[str, str]]:
    """The names of every country in four languages: our own where we have some, else CLDR's."""
    ours = read_course().countries
    territories = {language: Locale(language).territories for language in LANGUAGES}
    return {
        party: ours.get(party) or {one: territories[one][party] for one in LANGUAGES}
        for region in REGIONS
        for party in region.parties
    }
