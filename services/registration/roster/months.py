"""The words for months in four languages, with all Arabic traditions, and what stands around them.

January is يناير on the Nile and in the Gulf, كانون الثاني in the Levant, جانفي in Algeria and
Tunisia; July alone has four words. The words are CLDR's, and those of Morocco that it lacks."""

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from babel import Locale

from ..roster.folding import folded

LOCALES = (
    *("en", "fr", "es", "ar_EG", "ar_SA", "ar_JO", "ar_LB", "ar_IQ", "ar_SY", "ar_PS"),
    *("ar_DZ", "ar_TN", "ar_MA", "ar_MR", "ar_LY", "ar_AE"),
)
BESIDE: Mapping[int, tuple[str, ...]] = MappingProxyType(
    {
        1: ("janv", "enero", "yanayer"),
        2: ("fev", "fevr"),
        5: ("نوار",),
        6: ("حزيران",),
        7: ("يوليوز", "juil", "تموز"),
        8: ("غشت", "أغشت", "اوت"),
        9: ("sept", "شتنبر", "set"),
        11: ("نونبر",),
        12: ("دجنبر",),
    }
)
HIJRI_MONTHS = (
    *("محرم", "صفر", "ربيع", "جمادى", "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة"),
    *("muharram", "safar", "rabi", "jumada", "rajab", "shaban", "ramadan", "shawwal"),
    *("هـ", "هجري", "hijri", "hegire", "AH"),
)
FILLERS = (
    *("of", "the", "to", "from", "until", "till", "and", "on", "st", "nd", "rd", "th", "AD"),
    *("du", "au", "le", "les", "et", "a", "er", "jusqu", "de", "del", "al", "el", "y", "hasta"),
    *("من", "إلى", "الى", "حتى", "و", "في", "يوم", "م", "ميلادي", "شهر"),
)


@cache
def month_words() -> Mapping[str, int]:
    """From the folded word, of one or two parts, to the month."""
    found: dict[str, int] = {}
    for name in LOCALES:
        months = Locale.parse(name).months
        for kind in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                _add(found, months[kind][width])
    for month, words in BESIDE.items():
        found |= {folded(word): month for word in words}
    return MappingProxyType({word: month for word, month in found.items() if len(word) > 1})


@cache
def words_around() -> frozenset[str]:
    """Folded words that stand in dates and say nothing: of, du, إلى, and the days of the week."""
    days = [
        word
        for name in LOCALES
        for width in ("wide", "abbreviated")
        for word in Locale.parse(name).days["format"][width].values()
    ]
    return frozenset(_parts([*FILLERS, *days]))


@cache
def hijri_words() -> frozenset[str]:
    """Folded words by which a date is of another calendar."""
    return frozenset(_parts(HIJRI_MONTHS))


def _add(found: dict[str, int], months: Mapping[int, str]) -> None:
    for month, word in months.items():
        found.setdefault(folded(word), month)


def _parts(words: Iterable[str]) -> Iterable[str]:
    return (part for word in words for part in folded(word).split())
