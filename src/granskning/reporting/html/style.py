"""A workspace's own style sheet: the addresses that it names, and the colours that it gives the reports.

Text in, text out. Who calls says what an address becomes; nothing is opened here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from granskning.errors import TemplateFaultError, Words
from granskning.i18n import N_
from granskning.model.palette import OWN_STYLE, PALETTE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\Z")
_LINEAR_BELOW = 0.04045
"""Of sRGB (IEC 61966-2-1): darker parts of a colour are in proportion to their light."""
_FETCHING = frozenset({"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade"})
"""Functions whose texts are addresses."""
_EMBEDDED = ("#", "data:image/", "data:font/")


def css_string(text: str) -> Markup:
    """A text as a string of a style sheet: whatever is no letter, figure or space is written as its code."""
    letters = (letter if letter.isalnum() or letter == " " else f"\\{ord(letter):x} " for letter in text)
    return Markup(f'"{"".join(letters)}"')  # noqa: S704  # nothing is left that could end the string or the element


def is_embedded(address: str) -> bool:
    """Whether an address holds the thing itself, or is a place in the same page."""
    return address.strip().lower().startswith(_EMBEDDED)


def replace_addresses(css: str, name: str, tell_change: Callable[[str, int], str]) -> str:
    """The style sheet with each address that it names replaced by what `found` makes of it and its line.

    Raises TemplateFaultError for `@import`, whose rules are to stand in the sheet itself, and for what is no CSS.
    """
    import tinycss2  # only who has a style sheet needs it

    tokens = tinycss2.parse_component_value_list(css)
    _replace(tokens, name, tell_change)
    return str(tinycss2.serialize(tokens))


def addresses_of(css: str) -> list[str]:
    """The addresses that a piece of CSS names, those of `@import` too."""
    import tinycss2  # only who has templates needs it

    named: list[str] = []

    def note(address: str, _line: int) -> str:
        named.append(address)
        return address

    tokens = tinycss2.parse_component_value_list(css)
    named += (word.value for word in _imported(tokens) if word.type == "string")
    _replace(tokens, "", note, imports=True)
    return named


def _imported(tokens: Iterable[Any]) -> Iterator[Any]:
    """What stands after each `@import`, up to its semicolon."""
    inside = False
    for token in tokens:
        if token.type == "at-keyword":
            inside = token.lower_value == "import"
        elif inside and token.type == "literal" and token.value == ";":
            inside = False
        elif inside:
            yield token


def _replace(tokens: list[Any], name: str, tell_change: Callable[[str, int], str], *, imports: bool = False) -> None:
    """Put another address in the place of each, in blocks and functions too."""
    for place, token in enumerate(tokens):
        if token.type == "error":
            raise _fault(name, token.source_line, Words(token.message))
        if token.type == "at-keyword" and token.lower_value == "import" and not imports:
            reason = Words(N_("@import is refused; write the rules in the style sheet itself"))
            raise _fault(name, token.source_line, reason)
        if token.type == "url":
            tokens[place] = _address(token, tell_change)
        elif token.type == "function":
            if token.lower_name in _FETCHING:
                token.arguments[:] = [
                    _address(argument, tell_change) if argument.type == "string" else argument
                    for argument in token.arguments
                ]
            _replace(token.arguments, name, tell_change, imports=imports)
            if token.lower_name == "url" and len(token.arguments) == 1:
                tokens[place] = token.arguments[0]
        elif token.type in ("{} block", "[] block", "() block"):
            _replace(token.content, name, tell_change, imports=imports)


def _address(token: Any, tell_change: Callable[[str, int], str]) -> Any:
    from tinycss2.ast import URLToken

    address = tell_change(token.value, token.source_line)
    escaped = address.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\a ")
    return URLToken(token.source_line, token.source_column, address, f'url("{escaped}")')


def read_palette(css: str, name: str = OWN_STYLE) -> dict[str, str]:
    """The colours that the sheet's `:root` gives by the names in PALETTE: the shipped colour and the own one.

    Raises TemplateFaultError when one is no colour in hexadecimal, or can't be told from what it stands against.
    """
    import tinycss2  # only who has a style sheet needs it

    chosen: dict[str, str] = {}
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule" or tinycss2.serialize(rule.prelude).strip() not in (":root", "html"):
            continue
        for one in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
            if one.type == "declaration" and one.name in PALETTE:
                value = tinycss2.serialize(one.value).strip()
                _check_colour(value, one.name, name, one.source_line)
                chosen[PALETTE[one.name][0]] = value.lower()
    return chosen


def recolour(source: str, palette: Mapping[str, str]) -> str:
    """A shipped template or style sheet in the workspace's own colours."""
    if not palette:
        return source
    return re.sub("|".join(map(re.escape, palette)), lambda match: palette[match.group()], source)


def contrast(text: str, other: str) -> float:
    """The contrast between two colours, as WCAG 2.1 counts it."""
    light, dark = sorted((_light(text), _light(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _check_colour(value: str, key: str, name: str, line: int) -> None:
    _, against, least = PALETTE[key]
    if not _COLOUR.match(value):
        raise _fault(name, line, Words(N_("a colour is written as #0b5c66")))
    if contrast(value, against) < least:
        message = N_("templates/{template}:{line}: {key} has the contrast {found} against {against}; {least} is needed")
        hint = N_("choose a darker colour for text, and a lighter one for what text stands on")
        found = f"{contrast(value, against):.1f}"
        raise TemplateFaultError(
            message, hint, template=name, line=line, key=key, found=found, against=against, least=least
        )


def _light(colour: str) -> float:
    long = "".join(letter * 2 for letter in colour[1:]) if len(colour) == len("#abc") else colour[1:]
    parts = [int(long[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= _LINEAR_BELOW else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _fault(name: str, line: int, reason: Words) -> TemplateFaultError:
    hint = N_("mend the style sheet, or remove it to use the one that comes with granskning")
    message = N_("templates/{template}:{line}: {reason}")
    return TemplateFaultError(message, hint, template=name, line=line, reason=reason)
