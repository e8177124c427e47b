"""What imports hold of a person goes with the person; and whom an undone import made known goes,
where nothing else is about them."""

from sqlalchemy import or_

from shared.context import Work

from ..loading import Stored
from ..tables import roster_import_row

BLANK = {
    "officer_reference": None,
    "officer": None,
    "cells": None,
    "before": None,
    "verdict": "forgotten",
}


async def forget_rows(work: Work, person: Stored) -> None:
    """Blank what files said of a person who is erased; that there was a row stays."""
    row = roster_import_row
    theirs = row.c.person_id == person["id"]
    if person["party"] and person["officer_reference"]:
        called = row.c.officer_reference == person["officer_reference"]
        theirs = or_(theirs, (row.c.party == person["party"]) & called)
    await work.connection.execute(row.update().where(theirs).values(**BLANK))
