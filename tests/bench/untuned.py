"""The same report laid out as one does before measuring: what each of our habits saves.

Words are hyphenated everywhere, columns are as wide as their contents ask for, and every question stands in a table of
contents with dots that lead to its page.
"""

from __future__ import annotations

import re

_STYLE = """
<style>
html, p, li, td, th, blockquote { hyphens: auto !important; hyphenate-limit-chars: 5 2 2 !important; }
table { table-layout: auto !important; }
th, td { width: auto !important; }
.all a { display: block; }
.all a::after { content: leader('.') target-counter(attr(href), page); }
</style>
"""
_QUESTION = re.compile(r'<h\d id="([^"]+)-title"><span class="number-of">([^<]*)</span> ([^<]*)</h')


def untune(html: str) -> str:
    """The page of a review with an untuned layout."""
    questions = _QUESTION.findall(html)
    links = "".join(f'<a href="#{anchor}">{number} {words}</a>' for anchor, number, words in questions)
    untuned = re.sub(r' style="width:\d+%"', "", html)
    untuned = untuned.replace("</nav>", f'<div class="all">{links}</div></nav>', 1)
    return untuned.replace("</head>", f"{_STYLE}</head>", 1)
