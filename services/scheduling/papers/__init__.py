"""Papers that are typeset: what people print, frame and show."""

from shared.papers.paper_language import PAPER_LANGUAGES, paper_language

from .certificate_paper import CertificatePaper, Signatory
from .typesetting import certificate_pdf

__all__ = [
    "PAPER_LANGUAGES",
    "CertificatePaper",
    "Signatory",
    "certificate_pdf",
    "paper_language",
]
