"""Every command that writes, on a disk that is full, may not be written, or takes no large files: all or nothing.

    python tests/refused_writes.py [short]

The same commands as in kills.py. `short` is the day's share, and kills them twenty times too: making ready what they
begin with is half of the work of both. A disk of our own to fill needs the right to mount one; without it, that part is
left out and told.
"""

from __future__ import annotations

import os
import resource
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kills import copy_of, finish, kill_many, prepare, start, strays, tree_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kills import Command

SIZES = [0, 100, 1_000, 3_000, 20_000]
"""The largest file that may be written, in bytes: below the smallest, between, and above the largest of most."""
BLOCKS = [0, 1, 2, 4, 8, 16]
"""Free blocks of 4 kB."""
KILLS, SEED = 20, 14
"""How often the commands are killed in the day's share."""
_LEAST_DONE, _REFUSED = 0, 2


def faults_of(command: Command, root: Path, code: int) -> Iterator[str]:
    """What is wrong with what a refused command left: a build makes what it can, all else is all or nothing."""
    now = tree_of(root)
    if code not in (_LEAST_DONE, _REFUSED):
        yield f"it ended with {code}"
    if command.name == "build":  # the front page leads to what was made, so it may be a third one
        yield from (f"{path} is gone" for path in command.before if path not in now)
        pages = (path for path in now if path.endswith(".html"))
        yield from (f"{path} is cut short" for path in pages if not now[path].rstrip().endswith(b"</html>"))
    elif now != (command.after if code == 0 else command.before):
        yield f"it ended with {code}, but the files are {'old' if now == command.before else 'something else'}"
    yield from (f"stray: {path}" for path in strays(root))


def try_small_files(made: list[Command], folder: Path) -> Iterator[str]:
    """No file may become larger than so; git is ended by that, which no disk does, so a save is left out."""
    for command in made:
        for size in SIZES if command.name != "save" else ():

            def limit(size: int = size) -> None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

            root = copy_of(command, folder)
            yield from _try(command, root, f"{size} bytes at most", limit)


def try_no_rights(made: list[Command], folder: Path) -> Iterator[str]:
    """No folder may be written in."""
    for command in made:
        root = copy_of(command, folder)
        folders = [path for path in (root, *root.rglob("*")) if path.is_dir()]
        for path in folders:
            path.chmod(0o555)
        if os.access(root, os.W_OK):
            print("no rights: left out, since this user may write everywhere")
            return
        yield from _try(command, root, "no rights", int)
        for path in folders:
            path.chmod(0o755)


def try_full_disk(made: list[Command], folder: Path) -> Iterator[str]:
    """A disk with so many free blocks, and one that may only be read."""
    disk = folder / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        print("full disk: left out, since nothing may be mounted here")
        return
    try:
        for command in made:
            root = disk / "arbetsmapp"
            for free in BLOCKS:
                shutil.rmtree(root, ignore_errors=True)
                shutil.copytree(command.start, root, symlinks=True)
                left = os.statvfs(disk)
                (disk / "filler").write_bytes(b"x" * ((left.f_bavail - free) * left.f_frsize))
                yield from _try(command, root, f"{free} free blocks", int)
                (disk / "filler").unlink()
            shutil.rmtree(root)
            shutil.copytree(command.start, root, symlinks=True)
            subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
            yield from _try(command, root, "read only", int)
            subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    finally:
        subprocess.run(["umount", disk], check=True)


def _try(command: Command, root: Path, what: str, first: Callable[[], object]) -> Iterator[str]:
    code = finish(start(command, root, first=first))
    kind = what.lstrip("0123456789 ")
    TRIED[kind] = TRIED.get(kind, 0) + 1
    yield from (f"{command.name}, {what}: {fault}" for fault in faults_of(command, root, code))


TRIED: dict[str, int] = {}


def main(arguments: list[str]) -> int:
    """Try, and tell."""
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        folder.chmod(stat.S_IRWXU)
        made = prepare(folder)
        if arguments == ["short"]:
            SIZES[:], BLOCKS[:] = [1_000], [1]
            wrong += kill_many(made, folder, KILLS, SEED)
        refused = [fault for part in (try_small_files, try_no_rights, try_full_disk) for fault in part(made, folder)]
    print(*refused, sep="\n")
    print(f"{sum(TRIED.values())} refused writes ({TRIED}), {len(refused)} faults")
    return int(bool(wrong + refused))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
