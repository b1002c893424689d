"""The command `granskning`, also as `python -m granskning`."""

from __future__ import annotations

import sys

from granskning.cli.version import tell_version


def main() -> None:
    """Run the command line and leave with its exit code."""
    if tell_version(sys.argv[1:]):
        return
    from granskning.cli.app import run  # noqa: PLC0415  # the front door stays light

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
