"""Every kind of harm once, at every crash point, in both modes: nothing is lost, doubled, or left.

`make soak` does the same at random, for as long as one likes.
"""

from pathlib import Path

import pytest

from tests.faults import harm_distributed, harm_embedded
from tests.faults.campaign import Campaign
from tests.faults.checker import Account
from tests.faults.runs import run_distributed, run_embedded
from tests.servers.broker import Broker

SEED = 4
pytestmark = pytest.mark.timeout(300)


def assert_nothing_is_wrong(campaign: Campaign, account: Account, points: set[str]) -> None:
    """Everything was done, and all of it was survived."""
    assert not campaign.left_out
    assert {f"killed {point}" for point in points} <= account.faults.keys()
    assert not account.wrong, account


async def test_one_process_survives_every_harm(tmp_path: Path) -> None:
    campaign = Campaign(print)

    account = await run_embedded(campaign, tmp_path, SEED, 0)

    assert_nothing_is_wrong(campaign, account, set(harm_embedded.CRASH_POINTS))


async def test_services_apart_survive_every_harm(rabbitmq: Broker, tmp_path: Path) -> None:
    campaign = Campaign(print)

    account = await run_distributed(campaign, rabbitmq, tmp_path, SEED, 0)

    assert_nothing_is_wrong(campaign, account, set(harm_distributed.CRASH_POINTS))
