"""The words for sex, unit, rank band, language and yes or no in four languages, as data."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from .folding import folded

Code = TypeVar("Code", bound=str)
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")

SEX: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "female": (
            *("f", "female", "woman", "féminin", "féminine", "femme", "femenino", "femenina"),
            *("mujer", "أنثى", "امرأة", "مؤنث"),
        ),
        "male": (
            *("m", "male", "man", "h", "homme", "masculin", "hombre", "masculino", "varón"),
            *("ذكر", "رجل", "مذكر"),
        ),
        "not_stated": (
            *("not stated", "not specified", "prefer not to say", "undisclosed"),
            *("non précisé", "non indiqué", "non communiqué", "no indicado", "no especificado"),
            *("no consta", "غير مذكور", "غير محدد", "لم يذكر"),
        ),
    }
)

UNIT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "immigration": (
            *("immigration", "immigration unit", "immigration police", "police de l'immigration"),
            *("inmigración", "policía de inmigración", "migración"),
            *("الهجرة", "وحدة الهجرة", "شرطة الهجرة", "الهجرة والجوازات"),
        ),
        "counter_smuggling": (
            *("counter-smuggling", "anti-smuggling", "counter-smuggling unit", "migrant smuggling"),
            *("smuggling of migrants", "trafic de migrants", "trafic illicite de migrants"),
            *("lutte contre le trafic de migrants", "lutte contre la contrebande"),
            *(
                "tráfico de migrantes",
                "tráfico ilícito de migrantes",
                "lucha contra el contrabando",
            ),
            *("lucha contra el tráfico de migrantes", "مكافحة التهريب", "وحدة مكافحة التهريب"),
            *("تهريب المهاجرين", "مكافحة تهريب المهاجرين"),
        ),
        "anti_trafficking": (
            *("anti-trafficking", "counter-trafficking", "anti-trafficking unit"),
            *("human trafficking", "trafficking in human beings", "trafficking in persons"),
            *("traite", "traite des êtres humains", "traite des personnes"),
            *("lutte contre la traite", "lutte contre la traite des êtres humains"),
            *("trata", "trata de personas", "trata de seres humanos", "lucha contra la trata"),
            *("lucha contra la trata de personas", "lucha contra la trata de seres humanos"),
            *("الاتجار بالبشر", "مكافحة الاتجار بالبشر", "وحدة مكافحة الاتجار بالبشر"),
            *("الاتجار بالأشخاص", "مكافحة الاتجار بالأشخاص"),
        ),
        "border_management": (
            *("border management", "border police", "border control", "borders"),
            *("gestion des frontières", "police aux frontières", "police des frontières"),
            *("gestión de fronteras", "policía de fronteras", "control fronterizo"),
            *("إدارة الحدود", "شرطة الحدود", "أمن الحدود"),
        ),
        "biometrics": (
            *("biometrics", "biométrie", "biometría"),
            *("القياسات الحيوية", "القياسات البيومترية", "البيومترية"),
        ),
        "criminal_intelligence": (
            *("criminal intelligence", "criminal intelligence analysis", "criminal analysis"),
            *("renseignement criminel", "analyse criminelle", "analyse du renseignement criminel"),
            *("inteligencia criminal", "análisis de inteligencia criminal", "análisis criminal"),
            *("الاستخبارات الجنائية", "تحليل الاستخبارات الجنائية", "التحليل الجنائي"),
            *("المعلومات الجنائية", "تحليل المعلومات الجنائية"),
        ),
        "investigation": (
            *("investigation", "investigations", "criminal investigation"),
            *("enquête", "enquêtes", "enquêtes criminelles", "investigación", "investigaciones"),
            *("investigación criminal", "التحقيق", "التحقيقات", "التحقيق الجنائي", "البحث الجنائي"),
        ),
        "open_source": (
            *(
                "open source",
                "open sources",
                "open-source investigation",
                "open-source intelligence",
                "OSINT",
            ),
            *("sources ouvertes", "enquête en sources ouvertes", "fuentes abiertas"),
            *("investigación en fuentes abiertas", "المصادر المفتوحة"),
            "التحقيق في المصادر المفتوحة",
        ),
        "training": ("training", "formation", "formación", "capacitación", "التدريب", "تدريب"),
        "ncb": (
            *("NCB", "NCB staff", "national central bureau", "BCN", "bureau central national"),
            *("OCN", "oficina central nacional", "المكتب المركزي الوطني"),
        ),
        "project_management": (
            *("project management", "gestion de projet", "gestion de projets"),
            *("gestión de proyectos", "gestión de proyecto", "إدارة المشاريع", "إدارة المشروعات"),
        ),
        "other": (
            *("other", "autre", "autres", "otro", "otra", "otros", "otras"),
            *("أخرى", "آخر", "غير ذلك"),
        ),
    }
)

RANK_BAND: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "junior": ("junior", "subalterne", "subalterno", "inicial", "مبتدئ", "صغار الضباط"),
        "mid": (
            *("mid", "middle", "mid-level", "intermédiaire", "moyen", "intermedio", "medio"),
            *("متوسط", "متوسطة"),
        ),
        "senior": ("senior", "supérieur", "superior", "alto", "كبير", "عليا", "كبار الضباط"),
    }
)

LANGUAGE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ar": ("ar", "ara", "Arabic", "arabe", "árabe", "العربية", "عربي", "عربية"),
        "en": (
            *("en", "eng", "English", "anglais", "inglés", "الإنجليزية", "إنجليزي", "إنجليزية"),
            *("الإنكليزية", "إنكليزي"),
        ),
        "fr": ("fr", "fra", "fre", "French", "français", "francés", "الفرنسية", "فرنسي", "فرنسية"),
        "es": (
            *("es", "spa", "esp", "Spanish", "espagnol", "español", "castellano"),
            *("الإسبانية", "إسباني", "إسبانية"),
        ),
    }
)

YES_OR_NO: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "yes": ("yes", "y", "true", "1", "x", "oui", "o", "vrai", "sí", "s", "verdadero", "نعم"),
        "no": ("no", "n", "false", "0", "non", "faux", "falso", "لا", "كلا"),
    }
)


def by_word(table: Mapping[Code, tuple[str, ...]]) -> Mapping[str, Code]:
    """From the folded word to its code; the code itself is a word too."""
    return MappingProxyType(
        {folded(word): code for code, words in table.items() for word in (code, *words)}
    )
