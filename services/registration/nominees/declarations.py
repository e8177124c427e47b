"""The declaration that an officer signed, as it stands on a nomination."""

from typing import Any

from ..bodies.nominations import DeclarationSigned
from ..loading import Stored


def declared(signed: DeclarationSigned | None) -> dict[str, Any]:
    """What of a nomination's row says so."""
    return {"declaration": signed.model_dump(mode="json") if signed else None}


def declaration_of(nominated: Stored) -> DeclarationSigned | None:
    """What the row says."""
    kept = nominated["declaration"]
    return DeclarationSigned.model_validate(kept, strict=False) if kept else None
