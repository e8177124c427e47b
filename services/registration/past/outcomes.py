"""The words for what a participation came to, in four languages."""

from collections.abc import Mapping
from types import MappingProxyType

from ..roster.folding import folded
from ..roster.rows import Fault
from ..roster.words import by_word

ABSENT = "absent"
WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "completed": (
            *("completed", "complete", "passed", "pass", "successful", "success", "certified"),
            *("graduated", "finished", "certificate", "yes", "y", "x", "ok", "1", "true"),
            *("achevé", "achevée", "terminé", "terminée", "réussi", "réussie", "admis", "admise"),
            *("diplômé", "diplômée", "certifié", "certifiée", "validé", "validée", "oui"),
            *("completado", "completada", "aprobado", "aprobada", "superado", "apto", "apta", "sí"),
            *("certificado", "certificada", "finalizado", "finalizada"),
            *("أكمل", "اكمل", "أكملت", "مكتمل", "اجتاز", "اجتازت", "ناجح", "ناجحة", "نجح", "نجحت"),
            *("حاصل على شهادة", "متخرج", "متخرجة", "نعم"),
        ),
        "attended": (
            *("attended", "participated", "present", "participant", "attendance", "participation"),
            *("partial", "part", "présent", "présente", "a participé", "participé", "assisté"),
            *("partiel", "asistió", "participó", "presente", "parcial", "asistente"),
            *("حضر", "حضرت", "حاضر", "حاضرة", "شارك", "شاركت", "مشارك", "مشاركة", "جزئي"),
        ),
        "failed": (
            *("failed", "fail", "not completed", "incomplete", "unsuccessful", "did not complete"),
            *("not passed", "échoué", "échouée", "échec", "ajourné", "ajournée", "inachevé"),
            *("non achevé", "non validé", "suspendido", "suspendida", "no completado", "no apto"),
            *("no apta", "no aprobado", "reprobado", "reprobada", "incompleto", "abandono"),
            *("راسب", "راسبة", "رسب", "رسبت", "لم يكمل", "لم تكمل", "غير مكتمل", "لم يجتز"),
        ),
        ABSENT: (
            *("absent", "no show", "did not attend", "not attended", "cancelled", "withdrew"),
            *("absente", "non présenté", "annulé", "désisté", "ausente", "no asistió", "cancelado"),
            *("غائب", "غائبة", "لم يحضر", "لم تحضر", "غاب", "ملغى", "منسحب"),
        ),
    }
)
OUTCOME_OF = by_word(WORDS)
YES_OR_NO = frozenset(map(folded, ("no", "n", "non", "0", "false", "لا", "كلا")))
UNKNOWN = Fault(
    "outcome-unknown", "Use completed, attended, failed or absent; or leave the column out."
)


def outcome_in(text: str) -> str | Fault:
    """What a cell says; a plain no means that it was not completed, though attended."""
    word = folded(text)
    return "attended" if word in YES_OR_NO else OUTCOME_OF.get(word, UNKNOWN)
