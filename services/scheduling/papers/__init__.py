"""Papers that are typeset: what people print, frame and show."""

from .certificate_paper import CertificatePaper, Signatory
from .paper_language import PAPER_LANGUAGES, paper_language
from .typesetting import certificate_pdf

__all__ = [
    "PAPER_LANGUAGES",
    "CertificatePaper",
    "Signatory",
    "certificate_pdf",
    "paper_language",
]
