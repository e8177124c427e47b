"""Slow work of scheduling: typesetting certificates, and telling that one no longer stands."""

from collections.abc import Mapping
from types import MappingProxyType

from shared.jobs import DoJob

from ..certificates import ISSUE_CERTIFICATE, TELL_OF_REVOCATION
from .issuing import issue_certificate
from .revoking import tell_of_revocation

JOBS: Mapping[str, DoJob] = MappingProxyType(
    {ISSUE_CERTIFICATE: issue_certificate, TELL_OF_REVOCATION: tell_of_revocation}
)
"""Every kind of job, and who does it."""
