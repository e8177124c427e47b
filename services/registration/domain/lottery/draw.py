"""The draw: a pure function of what was published and of a seed that was committed to before.

1. Before the deadline: SHA-256 of the seed is published (`commitment`).
2. After it, before the draw: the lottery is published, or at least the SHA-256 of its bytes.
3. The seed is published, and `draw` names the officers; anyone can do so again (decision 14).
"""

import json
from collections.abc import Iterator
from hashlib import sha256


def commitment(seed: bytes) -> str:
    """What is published of a seed beforehand. Raises ValueError for one that could be guessed."""
    if len(seed) < 32:
        raise ValueError("a seed has at least 32 bytes")
    return sha256(seed).hexdigest()


def draw(published: bytes, seed: bytes) -> list[tuple[str, str]]:
    """Party and reference of the officers drawn, in order.

    First a number below all tickets: the panel whose ticket it is. Then, kind by kind, as many of
    its members as the panel has: a number below those left picks one, the last takes its place."""
    lottery = json.loads(published)
    numbers = hashed_numbers(seed, published)
    ticket = below(lottery["tickets"], numbers)
    for panel in lottery["panels"]:
        ticket -= panel["tickets"]
        if ticket < 0:
            break
    drawn = []
    for kind, number in zip(lottery["kinds"], panel["of_kind"], strict=True):
        left = list(kind["members"])
        for _ in range(number):
            place = below(len(left), numbers)
            drawn.append((left[place][0], left[place][1]))
            left[place] = left[-1]
            left.pop()
    return sorted(drawn)


def hashed_numbers(seed: bytes, published: bytes) -> Iterator[int]:
    """SHA-256 of seed, SHA-256 of the published bytes, and a count from 0 in 8 bytes: 256 bits."""
    key = seed + sha256(published).digest()
    count = 0
    while True:
        yield int.from_bytes(sha256(key + count.to_bytes(8, "big")).digest(), "big")
        count += 1


def below(limit: int, numbers: Iterator[int]) -> int:
    """The rest by `limit` of the next number that favours no rest: below a multiple of it."""
    fair = 2**256 - 2**256 % limit
    return next(number for number in numbers if number < fair) % limit
