"""What would break on Windows, as far as it can be seen from here: names, calls and paths."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from granskning.workspace.answer_merge import new_id
from granskning.workspace.starter import start_file

ROOT = Path(__file__).parents[2]
SHIPPED = ("criteria", "strategies", "templates", "src", "docs", "tests/frameworks")
RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
LONGEST = 150
"""Of the 260 letters that a path may have there, a home folder with an environment takes some hundred."""
UNIX_ONLY = {
    "os": {"fork", "killpg", "geteuid", "getuid", "getgid", "chown", "setsid", "sched_getaffinity", "getloadavg",
           "uname", "O_NOFOLLOW", "O_CLOEXEC", "O_DIRECTORY", "O_NONBLOCK", "mkfifo", "wait", "setpgid", "getpgid"},
    "signal": {"SIGKILL", "SIGALRM", "SIGPROF", "SIGXCPU", "SIGHUP", "SIGUSR1", "setitimer", "getitimer", "alarm",
               "ITIMER_REAL", "ITIMER_PROF", "pause"},
    "socket": {"AF_UNIX"},
    "time": {"tzset"},
}  # fmt: skip
UNIX_MODULES = {"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog"}
SUSPECT = re.compile(
    "|".join(rf"\b{module}\.{name}\b" for module, names in UNIX_ONLY.items() for name in sorted(names))
    + rf"|\bimport (?:{'|'.join(sorted(UNIX_MODULES))})\b"
)
"""Few files have such words, and only those are parsed."""
GUARD = re.compile(
    r"hasattr\((?:os|signal|socket),|sys\.platform|os\.name|except \(?(?:Import|Attribute)Error|suppress\(ImportError"
)
CALLERS_ASK = {
    "edges/limits.py": {
        "_alarm",
        "_alarms",
        "_lowered",
        "_postpone_alarms",
    },  # stopped_after and ended_after ask first, and nobody else calls them
    "web/sockets.py": {"_clear_away"},  # as does _listen_at_file
}


def shipped_paths() -> list[str]:
    """What git keeps below the shipped folders; all of it where there is no git, as in an sdist."""
    command = ["git", "ls-files", "-z", *SHIPPED]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False).stdout.decode("utf-8")
    files = (path for place in SHIPPED for path in (ROOT / place).rglob("*") if "__pycache__" not in path.parts)
    return [path for path in listed.split("\0") if path] or [path.relative_to(ROOT).as_posix() for path in files]


def test_every_shipped_name_can_be_held_by_windows() -> None:
    paths = shipped_paths()
    assert len(paths) > 1000
    for path in paths:
        assert len(path) <= LONGEST, path
        for part in PurePosixPath(path).parts:
            assert not re.search(r'[<>:"|?*\\\x00-\x1f]', part), path
            assert not part.endswith((".", " ")), path
            assert not RESERVED.fullmatch(part), path
    folded = [path.casefold() for path in paths]
    assert len(set(folded)) == len(folded), "names that differ in capitals alone"


def unguarded(file: Path) -> list[str]:
    """Calls and imports that Windows has not, in functions that do not ask for the system first."""
    text = file.read_text("utf-8")
    if not SUSPECT.search(text):
        return []
    tree, lines = ast.parse(text), text.split("\n")
    name = file.relative_to(ROOT / "src/granskning").as_posix()
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

    def is_asked(line: int) -> bool:
        around = [one for one in functions if one.lineno <= line <= (one.end_lineno or 0)]
        if not around:
            return bool(GUARD.search(text))  # a branch of the module
        inner = max(around, key=lambda one: one.lineno)
        whole = "\n".join(lines[inner.lineno - 1 : inner.end_lineno])
        return bool(GUARD.search(whole)) or inner.name in CALLERS_ASK.get(name, ())

    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            wrong = node.attr in UNIX_ONLY.get(node.value.id, ())
        elif isinstance(node, ast.Import):
            wrong = any(alias.name in UNIX_MODULES for alias in node.names)
        else:
            continue
        if wrong and not is_asked(node.lineno):
            found.append(f"{name}:{node.lineno}")
    return found


def test_no_call_that_windows_has_not_is_made_without_asking() -> None:
    assert [place for file in (ROOT / "src").rglob("*.py") for place in unguarded(file)] == []


@pytest.mark.parametrize("title", ["Con", "AUX", "nul", "Com1", "LPT 1"])
def test_no_id_is_made_that_windows_cannot_hold(title: str) -> None:
    made = new_id(title, (), "strategi")
    assert not RESERVED.fullmatch(made)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", made)


def test_the_start_file_quotes_what_the_system_would_read() -> None:
    python = str(PureWindowsPath("C:/Users/Anna Öst/100% klar/Scripts/python.exe"))
    name, text = start_file("windows", python, "C:\\x")
    assert name.endswith(".cmd")
    assert '"C:\\Users\\Anna Öst\\100%% klar\\Scripts\\python.exe" -m granskning serve --open\r\n' in text
    _, text = start_file("macos", "/Users/anna öst/bin/python", "/x")
    assert "exec '/Users/anna öst/bin/python' -m granskning serve --open\n" in text
    _, text = start_file("debian", "/home/a b/python", "/home/a b/mapp")
    assert 'Exec="/home/a b/python" -m granskning serve --open\n' in text
    assert "Path=/home/a b/mapp\n" in text
