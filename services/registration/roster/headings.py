"""The columns of a roster and the headings they go by in English, French, Spanish and Arabic.

A bare Arabic "الاسم الأول" means the name in Arabic script; the Latin one says that it is Latin."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from .folding import folded

REQUIRED = (
    "officer_reference",
    "given_name",
    "family_name",
    "sex",
    "unit",
    "language",
    "priority",
)
DATES = ("serving_since", "declared_on")
"""The columns that hold a day."""

MOST_HEADINGS = 200

HEADINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "party": (
            *("party", "country", "nominating party", "pays", "partie", "pays qui désigne"),
            *("país", "parte", "país que designa", "الجهة", "الدولة", "البلد", "الجهة المرشِّحة"),
        ),
        "row": ("row", "row number", "ligne", "fila", "الصف", "رقم الصف"),
        "problem": ("problem", "problems", "problème", "problèmes", "problema", "المشكلة"),
        "officer_reference": (
            *("officer reference", "reference", "ref", "officer ref", "officer id"),
            *("référence", "réf", "référence de l'officier", "référence de l'agent", "matricule"),
            *("referencia", "referencia del oficial", "referencia del funcionario"),
            *("المرجع", "رقم المرجع", "مرجع الضابط", "الرقم المرجعي", "رقم الضابط"),
        ),
        "given_name": (
            *("given name", "given names", "first name", "forename", "given name (Latin)"),
            *("given name in Latin letters", "prénom", "prénoms", "prénom (latin)"),
            *("prénom en lettres latines", "nombre", "nombres", "nombre de pila"),
            *("nombre (latino)", "nombre en letras latinas"),
            *("الاسم الأول (لاتيني)", "الاسم الأول باللاتينية", "الاسم الأول بالأحرف اللاتينية"),
            *("الاسم الأول بالإنجليزية", "الاسم الأول (إنجليزي)", "الاسم الأول باللغة الإنجليزية"),
        ),
        "family_name": (
            *("family name", "last name", "surname", "family name (Latin)"),
            *("family name in Latin letters", "nom", "nom de famille", "nom (latin)"),
            *("nom en lettres latines", "apellido", "apellidos", "apellido (latino)"),
            "apellidos en letras latinas",
            *("اسم العائلة (لاتيني)", "اسم العائلة باللاتينية", "اسم العائلة بالأحرف اللاتينية"),
            *("اسم العائلة بالإنجليزية", "اسم العائلة (إنجليزي)", "اسم العائلة باللغة الإنجليزية"),
        ),
        "given_name_ar": (
            *(
                "given name ar",
                "given name (Arabic)",
                "first name (Arabic)",
                "given name in Arabic",
            ),
            *("prénom ar", "prénom (arabe)", "prénom en arabe"),
            *("nombre ar", "nombre (árabe)", "nombre en árabe"),
            *("الاسم", "الاسم الأول", "الاسم الأول (عربي)", "الاسم الأول بالعربية"),
            "الاسم الأول باللغة العربية",
        ),
        "family_name_ar": (
            *("family name ar", "family name (Arabic)", "surname (Arabic)", "last name (Arabic)"),
            *("family name in Arabic", "nom ar", "nom (arabe)", "nom en arabe"),
            *("nom de famille (arabe)", "nom de famille en arabe"),
            *(
                "apellido ar",
                "apellido (árabe)",
                "apellido en árabe",
                "apellidos (árabe)",
                "apellidos en árabe",
            ),
            *("اسم العائلة", "اللقب", "الكنية", "الشهرة", "اسم العائلة (عربي)"),
            *("اسم العائلة بالعربية", "اسم العائلة باللغة العربية"),
        ),
        "sex": ("sex", "gender", "sexe", "genre", "sexo", "género", "الجنس", "النوع"),
        "unit": (
            *("unit", "unit kind", "kind of unit", "type of unit", "unit type", "specialisation"),
            *("unité", "type d'unité", "spécialité", "spécialisation"),
            *("unidad", "tipo de unidad", "especialidad", "especialización"),
            *("الوحدة", "نوع الوحدة", "التخصص", "الاختصاص"),
        ),
        "unit_name": (
            *("unit name", "name of unit", "name of the unit"),
            *("nom de l'unité", "intitulé de l'unité", "nombre de la unidad"),
            "اسم الوحدة",
        ),
        "rank_title": (
            *("rank title", "rank", "grade", "titre du grade", "rango", "grado"),
            *("الرتبة", "المسمى الوظيفي"),
        ),
        "rank_band": (
            *("rank band", "rank level", "seniority", "band"),
            *("niveau de grade", "niveau hiérarchique", "ancienneté"),
            *("nivel de rango", "nivel jerárquico", "antigüedad"),
            *("فئة الرتبة", "مستوى الرتبة", "المستوى الوظيفي"),
        ),
        "specialisms": (
            *("specialisms", "specialism", "specialisations held", "further specialisms"),
            *("spécialités", "domaines de spécialité", "spécialisations", "domaines spécialisés"),
            *("especialidades", "especializaciones", "ámbitos de especialidad"),
            *("التخصصات", "مجالات التخصص", "الاختصاصات"),
        ),
        "languages": (
            *("languages", "working languages", "languages spoken", "further languages"),
            *("langues", "langues de travail", "langues parlées"),
            *("idiomas", "idiomas de trabajo", "lenguas"),
            *("اللغات", "لغات العمل", "اللغات الأخرى"),
        ),
        "serving_since": (
            *("serving since", "in service since", "service since", "year of entry"),
            *("en service depuis", "date d'entrée en service", "en fonction depuis"),
            *("en servicio desde", "fecha de ingreso", "en activo desde"),
            *("في الخدمة منذ", "تاريخ الالتحاق بالخدمة", "تاريخ بدء الخدمة"),
        ),
        "declaration": (
            *("declaration", "version of the declaration", "declaration version"),
            *("déclaration", "version de la déclaration"),
            *("declaración", "versión de la declaración"),
            *("الإقرار", "نسخة الإقرار"),
        ),
        "declared_on": (
            *("declared on", "declaration signed on", "date of the declaration"),
            *("déclaration signée le", "date de la déclaration"),
            *("declaración firmada el", "fecha de la declaración"),
            *("تاريخ توقيع الإقرار", "تاريخ الإقرار"),
        ),
        "email": (
            *("email", "e-mail", "email address", "e-mail address"),
            *("courriel", "adresse électronique", "adresse e-mail", "adresse email"),
            *("correo", "correo electrónico", "dirección de correo electrónico"),
            *("البريد الإلكتروني", "الإيميل", "عنوان البريد الإلكتروني"),
        ),
        "phone": (
            *("phone", "phone number", "telephone", "mobile", "mobile phone", "mobile number"),
            *("téléphone", "numéro de téléphone", "portable", "téléphone portable"),
            *("teléfono", "número de teléfono", "móvil", "teléfono móvil", "celular"),
            *("الهاتف", "رقم الهاتف", "الجوال", "رقم الجوال", "المحمول", "الهاتف المحمول"),
        ),
        "language": (
            *("language", "preferred language", "langue", "langue préférée"),
            *("langue de correspondance", "idioma", "idioma preferido", "lengua"),
            *("اللغة", "اللغة المفضلة", "لغة المراسلة"),
        ),
        "sms": (
            *("sms", "text messages", "sms consent", "sms wanted"),
            *("accord sms", "recevoir des sms", "mensajes sms", "recibir sms"),
            *("رسائل نصية", "الرسائل النصية", "الرسائل القصيرة", "رسائل قصيرة"),
        ),
        "priority": (
            *("priority", "order of preference", "priority of the country", "country priority"),
            *("priorité", "ordre de priorité", "ordre de préférence"),
            *("prioridad", "orden de prioridad", "orden de preferencia"),
            *("الأولوية", "ترتيب الأولوية", "أولوية الترشيح", "الترتيب"),
        ),
    }
)

COLUMN_OF: Mapping[str, str] = MappingProxyType(
    {folded(alias): column for column, aliases in HEADINGS.items() for alias in (column, *aliases)}
)


def column_of(heading: str) -> str | None:
    """The canonical name of the column with this heading; None for a heading nobody knows."""
    return COLUMN_OF.get(folded(heading))


def recognised(headings: Sequence[str]) -> int:
    """How many of them are those of a roster, among as many as one may have."""
    return sum(column_of(heading) is not None for heading in headings[:MOST_HEADINGS])
