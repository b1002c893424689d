"""What was told before is told again at the front door, without the parser, where it would be told anew.

To read the parser in takes longer than all the rest. So what is asked for in the plainest way, as nearly always, is
understood here; anything else is left to the parser, faults too.
"""

from __future__ import annotations

import os

from granskning.cli.language import VARIABLE, language_of
from granskning.cli.plain_request import plain_request
from granskning.cli.session import Session, drop_output, is_colored, write_utf8
from granskning.errors import GranskningError
from granskning.i18n import LANGUAGES, Translator


def told_before(arguments: list[str]) -> int | None:
    """Tell what was told before, if it is kept and holds. The exit code then; else None, and nothing is told."""
    request = plain_request(arguments)
    if request is None or os.environ.get(VARIABLE, LANGUAGES[0]) not in LANGUAGES:
        return None
    write_utf8()
    t = Translator(language_of(arguments))
    session = Session(request.folder, t, request.quiet, request.verbose, is_colored("auto"))
    try:
        if request.command == "check":
            from granskning.cli.kept_check import check_again

            return check_again(session, request)
        if request.command == "build":
            from granskning.cli.kept_build import build_again

            return build_again(session, request)
        from granskning.cli.kept_history import history_again

        return history_again(session, request)
    except GranskningError:
        return None
    except BrokenPipeError:
        drop_output()
        return 0
