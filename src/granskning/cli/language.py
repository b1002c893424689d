"""Which language the terminal speaks: the one asked for, else that of the environment, the folder, the system.

It is settled before the arguments are parsed, since faults in them are told in it too.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from granskning.i18n import LANGUAGES, TAG
from granskning.tasks.folder.language import folder_language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

VARIABLE = "GRANSKNING_LANG"
_SYSTEM = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The variables that tell the system's language, the strongest first (POSIX, section 8.2)."""


def language_of(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> str:
    """The language tag: of `--lang`, else of GRANSKNING_LANG, the folder's, the system's; else Swedish.

    What is no tag is passed over here, and told of where the arguments are read.
    """
    given = (_option(arguments, "--lang"), environment.get(VARIABLE, ""))
    asked = next((tag for tag in given if re.fullmatch(TAG, tag)), "")
    return asked or folder_language(Path(_option(arguments, "-C") or ".")) or _of_system(environment) or LANGUAGES[0]


def _option(arguments: Sequence[str], name: str) -> str:
    """The value of an option that stands before the command; the last counts."""
    value = ""
    for place, argument in enumerate(arguments):
        if argument == name:
            value = arguments[place + 1] if place + 1 < len(arguments) else ""
        elif argument.startswith(f"{name}="):
            value = argument.removeprefix(f"{name}=")
    return value


def _of_system(environment: Mapping[str, str]) -> str:
    """The system's language, where the program speaks it."""
    tag = next((value for name in _SYSTEM if (value := environment.get(name))), "")
    language = re.split(r"[_.@-]", tag)[0].lower()
    return language if language in LANGUAGES else ""
