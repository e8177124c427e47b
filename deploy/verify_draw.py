"""Checks the draw of a fair lottery, with nothing but this file and Python 3.10 or newer.

    python verify_draw.py FILE

FILE is the answer of `GET /registration/calls/{id}/draw`. It is checked that
1. the seed is the one whose SHA-256 was announced before (`commitment`);
2. what is drawn from (`published`) has the digest that was announced (`published_digest`);
3. every panel is as large as it says and keeps every quota, and the tickets add up;
4. the draw, made again from seed, added words and published text, names the same officers.

Ends with 0 where all of it holds, with 1 where something does not. It was written from ADR 0014
(`docs/decisions`), apart from the code that draws.
"""

import json
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any


def main(file: str) -> int:
    """How the process ends."""
    record = json.loads(Path(file).read_text("utf-8"))
    checks = {
        "the draw was made": record["seed"] is not None and record["drawn"] is not None,
    }
    if all(checks.values()):
        published = record["published"].encode()
        lottery = json.loads(published)
        secret = bytes.fromhex(record["seed"])
        words = [one["words"] for one in sorted(record["contributions"], key=by_number)]
        named = sorted(map(tuple, record["drawn"]))
        checks |= {
            "the seed is the one committed to": digest(secret) == record["commitment"],
            "the text is the one published": digest(published) == record["published_digest"],
            "every panel keeps every quota": all(keeps(lottery, one) for one in lottery["panels"]),
            "the tickets add up": sum(one["tickets"] for one in lottery["panels"])
            == lottery["tickets"],
            "the draw names these officers": drawn(lottery, published, joint(secret, words))
            == named,
        }
    for said, holds in checks.items():
        print("ok  " if holds else "NOT ", said)
    return 0 if all(checks.values()) else 1


def by_number(contribution: dict[str, Any]) -> int:
    return int(contribution["number"])


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def joint(secret: bytes, words: list[str]) -> bytes:
    """The seed; where words were added, the SHA-256 of its digits and of them, as netstrings."""
    if not words:
        return secret
    return sha256(b"".join(map(netstring, (secret.hex(), *words)))).digest()


def netstring(text: str) -> bytes:
    content = text.encode()
    return str(len(content)).encode() + b":" + content + b","


def keeps(lottery: dict[str, Any], panel: dict[str, Any]) -> bool:
    kinds = list(zip(lottery["kinds"], panel["of_kind"], strict=True))
    if sum(number for _, number in kinds) != lottery["seats"]:
        return False
    if any(not 0 <= number <= len(kind["members"]) for kind, number in kinds):
        return False
    for place, (_, _, minimum, maximum) in enumerate(lottery["quotas"]):
        count = sum(number for kind, number in kinds if place in kind["counted_by"])
        if count < minimum or (maximum is not None and count > maximum):
            return False
    return True


def drawn(lottery: dict[str, Any], published: bytes, seed: bytes) -> list[tuple[str, str]]:
    numbers = hashed(seed + sha256(published).digest())
    ticket = below(lottery["tickets"], numbers)
    for panel in lottery["panels"]:
        if ticket < panel["tickets"]:
            break
        ticket -= panel["tickets"]
    officers = []
    for kind, wanted in zip(lottery["kinds"], panel["of_kind"], strict=True):
        left = list(kind["members"])
        for _ in range(wanted):
            place = below(len(left), numbers)
            officers.append((left[place][0], left[place][1]))
            last = left.pop()
            if place < len(left):
                left[place] = last
    return sorted(officers)


def hashed(key: bytes) -> Iterator[int]:
    count = 0
    while True:
        yield int.from_bytes(sha256(key + count.to_bytes(8, "big")).digest(), "big")
        count += 1


def below(limit: int, numbers: Iterator[int]) -> int:
    whole = 2**256 // limit * limit
    number = next(numbers)
    while number >= whole:
        number = next(numbers)
    return number % limit


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
