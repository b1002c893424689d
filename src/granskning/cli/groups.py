"""The commands in the order of the help, by what a reader is about to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typer.core import TyperGroup

from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable

GROUPS: dict[str, tuple[str, ...]] = {
    N_("Beginning"): ("init", "new"),
    N_("Reviewing"): ("serve", "search", "check", "evidence", "score", "export", "import", "approve"),
    N_("Reporting"): ("render", "build", "publish", "verify"),
    N_("Remembering"): ("save", "history", "diff", "actions", "stats"),
    N_("Managing"): ("revise", "migrate", "schema", "explain", "doctor"),
}
"""Every command under its heading; each is a module of this package."""
COMMANDS = tuple(command for commands in GROUPS.values() for command in commands)


class GroupedCommands(TyperGroup):
    """The program's command, which tells its subcommands under headings."""

    heading: Callable[[str], str] = staticmethod(str)
    """Puts a heading in the reader's language."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Those of this run, in the order of the help."""
        registered = super().list_commands(ctx)
        return [name for name in COMMANDS if name in registered]

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write each group's commands under its heading, with texts that begin at one column."""
        room = formatter.width - 6 - max(len(name) for name in COMMANDS)
        wide = max(len(name) for name in COMMANDS)
        for heading, names in GROUPS.items():
            commands = [(name, self.get_command(ctx, name)) for name in names]
            rows = [(f"{name:<{wide}}", command.get_short_help_str(room)) for name, command in commands if command]
            if rows:
                with formatter.section(self.heading(heading)):
                    formatter.write_dl(rows)
