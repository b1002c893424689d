"""The templates that reports are made with: the shipped ones, and the workspace's own, which win.

A workspace may have templates and style sheets under the shipped names, a `style.css` that is added after all others,
pictures and fonts that those name, and a logo. Pictures and fonts become part of the text, so that a report fetches
nothing.
"""

from __future__ import annotations

import base64
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from granskning.edges.cache import folder_state
from granskning.edges.disk import fingerprint_of, leads_inside, read_file
from granskning.edges.lookup import is_file, is_folder, resolved
from granskning.edges.readers.reading import exploding_pictures, read_archive
from granskning.errors import FileTooLargeError, TemplateFaultError, UnreadableFileError, Words
from granskning.files import TEMPLATE
from granskning.i18n import N_
from granskning.model.palette import OWN_STYLE
from granskning.reporting.html.render import ASSET, LOGO, LOGO_TEXT, SHIPPED
from granskning.reporting.html.style import is_embedded, read_palette, recolour, replace_addresses
from granskning.reporting.word.docx_document import REFERENCE
from granskning.shipped import screen_fonts_folder, templates_folder

if TYPE_CHECKING:
    from pathlib import Path

_PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml",
             ".gif": "image/gif", ".webp": "image/webp"}  # fmt: skip
_SIGNATURES = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff"}
"""How the files of a logo begin."""
_FONTS = {".ttf": "font/ttf", ".otf": "font/otf", ".woff": "font/woff", ".woff2": "font/woff2"}
_SMALL: set[str] = set()
"""The fingerprints of pictures that are known to be small, so that a page that is shown again starts no process."""
SCREEN_FONTS = "shared/fonts.css"
"""The style sheet that holds the typeface; its text is made of the fonts that the web page has too."""
_MACROS = ("vbaproject", "vbadata", "activex", "embeddings/")
"""Parts of a Word document that run, or that are documents of their own."""
_LOGOS = ("logo.svg", "logo.png", "logo.jpg")


def load_templates(root: Path, logo_text: str = "") -> dict[str, str]:
    """The templates and style sheets by name; the workspace's own win over the shipped ones, file by file.

    The shipped ones are there as `shipped/NAME` too. Raises TemplateFaultError for what cannot be used.
    """
    shipped = {**_shipped(templates_folder()), SCREEN_FONTS: _screen_fonts()}
    folder = root / "templates"
    if is_folder(folder) and not leads_inside(root, "templates"):
        message = N_("the folder templates is a link out of the working folder, so it is not used")
        raise TemplateFaultError(message, N_("put the templates themselves there"))
    is_own = is_folder(folder) and not _same(folder, templates_folder())
    own = _texts(folder) if is_own else {}
    templates = {**shipped, **{f"{SHIPPED}{name}": text for name, text in shipped.items()}}
    if not own and not is_folder(folder):
        return templates
    if OWN_STYLE in own:
        palette = read_palette(own[OWN_STYLE])
        templates = {name: recolour(text, palette) for name, text in templates.items()}
    if is_own:
        _require_small(folder)
    for name, text in own.items():
        templates[name] = _embed(text, name, folder) if name.endswith(".css") else text
    if is_own:
        templates |= _pictures(folder, logo_text)
    return templates


def _shipped(folder: Path) -> dict[str, str]:
    return _texts_in_state(folder, tuple(sorted(folder_state(folder))))


@lru_cache(maxsize=1)
def _texts_in_state(folder: Path, _state: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """The texts of a folder whose files have this state: whoever makes many reports reads them once."""
    return _texts(folder)


@cache
def _screen_fonts() -> str:
    """The typeface of the page on a screen, in the page: 31 kB of letters, figures and signs of western Europe."""
    faces = []
    for name, weight in (("text", 400), ("strong", 600)):
        held = base64.b64encode(read_file(screen_fonts_folder() / f"{name}.woff2", TEMPLATE)).decode("ascii")
        source = f'src: url("data:font/woff2;base64,{held}") format("woff2")'
        faces.append(f'  @font-face {{ font-family: "Source Sans 3"; font-weight: {weight}; {source}; }}')
    return "@media screen {\n" + "\n".join(faces) + "\n}\n"


def load_reference(root: Path) -> bytes:
    """The folder's own Word document to set reports in; empty where it has none. Raises TemplateFaultError."""
    folder = root / "templates"
    if not is_file(folder / REFERENCE) or not leads_inside(root, "templates"):
        return b""
    data = _read(folder, REFERENCE)
    hint = N_("save it from Word as a document (.docx) without macros")
    try:
        files = read_archive(data, f"templates/{REFERENCE}")
    except UnreadableFileError as error:
        message = N_("templates/{template} cannot be used: {reason}")
        raise TemplateFaultError(message, hint, template=REFERENCE, reason=Words(error.message)) from error
    if any(part in name.lower() for name, _ in files for part in _MACROS):
        message = N_("templates/{template} has macros or other documents in it")
        raise TemplateFaultError(message, hint, template=REFERENCE)
    return data


def _same(path: Path, other: Path) -> bool:
    """Whether a folder is the one that ships: in granskning's own repository it is."""
    return resolved(path) == resolved(other)


def _texts(folder: Path) -> dict[str, str]:
    """The templates and style sheets in a folder, by name."""
    texts = {}
    for path in sorted((*folder.rglob("*.j2"), *folder.rglob("*.css"), *folder.rglob("*.js"))):
        name = path.relative_to(folder).as_posix()
        if not is_file(path) or name.startswith(SHIPPED):
            continue
        try:
            texts[name] = _read(folder, name).decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            raise TemplateFaultError(N_("templates/{template} is not text in UTF-8"), template=name) from error
    return texts


def _require_small(folder: Path) -> None:
    """Raise TemplateFaultError for a picture that is too large when it is unpacked. Each content is looked at once."""
    names = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if _is_picture(path))
    pictures = {name: _read(folder, name) for name in names if not name.lower().endswith(".svg")}
    unknown = {name: data for name, data in pictures.items() if fingerprint_of(data) not in _SMALL}
    if not unknown:
        return
    where = f"templates/{next(iter(unknown))}" if len(unknown) == 1 else "templates/"
    for name, is_large in zip(unknown, exploding_pictures(tuple(unknown.values()), where), strict=True):
        if is_large:
            message = N_("templates/{template} is too large a picture when it is unpacked")
            raise TemplateFaultError(message, N_("make it smaller, 2,000 pixels wide at the most"), template=name)
        _SMALL.add(fingerprint_of(unknown[name]))


def _is_picture(path: Path) -> bool:
    return path.suffix.lower() in _PICTURES and is_file(path)


def _pictures(folder: Path, logo_text: str) -> dict[str, str]:
    """The pictures in the folder as addresses that hold them, and the logo among them."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if _is_picture(path):
            found[f"{ASSET}{name}"] = _address(folder, name)
    named = next((name for name in _LOGOS if f"{ASSET}{name}" in found), "")
    if not named:
        return found
    _require_picture(folder, named)
    return {**found, LOGO: found[f"{ASSET}{named}"], LOGO_TEXT: logo_text}


def _require_picture(folder: Path, name: str) -> None:
    """Raise TemplateFaultError for a logo that cannot be shown: every report would lack it, and say nothing."""
    data = _read(folder, name)
    signature = _SIGNATURES.get((folder / name).suffix)
    if not (_is_drawing(data) if signature is None else data.startswith(signature)):
        message = N_("templates/{template} is not a picture of the kind that its name says, or not a whole one")
        raise TemplateFaultError(message, N_("save it anew from the program that made it"), template=name)


def _is_drawing(data: bytes) -> bool:
    """Whether it is a whole SVG drawing. Entities are refused: what they stand for may lie elsewhere, or be endless.

    In UTF-16 a zero stands beside each of their letters.
    """
    from xml.etree import ElementTree as ET  # noqa: PLC0415  # only who has a logo needs it

    if b"<!ENTITY" in data.replace(b"\0", b""):
        return False
    try:
        return str(ET.fromstring(data).tag).rpartition("}")[2] == "svg"  # noqa: S314  # no entity is left
    except (ET.ParseError, ValueError):
        return False


def _embed(css: str, name: str, folder: Path) -> str:
    """A style sheet with the pictures and fonts that it names inside it."""
    inside = resolved(folder)

    def hold(address: str, line: int) -> str:
        if is_embedded(address):
            return address
        path = (folder / name).parent / address
        outside = ":" in address or address.startswith(("/", "\\")) or not resolved(path).is_relative_to(inside)
        if outside:
            raise _fault(name, line, N_("this address is refused"), address)
        if path.suffix.lower() not in {**_PICTURES, **_FONTS} or not is_file(path):
            raise _fault(name, line, N_("there is no such picture or font in templates/"), address)
        return _address(inside, resolved(path).relative_to(inside).as_posix())

    return replace_addresses(css, name, hold)


def _address(folder: Path, name: str) -> str:
    """A picture or font as an address that holds it."""
    data = _read(folder, name)
    kind = {**_PICTURES, **_FONTS}[(folder / name).suffix.lower()]
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"


def _read(folder: Path, name: str) -> bytes:
    if not leads_inside(folder, name):
        message = N_("templates/{template} leads out of templates/, so it is not used")
        raise TemplateFaultError(message, N_("it is a link; put the file itself there"), template=name)
    try:
        return read_file(folder / name, TEMPLATE)
    except FileTooLargeError as error:
        message = N_("templates/{template} is larger than {most} bytes")
        hint = N_("make it smaller, or move it out of templates/")
        raise TemplateFaultError(message, hint, template=name, most=TEMPLATE.most) from error


def _fault(name: str, line: int, reason: str, address: str) -> TemplateFaultError:
    hint = N_("a report fetches nothing: put pictures and fonts in templates/ and name them from there")
    message = N_("templates/{template}:{line}: {reason}: {address}")
    return TemplateFaultError(message, hint, template=name, line=line, reason=Words(reason), address=address[:80])
