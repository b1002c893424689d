"""The front door: the version and what is kept are told at once, the rest is read in first.

Ctrl+C is heard before and after.
"""

from __future__ import annotations

from granskning.cli.version import tell_version


def enter(arguments: list[str]) -> int:
    """Run a command in a process of its own, and return the exit code."""
    if tell_version(arguments):
        return 0
    from granskning.uncollected import collect_seldom

    collect_seldom()
    try:
        code = _again(arguments)
        if code is None:
            from granskning.cli.app import run

            code = run(arguments)
    except KeyboardInterrupt:  # before anything was begun
        from granskning.cli.interrupted import tell_nothing_begun

        code = tell_nothing_begun(arguments)
    from granskning.interruption import leave_without_words

    leave_without_words()
    return code


def _again(arguments: list[str]) -> int | None:
    """Tell what is kept, where what is asked for may be; the exit code then."""
    if not {"check", "history", "build"}.intersection(arguments):
        return None
    from granskning.cli.told_before import told_before

    return told_before(arguments)
