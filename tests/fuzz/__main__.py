"""Fuzz every door for long: `python tests/fuzz [SECONDS] [DOOR…]`; inputs and broken laws are counted by door.

One input of some hundred is watched on its way, and is twisted further if it reached lines of the program that none did
before. Other guides (atheris) watch every input, which takes more time than these inputs themselves.
"""

from __future__ import annotations

import logging
import sys
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path
from random import Random

sys.path[:0] = [str(Path(__file__).parents[1])]

from fuzz.all_doors import every_door  # noqa: E402  # found by the line above
from fuzz.loop import fuzz, spent  # noqa: E402

if __name__ == "__main__":
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60
    logging.disable()
    asked = sys.argv[2:]
    broken = 0
    for door in every_door():
        if not asked or door.name in asked:
            counts: Counter[str] = Counter()
            started = spent()
            found = fuzz(door, Random(time.time_ns()), seconds, counts)  # nothing is kept secret by it
            broken += len(found)
            met = f"{counts.total()} inputs in {spent() - started:.0f} s, {dict(counts)}"
            print(f"{door.name}: {met}, {len(found)} kinds broken", flush=True)
            for kind, case in found.items():
                place = Path(__file__).with_name("corpus") / door.name / f"found-{sha256(case.data).hexdigest()[:12]}"
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(case.data)
                print(f"  {place.name}: {kind}", flush=True)
    sys.exit(broken > 0)
