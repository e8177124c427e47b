"""`python pinned.py LOCK NAMED`: the requirements of LOCK, hashes and all, for what NAMED names."""

import re
import sys
from pathlib import Path

REQUIREMENT = re.compile(r"^([a-z0-9.-]+)==(?:.*\\\n)*.*\n", re.MULTILINE)


def pinned(lock: str, named: str) -> str:
    """The part of a lock that holds these packages. Raises LookupError for one that it has not."""
    wanted = {found[1] for found in REQUIREMENT.finditer(named)}
    parts = [found for found in REQUIREMENT.finditer(lock) if found[1] in wanted]
    if missing := wanted - {found[1] for found in parts}:
        raise LookupError(f"not in the lock: {', '.join(sorted(missing))}")
    return "".join(found[0] for found in parts)


if __name__ == "__main__":
    sys.stdout.write(pinned(*(Path(file).read_text() for file in sys.argv[1:3])))
