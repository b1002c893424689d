"""A git repository of N reviews and M commits, all from a seed: each commit changes one to three answers of a review.

One commit in a hundred moves a file, and one in fifty is a line of development of its own with a merge.
"""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

from corpus import seeded, write_corpus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import IO

Edits = list[tuple[str, bytes | None]]
_LEVEL = re.compile(rb"^    level: (\d)", re.MULTILINE)
_MOVES, _BRANCHES = 0.01, 0.02


class _Writer:
    """Speaks to `git fast-import`."""

    def __init__(self, sink: IO[bytes], files: dict[str, bytes], seed: int) -> None:
        self.sink = sink
        self.files = files
        self.chance = seeded(seed)
        self.when = 1_600_000_000
        self.mark = 0

    def commit(self, edits: Edits, parents: Sequence[int], subject: str, branch: str = "main") -> int:
        self.when += self.chance.randint(60, 40_000)
        self.mark += 1
        head = f"commit refs/heads/{branch}\nmark :{self.mark}\ncommitter Prov <prov@exempel.se> {self.when} +0100\n"
        self.sink.write(f"{head}data {len(subject.encode())}\n{subject}\n".encode())
        for number, parent in enumerate(parents):
            self.sink.write(f"{'merge' if number else 'from'} :{parent}\n".encode())
        for line, content in edits:
            self.sink.write(f"{line}\n".encode())
            if content is not None:
                self.sink.write(b"data %d\n" % len(content) + content + b"\n")
        return self.mark

    def edit(self) -> Edits:
        path = self.chance.choice(list(self.files))
        for _ in range(self.chance.randint(1, 3)):
            text = self.files[path]
            place = self.chance.choice([match.start(1) for match in _LEVEL.finditer(text)])
            self.files[path] = text[:place] + b"%d" % self.chance.randint(0, 3) + text[place + 1 :]
        return [(f"M 100644 inline {path}", self.files[path])]

    def move(self) -> Edits:
        path = self.chance.choice(list(self.files))
        moved = path.replace(".yaml", "-b.yaml")
        self.files[moved] = self.files.pop(path)
        return [(f"R {path} {moved}", None)]


def write_repository(folder: Path, reviews: int, commits: int, *, seed: int = 1) -> int:
    """Write the repository, checked out; return the number of commits."""
    write_corpus(folder, reviews, seed=seed)
    everything = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.yaml") if path.is_file()
    }
    for path in everything:
        (folder / path).unlink()
    files = {path: content for path, content in everything.items() if "/reviews/" in path}
    subprocess.run(["git", "init", "-q", "-b", "main", str(folder)], check=True)
    command = ["git", "-C", str(folder), "fast-import", "--quiet"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        writer = _Writer(process.stdin, files, seed)
        first: Edits = [(f"M 100644 inline {path}", content) for path, content in sorted(everything.items())]
        head, count = writer.commit(first, [], "början"), 1
        while count < commits:
            roll = writer.chance.random()
            if roll < _MOVES:
                head, count = writer.commit(writer.move(), [head], "byt namn"), count + 1
            elif roll < _MOVES + _BRANCHES and count + 3 <= commits:
                beside = writer.edit()
                side = writer.commit(beside, [head], "vid sidan", "sidan")
                head = writer.commit(writer.edit(), [head], "huvudlinjen")
                path = beside[0][0].rpartition(" ")[2]
                joined: Edits = [(beside[0][0], writer.files[path])]
                head, count = writer.commit(joined, [head, side], "slå ihop"), count + 3
            else:
                head, count = writer.commit(writer.edit(), [head], "ändra nivåer"), count + 1
        process.stdin.close()
        assert process.wait() == 0
    for words in (("reset", "-q", "--hard", "main"), ("gc", "-q")):
        subprocess.run(["git", "-C", str(folder), *words], check=True)
    return count
