"""What is done to services that run apart: each thing once, and then anything at random."""

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from .distributed import Distributed
from .harm_embedded import AHEAD
from .nemeses.disk import FullDisk
from .nemeses.leader import PausedLeader
from .nemeses.lives import FailingHandlers, MovedClock, SlowConsumer
from .nemeses.messages import Copies
from .nemeses.nemesis import Nemesis
from .nemeses.network import Cut, HalfOpen
from .nemeses.processes import CrashPoint, Kill, Pause, role_of
from .nemeses.servers import (
    BackendsEnded,
    BrokerStopped,
    ConnectionsClosed,
    DatabaseRestarted,
    MemoryAlarm,
)

CRASH_POINTS: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "before-publish": ("registration-relay-1", "notifications-relay-1"),
        "after-publish": ("registration-relay-1", "notifications-relay-1"),
        "after-forgetting": ("registration-relay-1", "notifications-relay-1"),
        "before-handling": ("registration-worker-1", "scheduling-worker-1"),
        "after-handling": ("notifications-worker-2", "scheduling-worker-1"),
        "before-acknowledging": ("registration-worker-1", "reporting-worker-2"),
        "before-job": ("notifications-worker-1", "notifications-worker-2"),
        "before-send": ("notifications-worker-1", "notifications-worker-2"),
        "after-send": ("notifications-worker-1", "notifications-worker-2"),
        "before-job-recorded": ("notifications-worker-1", "notifications-worker-2"),
        "after-job": ("notifications-worker-1", "notifications-worker-2"),
    }
)
LONGER_THAN_A_LEASE = 5.5
LONGER_THAN_HEARTBEATS = 5.0


def each_once(at: Distributed, choice: random.Random) -> Sequence[Sequence[Nemesis]]:
    """Every crash point and one of each other kind, in three lanes: what happens to relays and
    apis, what happens to workers, and what happens between all of them."""
    relays: list[Nemesis] = [*_crash_points(at, choice, "relay")]
    relays += [Kill(at.posts, choice.choice(_who_is(at, one))) for one in ("relay", "api")]
    relays.append(PausedLeader(at.posts, at.databases, "scheduling"))
    workers: list[Nemesis] = [*_crash_points(at, choice, "worker")]
    workers += [
        Kill(at.posts, choice.choice(_who_is(at, "worker"))),
        SlowConsumer(at.posts, "reporting-worker-2", 1.0),
        FailingHandlers(at.posts, choice.choice(_who_is(at, "worker")), at.logs),
        Pause(at.posts, "notifications-worker-2", LONGER_THAN_A_LEASE),
    ]
    ways = sorted(at.ways)
    between: list[Nemesis] = [
        *([BrokerStopped(at.broker)] if at.broker.control else []),
        ConnectionsClosed(at.broker, at.prepared.vhost),
        BackendsEnded(at.databases, "notifications"),
        DatabaseRestarted(at.server),
        *(Cut(at.ways[one]) for one in choice.sample(ways, 2)),
        HalfOpen(at.ways[choice.choice(ways)]),
        Copies(at, choice, 1.0),
        Copies(at, choice, 1.0, poisonous=True),
    ]
    lanes = [relays, workers, between]
    for lane in lanes:
        choice.shuffle(lane)
    return lanes


def _crash_points(at: Distributed, choice: random.Random, role: str) -> Iterator[Nemesis]:
    for point, posts in CRASH_POINTS.items():
        if role_of(posts[0]) == role:
            yield CrashPoint(at.posts, choice.choice(posts), point, at.logs)


def once_in_a_soak(
    at: Distributed, choice: random.Random, small: Path | None
) -> Sequence[Sequence[Nemesis]]:
    """What takes longer, once, in the same lanes; every worker whose clock is moved another."""
    first, second = choice.sample(_who_is(at, "worker"), 2)
    workers = [_moved_clock(at, first, AHEAD), _moved_clock(at, second, -AHEAD)]
    between: list[Nemesis] = [MemoryAlarm(at.broker)] if at.broker.control else []
    if small:
        between.append(FullDisk(small, afterwards=at.server.start_again))
    return [], workers, between


def _moved_clock(at: Distributed, post: str, ahead: float) -> Nemesis:
    return MovedClock(at.posts, post, 6.0, ahead, at.logs)


def _who_is(at: Distributed, *roles: str) -> Sequence[str]:
    return sorted(post for post in at.posts.names if role_of(post) in roles)


def at_random(at: Distributed, choice: random.Random, small: Path | None) -> Iterator[Nemesis]:
    """Without end; where the database stands on a small file system, that can be filled."""
    while True:
        point, posts = choice.choice(sorted(CRASH_POINTS.items()))
        anybody = choice.choice(_who_is(at, "worker", "relay", "api"))
        a_worker = choice.choice(_who_is(at, "worker"))
        service = choice.choice(("registration", "scheduling", "notifications", "reporting"))
        way = at.ways[choice.choice(sorted(at.ways))]
        seconds = choice.uniform(0.3, 5.0)
        kinds: list[Nemesis] = [
            CrashPoint(at.posts, choice.choice(posts), point, at.logs),
            Kill(at.posts, anybody, choice.uniform(0.1, 2.0)),
            Pause(at.posts, anybody, choice.uniform(0.5, 2 * LONGER_THAN_A_LEASE)),
            PausedLeader(at.posts, at.databases, "scheduling", seconds),
            SlowConsumer(at.posts, a_worker, seconds),
            FailingHandlers(at.posts, a_worker, at.logs),
            _moved_clock(at, a_worker, choice.choice((AHEAD, -AHEAD))),
            ConnectionsClosed(at.broker, at.prepared.vhost),
            BackendsEnded(at.databases, service),
            DatabaseRestarted(at.server),
            Cut(way, seconds),
            HalfOpen(way, LONGER_THAN_HEARTBEATS),
            Copies(at, choice, seconds),
            Copies(at, choice, seconds, poisonous=True),
        ]
        if at.broker.control:
            kinds += [BrokerStopped(at.broker, seconds), MemoryAlarm(at.broker, seconds)]
        if small:
            kinds.append(FullDisk(small, seconds, afterwards=at.server.start_again))
        yield choice.choice(kinds)
