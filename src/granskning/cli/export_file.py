"""An export written where the user wants it: to the file that is named, to standard output, or to one in build/."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from granskning.tasks.criteria.take_out import take_out_set
from granskning.tasks.folder.output import default_output, require_output
from granskning.tasks.folder.save import save_file

if TYPE_CHECKING:
    from granskning.cli.session import Session


def export_set(session: Session, name: str, form: str, style: tuple[str, bool], output: Path | None) -> int:
    """A criteria set, or the template of one where it is not named. `style` is that of CSV: delimiter and mark."""
    called, data = take_out_set(session.folder, name, session.t, form=form, style=style)
    return write_export(session, called, data, output)


def write_export(session: Session, name: str, data: bytes, output: Path | None) -> int:
    """Write it and say where it is. Raises UsageError for a place that no output may have."""
    if output is not None and str(output) == "-":
        sys.stdout.buffer.write(data)
        return 0
    if output is not None:
        require_output(session.folder, output, Path(name).suffix)
    path = output or default_output(session.folder, name)
    save_file(session.folder / path, data)
    session.say(path.as_posix())
    return 0
