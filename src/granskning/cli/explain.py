"""`granskning explain`."""

from __future__ import annotations

import textwrap
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated

import typer

from granskning.cli.completion import offer_codes
from granskning.cli.groups import HELP
from granskning.errors import UsageError
from granskning.i18n import N_

if TYPE_CHECKING:
    from granskning.cli.session import Session
    from granskning.findings.finding import Rule
    from granskning.i18n import Translator

_WIDTH = 90


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("explain", help=HELP["explain"])(run)


def run(
    context: typer.Context,
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="[CODE]", help=N_("A code, such as GR201."), show_default=False, autocompletion=offer_codes
        ),
    ] = None,
) -> int:
    """Explain one code or list all."""
    from granskning.findings.field_words import in_general  # --help stays quick
    from granskning.findings.rules import RULES

    session: Session = context.obj
    if code is None:
        for rule in sorted(RULES.values(), key=lambda rule: rule.code):
            session.show(f"{rule.code}  {rule.severity.word:<8}{in_general(rule.message, session.t)}")
        return 0
    if code.upper() not in RULES:
        near = get_close_matches(f"GR{code}" if code.isdigit() else code.upper(), RULES, 1, 0.8)
        hint = N_("did you mean {suggestion}?") if near else N_("all codes: granskning explain")
        raise UsageError(N_("there is no finding with the code {code}"), hint, code=code, suggestion="".join(near))
    session.show("\n".join(_page(RULES[code.upper()], session.t)))
    return 0


def _page(rule: Rule, t: Translator) -> list[str]:
    from granskning.findings.field_words import cure_in_general, in_general

    cure = cure_in_general(rule, t)
    hint = f"{t('hint')}: {cure}" if cure else ""
    paragraphs = [f"{rule.code} {rule.severity.word}: {in_general(rule.message, t)}", t(rule.explanation), hint]
    lines: list[str] = []
    for paragraph in paragraphs:
        if paragraph:
            lines += [*textwrap.wrap(paragraph, _WIDTH), ""]
    return lines[:-1]
