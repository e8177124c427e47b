"""After notifications was restored to an earlier state: nothing is sent a second time unasked."""

from shared.context import Work

from .tables import message


async def doubt_what_may_have_been_sent(work: Work) -> int:
    """Whatever was about to be sent then may have been sent since: its receiver is asked first."""
    planned = message.c.status == "planned"
    change = message.update().where(planned).values(status="unknown", asked=0)
    changed = await work.connection.execute(change.returning(message.c.key))
    return len(changed.all())
