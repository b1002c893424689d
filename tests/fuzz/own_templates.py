"""A folder's own templates and style sheets. An input is the text of a template; one that begins with /* is a style."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fuzz.folders import Folder
from fuzz.judge import run_lawfully
from fuzz.mutations import twist_bytes, twist_lines

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
_PIECES = (
    b"{{ report }}",
    b"{{ x.y }}",
    b"{% for i in range(9) %}{{ i }}{% endfor %}",
    b"{% include 'x' %}",
    b"{{ 'a' * 9 }}",
    b"{% endblock %}",
    b"{{ report.__class__.__mro__ }}",
    b"{% import 'shipped/x' as x %}",
    b"{{ self }}",
    b"{{ super() }}",
    b"{% raw %}",
    b"{# ",
    b"{{ 1/0 }}",
    b"{% block last %}",
    b"{{ t('x') }}",
    b"{{ report.sections[99].title }}",
    b"{{ ''|attr('format') }}",
    b"{% set x = x %}",
    b"{%- if",
    b"%}",
    b"<script>alert(1)</script>",
    b"<img src=http://x/y>",
    b"<base href=//x>",
    b"{{ '%s'|format(1,2) }}",
    b"{% macro a() %}{{ a() }}{% endmacro %}",
    b"{{ a() }}",
    b"{% extends 'shipped/review/report.html.j2' %}",
    b"{% extends 'review/report.html.j2' %}",
    b"{{ 9**9 }}",
    b"\0",
    b"\xff",
)


@dataclass
class TemplatesDoor:
    """What a report is made with."""

    name: str = "template"
    _folder: Folder = field(default_factory=Folder)

    def seeds(self) -> Mapping[str, bytes]:
        """A template of one's own, one that stands on ours, and a style."""
        return {
            "stands on ours": b"{% extends 'shipped/review/report.html.j2' %}\n"
            b"{% block last %}<p>{{ report.organisation }}</p>{% endblock %}",
            "alone": b"<html lang=sv><title>{{ report.title }}</title><p>{{ report.title }}</p></html>",
            "style": b"/* */ :root { --accent: #123456; } body { background: url(logo.png); color: #000 }",
        }

    def mutate(self, data: bytes, random: Random) -> bytes:
        """Put a piece in, or twist lines and bytes."""
        if random.random() < 0.5:
            at = random.randrange(len(data) + 1)
            return data[:at] + random.choice(_PIECES) + data[at:]
        return random.choice((twist_bytes, twist_lines))(data, random)

    def enter(self, data: bytes) -> str:
        """Make a page with it."""
        folder = self._folder.renew()
        place = folder / "templates" / ("style.css" if data.startswith(b"/*") else "review/report.html.j2")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        done = run_lawfully(folder, "render", REVIEW, "-o", "ut.html", "--format", "html", reads=False)
        return f"exit {done.returncode}"
