"""The officers whom a country puts forward, made up from a seed, and the roster it sends."""

import csv
import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from types import MappingProxyType

from .names import FAMILIES, MEN, WOMEN, Name

UNITS = ("anti_trafficking", "immigration", "investigation")
BANDS = ("junior", "mid", "senior")
ONE_IN_THREE_WANTS_SMS = 3
WOMEN_IN_FIVE = (0, 2)
"""Two of every five whom a country names one after the other, so that no call lacks them."""
HEADINGS: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "en": (
            *("Reference", "Given name", "Family name", "Given name (Arabic)"),
            *("Family name (Arabic)", "Sex", "Unit", "Rank band", "E-mail", "Mobile phone"),
            *("Language", "SMS", "Priority"),
        ),
        "ar": (
            *("المرجع", "الاسم الأول (لاتيني)", "اسم العائلة (لاتيني)", "الاسم الأول"),
            *("اسم العائلة", "الجنس", "الوحدة", "فئة الرتبة", "البريد الإلكتروني", "الهاتف"),
            *("اللغة", "رسائل نصية", "الأولوية"),
        ),
        "fr": (
            *("Référence", "Prénom", "Nom", "Prénom (arabe)", "Nom (arabe)", "Sexe", "Unité"),
            *("Niveau de grade", "Courriel", "Téléphone", "Langue", "SMS", "Priorité"),
        ),
        "es": (
            *("Referencia", "Nombre", "Apellido", "Nombre (árabe)", "Apellido (árabe)", "Sexo"),
            *("Unidad", "Nivel de rango", "Correo", "Teléfono", "Idioma", "SMS", "Prioridad"),
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Officer:
    """One officer as the focal point writes them down."""

    reference: str
    given: Name
    family: Name
    sex: str
    unit: str
    band: str
    email: str
    phone: str
    language: str
    sms: str
    priority: int


def put_forward(course: str, party: str, language: str, number: int) -> list[Officer]:
    """So many officers of a country for a course; the same ones every time."""
    chance = Random(f"{course} {party}")
    shift = chance.randrange(5)
    sexes = [
        "female" if (place + shift) % 5 in WOMEN_IN_FIVE else "male" for place in range(number)
    ]
    return [
        _officer(chance, course, party, language, place, sex)
        for place, sex in enumerate(sexes, start=1)
    ]


def roster(officers: Sequence[Officer], language: str) -> bytes:
    """What the spreadsheet of a focal point writes, in the words of the country's language."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, delimiter=";" if language in ("fr", "es") else ",")
    writer.writerow(HEADINGS[language])
    writer.writerows(_row(one) for one in officers)
    return lines.getvalue().encode("utf-8-sig")


def _officer(
    chance: Random, course: str, party: str, language: str, place: int, sex: str
) -> Officer:
    given = chance.choice((WOMEN if sex == "female" else MEN)[language])
    family = chance.choice(FAMILIES[language])
    reference = f"{party}-{course.rpartition('-')[2]}-{place:02}"
    return Officer(
        reference=reference,
        given=given,
        family=family,
        sex=sex,
        unit=UNITS[(place + chance.randrange(2)) % len(UNITS)],
        band=chance.choice(BANDS),
        email=f"{_ascii(given[0])}.{_ascii(family[0])}.{reference}@police.example".lower(),
        phone=f"+120255501{chance.randrange(100):02}",
        language=language,
        sms="yes" if chance.randrange(ONE_IN_THREE_WANTS_SMS) == 0 else "no",
        priority=place,
    )


def _row(one: Officer) -> Sequence[object]:
    latin, arabic = (one.given[0], one.family[0]), (one.given[1], one.family[1])
    coded = (one.sex, one.unit, one.band, one.email, one.phone, one.language, one.sms)
    return (one.reference, *latin, *arabic, *coded, one.priority)


def _ascii(name: str) -> str:
    """A name as it can stand in an address."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "".join(one for one in plain if one.isalnum())
