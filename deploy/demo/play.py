"""The Amman course of June 2018, from the first day of its project to its certificates."""

from collections.abc import Callable, Sequence

from .acts import closing, holding, nominating, preparing
from .stage import Stage

Step = Callable[[Stage], None]

ACTS: Sequence[tuple[str, Sequence[Step]]] = (
    (
        "March 2018 · a project, nine countries, a course",
        (
            preparing.found_the_project,
            preparing.appoint_everyone,
            preparing.plan_the_course,
            preparing.open_the_call,
        ),
    ),
    (
        "April · countries nominate their officers",
        (nominating.upload_rosters, nominating.nominate_singly),
    ),
    (
        "May · selection, offers, answers",
        (
            nominating.select_the_panel,
            nominating.answer_the_offers,
            nominating.fill_the_freed_seat,
        ),
    ),
    (
        "June · five days in Amman",
        (
            holding.send_joining_instructions,
            holding.let_reminders_fire,
            holding.hold_the_days,
        ),
    ),
    (
        "July · certificates and the report",
        (
            closing.close_the_course,
            closing.look_at_a_certificate,
            closing.read_the_report,
            closing.find_nothing_set_aside,
        ),
    ),
)


def play(stage: Stage) -> None:
    """All acts in order; stops at the first thing that is not as it should be."""
    for title, steps in ACTS:
        stage.teller.act(title)
        for step in steps:
            step(stage)
