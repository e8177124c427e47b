"""Another system as tests register one; all invented."""

from typing import Any

import httpx

NOMINATED = "external.nomination.submitted.v1"
ATTENDED = "external.attendance.recorded.v1"
CONFIRMED = "registration.nomination.confirmed.v1"
ENROLLED = "scheduling.officer.enrolled.v1"


def a_system(code: str = "jo-hr", **other: Any) -> dict[str, Any]:
    """A system of Jordan's that nominates, and reads who was confirmed."""
    return {
        "outsider": code,
        "parties": ["JO"],
        "sends": [NOMINATED],
        "receives": [CONFIRMED],
        **other,
    }


async def joins(admin: httpx.AsyncClient, code: str = "jo-hr", **other: Any) -> dict[str, Any]:
    """A system takes part from now on; what was answered."""
    answer = await admin.post("/outsiders", json=a_system(code, **other))
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made
