"""Ours and the reference on the same pools, one after the other, each in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .pools import Pool, a_pool

ROOT = Path(__file__).parents[3]
OURS = (sys.executable, "-m", "tests.benchmarks.selection.ours")
REFERENCE = (ROOT / ".venv-bench" / "bin" / "python", Path(__file__).parent / "reference.py")
SHAPES = ((60, 12, 3), (120, 20, 4), (200, 20, 5), (350, 30, 7))
"""People, seats and categories of the pools that both take; the last one is timed against."""
ALIKE = 1e-4


def run(size: int = 2000) -> Mapping[str, Any]:
    """The pools that both take, then one of `size` people and a tenth as many seats for us alone.

    With less than 350 people the larger pools are left out."""
    shapes = [shape for shape in SHAPES if shape[0] <= max(size, SHAPES[0][0])]
    pairs = [paired(a_pool(*shape, seed)) for seed, shape in enumerate(shapes, start=1)]
    large = a_pool(size, max(5, size // 10), 7, seed=1)
    alone = measured(OURS, large) if size > shapes[-1][0] else None
    last = pairs[-1]
    return {
        "maximin": last["ours"]["maximin"],
        "maximin_reference": last["reference"]["maximin"],
        "speedup_vs_reference": last["speedup"],
        "violations": sum(pair["ours"]["violations"] for pair in pairs)
        + (alone["violations"] if alone else 0),
        "differing": [pair["pool"] for pair in pairs if pair["difference"] > ALIKE],
        "pools": pairs,
        "large": alone and {"pool": large.name, **alone},
    }


def paired(pool: Pool) -> dict[str, Any]:
    """Both on one pool."""
    ours, reference = measured(OURS, pool), measured(REFERENCE, pool)
    return {
        "pool": pool.name,
        "ours": ours,
        "reference": reference,
        "difference": abs(ours["maximin"] - reference["maximin"]),
        "speedup": round(reference["seconds"] / ours["seconds"], 1),
        "speedup_of_leximin": round(reference["seconds"] / ours["seconds_leximin"], 1),
    }


def measured(command: Sequence[str | Path], pool: Pool) -> dict[str, Any]:
    """What a process answers; of what it says meanwhile only ours is shown, its progress."""
    sys.stderr.write(f"{'ours' if command is OURS else 'reference'}: {pool.name}\n")
    answered = subprocess.run(
        command,
        input=json.dumps(asdict(pool)),
        stdout=subprocess.PIPE,
        stderr=None if command is OURS else subprocess.DEVNULL,
        text=True,
        check=True,
        cwd=ROOT,
    )
    found: dict[str, Any] = json.loads(answered.stdout.splitlines()[-1])
    return found
