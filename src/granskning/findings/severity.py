"""How grave what is wrong is, and the word for it: all that telling what was told before knows of findings."""

from __future__ import annotations

from enum import IntEnum


class Severity(IntEnum):
    """How grave a finding is (allvar), in rising order."""

    NOTICE = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The word in the text form and in JSON; not translated, since scripts read it."""
        return self.name.lower()
