"""What of a person's row is personal, and what stands in its place: after erasure, for auditors."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

BLANK: Mapping[str, Any] = MappingProxyType(
    {
        "subject": None,
        "officer_reference": None,
        "names": [],
        "email": None,
        "phone": None,
        "unit_name": None,
        "rank_title": None,
        "serving_since": None,
    }
)
