"""Persons whom an import made known and whom nobody has touched since."""

from sqlalchemy import ColumnElement, exists, or_

from shared.outsiders import alias
from shared.rights import channel, staff_assignment

from ..tables import person


def is_untouched() -> ColumnElement[bool]:
    """Whether a person is as first described, signs in nowhere, and has no post and no alias."""
    elsewhere = (
        exists().where(staff_assignment.c.person_id == person.c.id),
        exists().where(alias.c.meant_id == person.c.id),
        exists().where(or_(channel.c.holder_id == person.c.id, channel.c.deputy_id == person.c.id)),
    )
    as_first_described = (person.c.version == 1) & person.c.erased_at.is_(None)
    return as_first_described & person.c.subject.is_(None) & ~or_(*elsewhere)
