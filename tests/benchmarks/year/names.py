"""Believable names, all of them invented, in four languages; Arabic ones in both scripts."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

Name = tuple[str, str]
"""In Latin and in Arabic script; the second is empty where the officer has none."""


def _latin(names: str) -> Sequence[Name]:
    return tuple((name, "") for name in names.split())


def _both(names: str) -> Sequence[Name]:
    words = names.split()
    return tuple(zip(words[::2], words[1::2], strict=True))


WOMEN: Mapping[str, Sequence[Name]] = MappingProxyType(
    {
        "ar": _both(
            "Leila ليلى Samira سميرة Huda هدى Rania رانيا Noura نورة Salma سلمى Amal أمل Dina دينا "
            "Yasmin ياسمين Hanan حنان Mona منى Nadia نادية"
        ),
        "en": _latin("Grace Joyce Amina Faith Esther Ruth Anita Mercy Lakshmi Maria Siti Thandi"),
        "es": _latin("Lucía Elena Rosa Carmen Paula Marta Isabel Teresa Andrea Clara Inés Julia"),
        "fr": _latin(
            "Awa Fatou Mariam Aïcha Chantal Solange Estelle Nadège Oumou Rokia Hélène Ama"
        ),
    }
)
MEN: Mapping[str, Sequence[Name]] = MappingProxyType(
    {
        "ar": _both(
            "Karim كريم Omar عمر Yousef يوسف Tariq طارق Hassan حسن Walid وليد Nabil نبيل Sami سامي "
            "Ziad زياد Khaled خالد Rami رامي Adel عادل"
        ),
        "en": _latin("Daniel Samuel Joseph Peter Moses Arjun Ravi Anwar Paulo Nimal Budi Themba"),
        "es": _latin("Diego Javier Luis Andrés Tomás Martín Pablo Sergio Álvaro Rubén Hugo Mateo"),
        "fr": _latin(
            "Moussa Ibrahim Cheikh Amadou Blaise Serge Didier Koffi Issa Alain Yves Modou"
        ),
    }
)
FAMILIES: Mapping[str, Sequence[Name]] = MappingProxyType(
    {
        "ar": _both(
            "Haddad حداد Mansour منصور Khoury خوري Saleh صالح Najjar نجار Rahman رحمان "
            "Darwish درويش Amari عماري Benali بنعلي Qasim قاسم Shahin شاهين Zaidi زيدي "
            "Faris فارس Jabri جابري Sabbagh صباغ Turki تركي"
        ),
        "en": _latin(
            "Mwangi Okello Banda Perera Santos Khan Moyo Ndlovu Rahman Shrestha Tan Reyes Nkosi "
            "Phiri Abebe Silva"
        ),
        "es": _latin(
            "Quispe Rojas Herrera Castillo Morales Vargas Núñez Paredes Medina Salazar Ortega Cruz "
            "Peña Fuentes Luna Ríos"
        ),
        "fr": _latin(
            "Diallo Traoré Ndiaye Koné Mbarga Ouédraogo Sow Touré Keita Essomba Fall Cissé Nguema "
            "Bello Adjovi Diop"
        ),
    }
)
