"""What can be wrong with files as such, and with their lines and letters: the rest of the table in `rules`."""

from __future__ import annotations

from granskning.findings.finding import Rule
from granskning.findings.severity import Severity
from granskning.i18n import N_

_W, _N = Severity.WARNING, Severity.NOTICE

OF_FILES = (
    Rule("GR009", _N, N_("{count} more findings in this file are not listed ({errors} errors, {warnings} warnings, "
                         "{notices} notices)"),
         N_("mend what is listed, then check again"),
         N_("Of a file with very many findings the first two hundred are listed. Most often they have one cause.")),
    Rule("GR010", _W, N_("not read: {reason}"),
         N_("expected: {expected}"),
         N_("What lies in the folders that are read, but has another ending, other capitals or another place than "
            "granskning looks for, counts for nothing. A README, a LICENSE and hidden files may lie anywhere.")),
    Rule("GR011", _N, N_("{name} is a lock file: somebody may have {file} open"),
         N_("close the program that has it open; if none has, remove the lock file"),
         N_("Word, Excel, LibreOffice and Emacs leave such a file while a document is open, and when they end badly. "
            "It has the user's name in it and should not be shared.")),
    Rule("GR012", _W, N_("{name} looks like a copy that a sync program or a file manager has made"),
         N_("compare it with the original, keep what is right in that, and remove the copy"),
         N_("When two have changed the same file, sync programs keep both, one under another name. Only one of them "
            "should count.")),
    Rule("GR013", _W, N_("{name} is a name that not every computer can hold: {reason}"),
         N_("rename it: letters a–z, figures, hyphen and full stop are safe everywhere"),
         N_("A folder is shared by computers of several kinds. Where a name can't be held the file is missing, or git "
            "can't fetch the folder at all.")),
    Rule("GR014", _W, N_("{name} and {other} cannot be told apart on every computer"),
         N_("rename one of them"),
         N_("Windows and macOS take names that differ in capitals, or in how å, ä and ö are written, for the same. One "
            "of the files would overwrite the other.")),
    Rule("GR109", _W, N_("{key}: is read as a part of the text under {above}, since it begins as far in as the text"),
         N_("begin the line with {wanted} spaces if {key} is meant as a key; if it is text, begin it with another "
            "word"),
         N_("A text in a >- or | block goes on as long as its lines are indented further than its key. What was meant "
            "as the next key would silently be lost.")),
    Rule("GR341", _N, N_("the role {role} has no title"), N_("roles in granskning.yaml: {known}"),
         N_("Reports, the page and workbooks show what a role is called, never its id. A role without a title is shown "
            "as its id with spaces. Nothing is said as long as granskning.yaml has no roles at all.")),
    Rule("GR342", _W, N_("nothing uses the colour {name}"), N_("names: {known}"),
         N_("The style sheet in templates/ changes the reports' colours by giving them values under :root. A name that "
            "neither the reports nor the sheet itself uses changes nothing.")),
    Rule("GR015", _W, N_("a letter was lost here: {character} ({code}) stands in its place"),
         N_("look in the source and write the letter that was there"),
         N_("A program that could not read a letter wrote this sign instead, when the text was saved or pasted. "
            "Nobody can tell from the sign which letter it was.")),
    Rule("GR016", _W, N_("no font that reports are printed in has the character {character} ({code})"),
         N_("write it in letters that the fonts have, or in words"),
         N_("On the screen the reader's own fonts may show it. In a PDF the sign U+FFFD stands in its place, since a "
            "character without a glyph breaks the standards for accessible and archived documents.")),
    Rule("GR017", _W, N_("the mark {code} makes what is shown another than what is stored"),
         N_("remove it; text that runs from right to left needs none"),
         N_("Such a mark turns the order of the letters after it, so that a reader sees another text than the one that "
            "is saved, searched and compared.")),
)  # fmt: skip
