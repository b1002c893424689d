"""What can be wrong with files as such, and with the letters in them: the rest of the table in `rules`."""

from __future__ import annotations

from granskning.findings.finding import Rule, Severity
from granskning.i18n import N_

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTICE

OF_FILES = (
    Rule("GR009", _N, N_("{count} more findings in this file are not listed ({errors} errors, {warnings} warnings, "
                         "{notices} notices)"),
         N_("mend what is listed, then check again"),
         N_("Of a file with very many findings the first two hundred are listed. Most often they have one cause.")),
)  # fmt: skip
