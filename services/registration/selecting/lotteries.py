"""Who may read about a call's lottery: everybody whom it concerns, whatever their party."""

from shared.context import Work
from shared.refusals import NotFound

from ..calls.quotas import invited, quotas_of
from ..loading import Stored
from ..rights import parties_seen


async def require_lottery_seen(work: Work, call: Stored) -> None:
    """Raises `NotFound` for who neither runs nor audits the call, nor nominates in it."""
    seen = await parties_seen(work, call["project_id"])
    if seen is not None and not seen & set(invited(await quotas_of(work, call["id"]))):
        raise NotFound
