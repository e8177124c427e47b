"""Where somebody who watched the play can look on: pages by persona, and what is public."""

from .stage import Stage
from .story import SERVICES


def places(stage: Stage) -> dict[str, str]:
    """Addresses by what is there; a persona's link signs one visitor in, once."""
    cast, origin = stage.cast, stage.cast.origin
    of_activity = f"activities/{stage.activity_id}"
    return {
        "As coordinator (link works once)": cast.persona_link("coordinator"),
        "As focal point of Jordan (once)": cast.persona_link("focal_point", "JO"),
        "As instructor (once)": cast.persona_link("instructor"),
        "As auditor (once)": cast.persona_link("auditor"),
        "Then: nominations and seats": f"{origin}/registration/calls/{stage.call_id}/page",
        "Then: plan and attendance": f"{origin}/scheduling/{of_activity}/page",
        "Then: the report": f"{origin}/reporting/{of_activity}/report",
        "Every mail and SMS": f"{origin}/mailbox/",
        "The event catalogue": f"{origin}/events",
        **{f"API of {service}": f"{origin}/{service}/docs" for service in SERVICES},
    }
