"""What spreadsheets write in Cairo, Amman, Tunis and Madrid is read as it was meant."""

from io import BytesIO

import pytest

from services.registration.roster.encodings import encoding_of
from tests.services.registration.roster.files import ENGLISH, PERFECT, a_file, found, read_roster

ARABIC_HEADER = (
    *("رقم المرجع", "الاسم الأول (لاتيني)", "اسم العائلة (لاتيني)", "الإسم الأول", "إسم العائلة"),
    *("الجنس", "نوع الوحدة", "اللغة", "الأولويّة", "رقم الهاتف", "الرسائل النصية"),
)
ARABIC_ROW = (
    *("EG-٠١", "Mona", "Specimen", "منى", "نموذج", "أنثى", "مكافحة الاتجار بالبشر"),
    *("العربية", "١", "٠١٠٠١٢٣٤٥٦٧", "نعم"),
)
FRENCH_HEADER = (
    *("Référence", "Prénom", "Nom de famille", "Sexe", "Unité", "Langue", "Priorité"),
    *("Nom de l'unité", "Niveau hiérarchique"),
)
FRENCH_ROW = (
    *("TN-01", "Élodie", "Ben Spécimen", "Féminin", "Lutte contre la traite", "Français", "1"),
    *("Garde des frontières, côte d’Azur", "supérieur"),
)
SPANISH_HEADER = (
    *("Referencia", "Nombre", "Apellidos", "Sexo", "Unidad", "Idioma", "Prioridad"),
    "Teléfono móvil",
)
SPANISH_ROW = (
    *("ES-01", "Íñigo", "Muñoz García", "varón", "Inmigración", "español", "1", "612 34 56 78"),
)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("cp1256", "cp1256"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_arabic_headings_words_and_digits_are_read(
    encoding: str, name: str, delimiter: str
) -> None:
    row = [cell if encoding != "cp1256" else as_cp1256_has_it(cell) for cell in ARABIC_ROW]
    content = a_file(row, header=ARABIC_HEADER, delimiter=delimiter).encode(encoding)

    roster = read_roster(content, region="EG")

    assert roster.problems == ()
    assert roster.encoding == name
    officer = roster.rows[0]
    assert (officer.given_name_ar, officer.family_name_ar) == ("منى", "نموذج")
    assert (officer.sex, officer.unit, officer.language) == ("female", "anti_trafficking", "ar")
    assert (officer.priority, officer.phone, officer.sms) == (1, "+201001234567", True)


def as_cp1256_has_it(text: str) -> str:
    """That code page has no Arabic-Indic digits: spreadsheets write 0 to 9 there."""
    return "".join(str(int(one)) if one.isdecimal() else one for one in text)


@pytest.mark.parametrize(
    ("header", "row", "region"),
    [(FRENCH_HEADER, FRENCH_ROW, "TN"), (SPANISH_HEADER, SPANISH_ROW, "ES")],
)
def test_accents_with_semicolons_are_read_from_cp1252(
    header: tuple[str, ...], row: tuple[str, ...], region: str
) -> None:
    content = a_file(row, header=header, delimiter=";").encode("cp1252")

    roster = read_roster(content, region)

    assert roster.problems == ()
    assert (roster.encoding, roster.delimiter) == ("cp1252", ";")
    assert (roster.rows[0].given_name, roster.rows[0].family_name) == row[1:3]


@pytest.mark.parametrize("first_name", ["José", "Zoë", "Ángel", "Núñez", "FRANÇOIS", "Ñ", "Ömer"])
def test_one_accented_name_under_english_headings_is_cp1252(first_name: str) -> None:
    content = a_file((PERFECT[0], first_name, *PERFECT[2:])).encode("cp1252")

    roster = read_roster(content)

    assert roster.rows[0].given_name == first_name
    assert roster.encoding == "cp1252"


@pytest.mark.parametrize("first_name", ["محمد", "آية", "مُنى", "عبد الرحمن", "پروین", "أبو بكر"])
def test_one_arabic_name_under_english_headings_is_cp1256(first_name: str) -> None:
    header = (*ENGLISH, "given_name_ar")
    written = first_name.replace("ی", "ى")
    content = a_file((*PERFECT, written), header=header).encode("cp1256")

    roster = read_roster(content)

    assert roster.rows[0].given_name_ar == written
    assert roster.encoding == "cp1256"


def test_french_accents_beside_arabic_names_are_cp1256() -> None:
    header = ("Référence", "Prénom", "Nom", "Prénom (arabe)", *FRENCH_HEADER[3:7])
    row = ("MA-1", "Hélène", "Spécimen", "هيلين", "femme", "formation", "arabe", "1")

    roster = read_roster(a_file(row, header=header, delimiter=";").encode("cp1256"))

    assert roster.problems == ()
    assert roster.rows[0].given_name == "Hélène"
    assert roster.rows[0].given_name_ar == "هيلين"


@pytest.mark.parametrize(
    "content",
    [
        a_file(PERFECT).encode("utf-16-le"),
        a_file(PERFECT).encode("utf-32"),
        a_file(PERFECT).encode() + b"\0",
        b"\xef\xbb\xbf" + "prénom".encode("cp1252"),
        b"\xff\xfe" + b"\x00\xd8,\x00",
        b"\xff\xfea",
        a_file(("1", "Élodie Žižek", "Čapek", *PERFECT[3:])).encode()[:-1] + b"\xc3",
        a_file(("1", "Владимир", "Пример", *PERFECT[3:])).encode("cp1251"),
    ],
)
def test_what_cannot_be_told_is_one_clear_problem(content: bytes) -> None:
    roster = read_roster(content)

    assert found(roster) == [(0, None, "encoding-unknown")]
    assert roster.rows == ()


def test_plain_ascii_is_utf_8() -> None:
    encoding = encoding_of(BytesIO(a_file(PERFECT).encode("ascii")))

    assert encoding == "utf-8"
