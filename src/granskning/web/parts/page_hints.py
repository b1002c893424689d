"""What a hint that names a command says on the page, where there are no commands."""

from __future__ import annotations

import re

from granskning.i18n import N_

_COMMAND = re.compile(r"\bgranskning [a-z]|\bgit [a-z]|(?<!\w)--[a-z]")
_AS_TEXT = N_("Open the file as text: what is wrong stands beside it.")
_DOCTOR = N_("Ask whoever looks after the program: something that it needs is not on the computer.")

_ON_THE_PAGE = {
    "see: granskning check": _AS_TEXT,
    "see: granskning check {file}": _AS_TEXT,
    "see: granskning check ({code})": _AS_TEXT,
    "For the cure run: granskning doctor": _DOCTOR,
    "for the cure run: granskning doctor": _DOCTOR,
    "install git; see: granskning doctor": _DOCTOR,
    "install a newer git; see: granskning doctor": _DOCTOR,
    "granskning doctor tells what to install": _DOCTOR,
    "HTML works: --format html. For the cure run: granskning doctor": N_("It can be read as a page all the same."),
    "make it in a terminal, where more can be allowed: granskning render --seconds": _DOCTOR,
    "make one first: granskning new STRATEGY": N_("Begin a review from the page of the strategy."),
    "make a new review with: granskning new": N_("Begin a review from the page of the strategy."),
    "make a new round with: granskning new {strategy} --from {round}": N_(
        "Begin a new round from the page of the strategy, with the answers of {round} carried over."
    ),
    "save a version first: granskning save": N_("Save a version first."),
    "sign it off first: granskning approve": N_("Approve it first."),
    "export a new one, and copy your answers into it": N_("Take out a new one, and copy your answers into it."),
    "the workbook was not made by granskning export, or its hidden sheet {sheet} is gone": N_(
        "The workbook was not taken out from here, or its hidden sheet {sheet} is gone"
    ),
    "the hidden sheet {sheet} of the workbook is not as granskning export wrote it": N_(
        "The hidden sheet {sheet} of the workbook is not as it was when it was taken out"
    ),
}


def page_words(message: str) -> str:
    """The msgid to show instead of one that was written for a terminal; empty where it would only name a command."""
    if message in _ON_THE_PAGE:
        return _ON_THE_PAGE[message]
    return "" if _COMMAND.search(message) else message
