"""How much work a loading is, function by function: lines run, and bytes or items that built-in methods look through.

Counted and never timed, so that the answer is the same on any machine.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from granskning.model.rounds import name_order
from granskning.workspace.load import load_files
from granskning.workspace.schema.kinds import kind_of_file
from remembered_readings import for_real

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import CodeType, FrameType

    from granskning.files import Files

    _Step = Callable[[FrameType, str, Any], Any]

SEARCHING = {"split", "splitlines", "count", "find", "rfind", "index", "rindex", "replace", "translate", "encode"}
SEARCHING |= {"decode", "partition", "rpartition", "remove", "copy", "sort", "insert"}
"""The methods of texts and lists that look through all of what they belong to."""
WHOLE_TEXT = {"compose", "read", "decode"}
"""The functions of `source` that walk through a whole text out of Python's sight."""
BLOCK = 64
"""So many bytes looked through count as a line run."""


def count_work(files: Files) -> dict[str, float]:
    """The work of loading a folder, by function."""
    work: defaultdict[str, float] = defaultdict(float)
    steps: dict[CodeType, _Step | None] = {}
    lines: list[tuple[CodeType, Callable[[], int]]] = []

    def trace(frame: FrameType, _event: str, _argument: Any) -> _Step | None:
        code = frame.f_code
        try:
            step = steps[code]
        except KeyError:
            step = None
            # difflib among others is left out: how much is compared has a law of its own
            if "/granskning/" in code.co_filename:
                step, told = _counter()
                lines.append((code, told))
            steps[code] = step
        if step is None:
            return None
        if code.co_name in WHOLE_TEXT and code.co_filename.endswith("source.py"):
            text = frame.f_locals.get("text", frame.f_locals.get("data", ""))
            work[f"{code.co_qualname} text"] += len(text) / BLOCK
        step(frame, "call", None)
        return step

    def profile(frame: FrameType, event: str, function: Any) -> None:
        if event == "c_call" and function.__name__ in SEARCHING and "/granskning/" in frame.f_code.co_filename:
            owner = function.__self__
            if isinstance(owner, str | bytes | list):
                size = len(owner) if isinstance(owner, list) else len(owner) / BLOCK
                work[f"{frame.f_code.co_qualname} {function.__name__}"] += size

    kind_of_file.cache_clear()  # else the first of several loadings does the work of all
    name_order.cache_clear()
    before = sys.gettrace()
    sys.settrace(trace)
    sys.setprofile(profile)
    try:
        with for_real():  # what other tests have read is read again here
            load_files(files, keep=False)
    finally:
        sys.setprofile(None)
        sys.settrace(before)
    run: defaultdict[str, float] = defaultdict(float)
    for code, told in lines:
        run[code.co_qualname] += told()
    return {**work, **run}


def _counter() -> tuple[_Step, Callable[[], int]]:
    """What Python calls at each line of a function, and what tells how often: millions of times, so it only counts."""
    count = 0

    def step(_frame: FrameType, _event: str, _argument: Any) -> _Step:
        nonlocal count
        count += 1
        return step

    return step, lambda: count


def steep(works: Sequence[Mapping[str, float]], least: int) -> dict[str, float]:
    """Of the work at n, 2n and 4n: the functions whose second step is far more than twice the first, and how much.

    What does not grow with n falls out; linear work gives 2, work that grows with the square 4. Functions that do less
    than `least` at 4n are left out.
    """
    small, middle, large = works
    growing = {}
    for name, most in large.items():
        first, second = middle.get(name, 0) - small.get(name, 0), most - middle.get(name, 0)
        if most >= least and second > STEEPEST * max(first, 1) + EDGE:
            growing[name] = round(second / max(first, 1), 2)
    return growing


STEEPEST = 2.2
"""At 2, 4 and 8 what 2.28 is at 3, 6 and 12, and 2.5 at 6, 12 and 24: of a function that does a·n and b·n², it tells
where b is above a/54."""
EDGE = 4
"""What looks some hundred letters ahead has fewer of them at the end of a text, wherever that comes to lie."""
