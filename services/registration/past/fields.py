"""What a column of past participations may hold, and the headings it goes by in four languages."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

from ..roster.folding import folded
from ..roster.headings import HEADINGS as OF_ROSTERS

Field = Literal[
    "party",
    "officer_reference",
    "given_name",
    "family_name",
    "full_name",
    "given_name_ar",
    "family_name_ar",
    "full_name_ar",
    "sex",
    "code",
    "title",
    "topic",
    "from_on",
    "held_on",
    "outcome",
]
FIELDS: tuple[Field, ...] = get_args(Field)
DATES: tuple[Field, ...] = ("from_on", "held_on")

HEADINGS: Mapping[Field, tuple[str, ...]] = MappingProxyType(
    {
        "party": (
            *("country", "nationality", "party", "member state", "nominating country", "NCB"),
            *("pays", "nationalité", "état", "état membre", "pays d'origine"),
            *("país", "nacionalidad", "estado", "estado miembro"),
            *("البلد", "الدولة", "الجنسية", "بلد المنشأ"),
        ),
        "officer_reference": OF_ROSTERS["officer_reference"],
        "given_name": OF_ROSTERS["given_name"],
        "family_name": OF_ROSTERS["family_name"],
        "full_name": (
            *("name", "full name", "officer", "name of officer", "participant", "participant name"),
            *("name and surname", "nom et prénom", "nom et prénoms", "nom complet", "participant"),
            *("prénom et nom", "nombre y apellidos", "nombre completo", "participante"),
            *("الاسم الكامل باللاتينية", "الاسم الكامل (لاتيني)", "الاسم بالإنجليزية"),
        ),
        "given_name_ar": OF_ROSTERS["given_name_ar"][:-1],
        "family_name_ar": OF_ROSTERS["family_name_ar"],
        "full_name_ar": (
            *("name in Arabic", "full name (Arabic)", "nom en arabe complet", "Arabic name"),
            *("الاسم الكامل", "الاسم واللقب", "اسم المشارك", "اسم الضابط", "الاسم الثلاثي"),
            *("الاسم الرباعي", "المشارك", "المتدرب", "اسم المتدرب"),
        ),
        "sex": OF_ROSTERS["sex"],
        "code": (
            *("code", "course code", "course no", "course number", "course ref", "activity code"),
            *("course reference", "reference of the course", "event code", "curriculum code"),
            *("code du cours", "code de la formation", "référence de la formation", "code stage"),
            *("código", "código del curso", "código de la actividad", "referencia del curso"),
            *("رمز الدورة", "رقم الدورة", "رمز النشاط", "كود الدورة"),
        ),
        "title": (
            *("course", "course title", "title", "training", "activity", "event", "course name"),
            *("name of course", "training title", "activity title", "workshop", "seminar"),
            *("formation", "intitulé", "intitulé de la formation", "titre", "cours", "stage"),
            *("activité", "atelier", "curso", "título", "título del curso", "actividad", "taller"),
            *("الدورة", "اسم الدورة", "عنوان الدورة", "الدورة التدريبية", "النشاط", "التدريب"),
        ),
        "topic": (
            *("topic", "subject", "theme", "crime area", "thème", "sujet", "domaine"),
            *("tema", "materia", "área", "الموضوع", "المجال", "المحور"),
        ),
        "from_on": (
            *("start date", "from", "start", "begins", "date from", "first day", "starts on"),
            *("date de début", "début", "du", "fecha de inicio", "inicio", "desde"),
            *("تاريخ البداية", "تاريخ البدء", "من", "من تاريخ", "بداية الدورة"),
        ),
        "held_on": (
            *("date", "dates", "end date", "to", "end", "until", "date to", "last day", "held on"),
            *("date of course", "course date", "year", "month", "period", "completion date"),
            *("date de fin", "fin", "au", "date de la formation", "année", "période", "mois"),
            *("fecha", "fechas", "fecha de fin", "hasta", "año", "período", "fecha del curso"),
            *("التاريخ", "تاريخ الدورة", "تاريخ النهاية", "تاريخ الانتهاء", "إلى", "السنة"),
            *("العام", "الفترة", "الشهر"),
        ),
        "outcome": (
            *("outcome", "result", "status", "completed", "completion", "attendance", "passed"),
            *("certificate", "résultat", "statut", "achevé", "présence", "réussite", "attestation"),
            *("resultado", "estado del participante", "completado", "asistencia", "aprobado"),
            *("النتيجة", "الحالة", "الحضور", "الشهادة", "اجتاز"),
        ),
    }
)

NOT_READ = (
    *("no", "nr", "n", "number", "serial", "s n", "sr no", "numéro", "número", "الرقم", "م", "ت"),
    *("email", "e mail", "phone", "telephone", "mobile", "courriel", "téléphone", "correo"),
    *("rank", "grade", "rango", "الرتبة", "unit", "unité", "unidad", "الوحدة", "venue", "place"),
    *("remarks", "comments", "notes", "remarques", "observations", "observaciones", "ملاحظات"),
    *("lieu", "lugar", "المكان", "البريد الإلكتروني", "الهاتف", "passport", "passeport"),
    *("days", "hours", "duration", "durée", "duración", "المدة", "trainer", "instructor"),
)
"""Headings of columns that past participations do not need."""

FIELD_OF: Mapping[str, Field] = MappingProxyType(
    {folded(word): field for field in FIELDS for word in (field, *HEADINGS[field])}
)
UNREAD: frozenset[str] = frozenset(map(folded, NOT_READ))
