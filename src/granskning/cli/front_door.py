"""The front door: the version and a history that is kept are told at once, the rest is read in first.

Ctrl+C is heard before and after.
"""

from __future__ import annotations

from granskning.cli.version import tell_version


def enter(arguments: list[str]) -> int:
    """Run a command in a process of its own, and return the exit code."""
    if tell_version(arguments):
        return 0
    try:
        code = 0 if _is_told_before(arguments) else _run(arguments)
    except KeyboardInterrupt:  # before anything was begun
        from granskning.cli.interrupted import tell_nothing_begun

        code = tell_nothing_begun(arguments)
    from granskning.interruption import leave_without_words

    leave_without_words()
    return code


def _is_told_before(arguments: list[str]) -> bool:
    """Whether the same was told before, and has been told again."""
    if "history" not in arguments:
        return False
    from granskning.cli.told_history import told_before

    return told_before(arguments)


def _run(arguments: list[str]) -> int:
    from granskning.cli.app import run

    return run(arguments)
