"""The front door: the version is told at once, the rest is read in first, and Ctrl+C is heard before and after."""

from __future__ import annotations

from granskning.cli.version import tell_version


def enter(arguments: list[str]) -> int:
    """Run a command in a process of its own, and return the exit code."""
    if tell_version(arguments):
        return 0
    try:
        from granskning.cli.app import run

        code = run(arguments)
    except KeyboardInterrupt:  # before anything was begun
        from granskning.cli.interrupted import tell_nothing_begun

        code = tell_nothing_begun(arguments)
    from granskning.interruption import leave_without_words

    leave_without_words()
    return code
