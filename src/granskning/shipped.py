"""What comes with granskning: folders in the wheel's data or in the checkout, and texts in the package.

The one road to package data, so that the pure rooms need no disk of their own.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent.parent


def criteria_folder() -> Path:
    """The folder of shipped criteria sets and indicators."""
    return _folder("criteria")


def strategies_folder() -> Path:
    """The folder of shipped strategies with their reviews."""
    return _folder("strategies")


def templates_folder() -> Path:
    """The folder of shipped templates, style sheets and fonts."""
    return _folder("templates")


def fonts_folder() -> Path:
    """The folder of the fonts that reports are printed in."""
    return templates_folder() / "fonts"


def screen_fonts_folder() -> Path:
    """The folder of the fonts that pages on a screen are shown in."""
    return _PACKAGE / "web" / "static"


def frameworks_folder() -> Path:
    """The folder of the gallery: published frameworks, each a working folder with examples, by name."""
    inside = _PACKAGE / "data" / "frameworks"
    return inside if inside.is_dir() else _CHECKOUT / "tests" / "frameworks"


def framework_names() -> tuple[str, ...]:
    """The names of the frameworks of the gallery, in order."""
    return tuple(sorted(path.parent.name for path in frameworks_folder().glob("*/granskning.yaml")))


def package_text(name: str) -> str:
    """The text of a file of the package, named from its top: `workspace/glossary.yaml`."""
    return (_PACKAGE / name).read_text("utf-8")


def _folder(name: str) -> Path:
    inside = _PACKAGE / "data" / name
    return inside if inside.is_dir() else _CHECKOUT / name
