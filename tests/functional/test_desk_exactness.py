"""A desk in hard use: a thousand edits change what they mean to and nothing else, and kill -9 leaves old or new.

GRANSKNING_LONG=1 makes as many as the name says; without it there are fewer.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from granskning.tasks.editing.edit_session import EditSession, answers_in

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
LONG = "GRANSKNING_LONG" in os.environ
EDITS = 1000 if LONG else 60
KILLS = 200 if LONG else 8
WORDS = (  # noqa: SIM905  # easier to read
    "mål: cykel #nej 'citat' \"hej\" ja no 2024-05-01 1:30 åäö — – \\ {a} [b] & * ! % @ ` | > - ? 5 0x1f null ~ 🙂 "
    "resor till förskola och vård behöver fungera för kvinnor och män i hela länet, också kvällar"
).split()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own working folder, its reviews with line ends and byte order marks of all kinds."""
    root = tmp_path_factory.mktemp("bord") / "mapp"
    root.mkdir()
    for name in ("criteria", "strategies"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "granskning.yaml", root)
    for number, path in enumerate(sorted((root / "strategies").glob("*/reviews/*/*.yaml"))):
        data = path.read_bytes().replace(b"status: approved", b"status: draft")
        data = data.replace(b"\n", b"\r\n") if number % 3 == 1 else data
        path.write_bytes(b"\xef\xbb\xbf" + data if number % 4 == 2 else data)
    return root


def blocks(data: bytes) -> dict[str, bytes]:
    """The file cut where its answers begin: each answer's own lines, and all before and after the answers."""
    found: dict[str, bytes] = {"": b""}
    name, inside = "", False
    for line in data.splitlines(keepends=True):
        if re.match(rb"\S", line) and not line.startswith(b"#"):
            inside, name = line.startswith(b"answers:"), "" if not inside else "after"
        elif inside and (key := re.match(rb"  ([a-z0-9-]+):", line)):
            name = key[1].decode()
        found[name] = found.get(name, b"") + line
    return found


def comments(data: bytes) -> Counter[bytes]:
    return Counter(line.strip() for line in data.splitlines() if line.strip().startswith(b"#"))


def some_text(rng: random.Random) -> str | None:
    if rng.random() < 0.2:
        return None
    text = " ".join(rng.choices(WORDS, k=rng.randint(1, 40)))
    return text + "\n\n" + " ".join(rng.choices(WORDS, k=5)) if rng.random() < 0.2 else text


def some_evidence(rng: random.Random) -> list[dict[str, Any]] | None:
    kinds: list[dict[str, Any]] = [
        {"edition": "remiss", "page": rng.randint(1, 99), "quote": some_text(rng) or "x"},
        {"address": "https://exempel.se/å#x", "retrieved": "2026-11-20", "paraphrase": some_text(rng) or "y"},
    ]
    return rng.choices(kinds, k=rng.randint(1, 3)) if rng.random() < 0.8 else None


def some_parts(rng: random.Random, levels: list[Any]) -> dict[str, Any]:
    judgement: dict[str, Any] = rng.choice(
        [
            {"level": rng.choice(levels)},
            {"open": some_text(rng) or "z"},
            {"insufficient_evidence": "Bilagan saknas."},
            {},
        ]
    )
    every = {
        "judgement": judgement,
        "justification": some_text(rng),
        "evidence": some_evidence(rng),
        "recommendation": some_text(rng),
        "note": some_text(rng),
    }
    return {part: every[part] for part in rng.sample(list(every), k=rng.randint(1, 3))}


def bare(value: Any) -> Any:
    """A value as a reader sees it: no white space at the ends, lines joined as a folded text joins them."""
    if isinstance(value, list):
        return [{key: bare(one) for key, one in item.items()} for item in value]
    return None if value is None else re.sub(r"\s+", " ", str(value)).strip()


def test_edits_change_what_they_mean_to_and_nothing_else(folder: Path) -> None:
    rng = random.Random(20261125)  # noqa: S311  # the same edits each time
    desk = EditSession(folder)
    reviews = [one for one in desk.loaded().workspace.reviews if desk.open_review(one.file)]
    first = {one.file: comments((folder / one.file).read_bytes()) for one in reviews}
    written = 0
    for _ in range(EDITS):
        review = rng.choice(reviews)
        held = desk.open_review(review.file)
        assert held
        criterion = rng.choice(held.criteria.criteria)
        levels = [level.value for level in held.criteria.scale_of(criterion).levels] or [5]
        parts = some_parts(rng, levels)
        before = (folder / review.file).read_bytes()
        base = answers_in(before).get(criterion.id)
        kept = desk.keep_answer(review.file, criterion.id, base, parts)
        after = (folder / review.file).read_bytes()
        assert kept.clashes == ()
        written += before != after
        old, new = blocks(before), blocks(after)
        assert {name: old[name] for name in old if name != criterion.id} == {
            name: new[name] for name in new if name != criterion.id
        }
        assert not first[review.file] - comments(after)
        assert (b"\r\n" in before, before[:3]) == (b"\r\n" in after, after[:3])
        assert not re.search(rb"(?<!\r)\n", after) or b"\r\n" not in after
        read = yaml.load(after.decode("utf-8-sig"), yaml.CBaseLoader)["answers"][criterion.id]  # noqa: S506  # makes only text
        for part, value in parts.items():
            if part == "judgement":
                assert {key: bare(read[key]) for key in value} == {key: bare(one) for key, one in value.items()}
            else:
                assert bare(read.get(part)) == bare(value), part
    assert written > EDITS // 2


SAVER = """
import sys
from pathlib import Path
from granskning.tasks.editing.edit_session import EditSession
desk, file, criterion = EditSession(Path(sys.argv[1])), sys.argv[2], sys.argv[3]
base = desk.open_review(file).answers[criterion]
for number in range(int(sys.argv[4]), 10**6):
    base = desk.keep_answer(file, criterion, base, {"justification": f"ord{number} " * 4000}).values
    print(number, flush=True)
"""


@contextlib.contextmanager
def saving(root: Path, file: str, number: int) -> Iterator[subprocess.Popen[str]]:
    """A process that saves without end, when it has saved for the first time."""
    command = [sys.executable, "-c", SAVER, str(root), file, "resor-vardag", str(number)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout
        assert process.stdout.readline() == f"{number}\n"
        yield process
        process.kill()


def test_kill_9_in_the_middle_of_saving_leaves_the_old_or_the_new(workspace: Path) -> None:
    file = "strategies/provplan/reviews/2026-11/granskaren.yaml"
    rng = random.Random(7)  # noqa: S311  # the same moments each time, as far as a computer allows
    head = blocks((workspace / file).read_bytes())
    numbers = []
    for attempt in range(KILLS):
        with saving(workspace, file, attempt * 10_000) as process:
            time.sleep(rng.uniform(0.02, 0.3))
            process.kill()
        data = (workspace / file).read_bytes()
        words = yaml.safe_load(data)["answers"]["resor-vardag"]["justification"].split()
        assert len(set(words)) == 1
        assert len(words) == 4000
        numbers.append(words[0])
        now = blocks(data)
        assert {name: now[name] for name in now if name != "resor-vardag"} == {
            name: head[name] for name in head if name != "resor-vardag"
        }
        assert EditSession(workspace).open_review(file), "what was left behind hinders nobody"
    assert len(set(numbers)) == KILLS, "the saves went on between the kills"
