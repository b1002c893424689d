"""What can be wrong with documents, and with quotations from them: the rest of the table in `rules`."""

from __future__ import annotations

from granskning.findings.finding import Rule
from granskning.findings.severity import Severity
from granskning.i18n import N_

_E, _W = Severity.ERROR, Severity.WARNING

OF_EVIDENCE = (
    Rule("GR601", _E, N_("page {page} is beyond the end: the edition {edition} has {pages} pages"),
         N_("see which page the quotation stands on; granskning evidence looks it up"),
         N_("pages in strategy.yaml says how many pages the edition has. Where printed numbers run higher than that, "
            "as in an extract, say with pdf_page which page of the file is meant.")),
    Rule("GR602", _W, N_("the quotation is too short to be found again with certainty"),
         N_("quote the whole sentence: at least three words and fifteen letters"),
         N_("A word or two stand in many places of a document. Whoever looks the quotation up cannot know which one "
            "was meant, and a changed text could go unseen.")),
    Rule("GR604", _E, N_("the document {document} cannot be read as text: {reason}"),
         N_("put a whole document there, in PDF, .docx, .odt, .html or .txt, without a password"),
         N_("Evidence is looked up in the document's text. A damaged or locked file, or one of another kind than its "
            "name says, has none that can be read.")),
    Rule("GR605", _W, N_("{name} is no edition of any strategy here"),
         N_("write STRATEGY/EDITION; here there are: {known}"),
         N_("documents in .granskning/local.yaml names, for an edition, where on this computer its document lies.")),
    Rule("GR606", _W, N_("the document {document} has no text, only pictures of pages"),
         N_("use a version with text, or let a program for text recognition make one and check it"),
         N_("Quotations from a scanned document can be looked up by nobody but a person who reads it.")),
    Rule("GR607", _E, N_("the document of {name} cannot be used: {reason}"),
         N_("name the right file in .granskning/local.yaml, or take the line away"),
         N_("The document lies outside the working folder, and is the one that was reviewed only if it has the SHA-256 "
            "that the edition says.")),
    Rule("GR610", _W, N_("the quotation stands {where}, not where the evidence says"),
         N_("granskning evidence --fix writes the page; a section you change yourself"),
         N_("The words stand in the document as they are quoted, but on another page, or under another heading where "
            "the document has no pages. The page is as printed where the "
            "document says what is printed, else as counted.")),
    Rule("GR611", _E, N_("the quotation is not what the document says {where}: {changes}"),
         N_("there it says: {closest}"),
         N_("The closest passage has other words. Either the quotation was miswritten, or the document is another "
            "version than the one that was quoted.")),
    Rule("GR612", _E, N_("the quotation is not in the document"),
         N_("see whether it is from another edition, and quote what the document says"),
         N_("Neither the words nor anything much like them stand anywhere in the document's text.")),
    Rule("GR613", _E, N_("the quotation cannot be looked up: {reason}"),
         N_("see to it that the document can be read; what cannot is told by granskning check"),
         N_("Nothing is said of whether the quotation is right. A page that is only a picture is read by nobody but a "
            "person, and is never guessed.")),
    Rule("GR614", _W, N_("page {page} and pdf_page {pdf_page} are not the same page"),
         N_("let granskning evidence --fix make them agree, or change them yourself"),
         N_("page is as printed, pdf_page as counted from the first page of the file. The document says which counted "
            "page has which printed number.")),
)  # fmt: skip
"""The rules, in order of their codes."""
