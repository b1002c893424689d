"""Compiled templates are kept beside compiled modules, and run only as this very program wrote them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from jinja2 import Environment, FunctionLoader

from granskning.edges.printing import compiled_templates
from granskning.edges.printing.compiled_templates import keep_code, read_code
from granskning.i18n import Translator
from granskning.reporting.html.render import CompiledTemplates, Renderer

if TYPE_CHECKING:
    from pathlib import Path
    from types import CodeType

CODE = compile("x = 1", "template", "exec")


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(compiled_templates, "_place", lambda name: tmp_path / name)
    return tmp_path


def test_what_was_kept_is_read_for_the_same_text_alone() -> None:
    keep_code("name", "checksum", CODE)
    assert read_code("name", "checksum") == CODE
    assert read_code("name", "another text") is None
    assert read_code("another name", "checksum") is None


@pytest.mark.parametrize("place", [0, 40, -1])
def test_what_is_damaged_is_not_read(folder: Path, place: int) -> None:
    keep_code("name", "checksum", CODE)
    data = bytearray((folder / "name").read_bytes())
    data[place] ^= 1
    (folder / "name").write_bytes(data)
    assert read_code("name", "checksum") is None


def test_what_another_program_has_written_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_code("name", "checksum", CODE)
    monkeypatch.setattr(compiled_templates, "_compiler", lambda: b"another version")
    assert read_code("name", "checksum") is None


def test_nothing_is_kept_where_python_writes_nothing(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    keep_code("name", "checksum", CODE)
    assert not list(folder.iterdir())


def test_where_nothing_can_be_written_nothing_is_told(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / "file").touch()
    monkeypatch.setattr(compiled_templates, "_place", lambda name: folder / "file" / name)
    keep_code("name", "checksum", CODE)
    assert read_code("name", "checksum") is None


def test_a_template_is_compiled_once_and_runs_the_same() -> None:
    def page(compiled: CompiledTemplates) -> str:
        environment = Environment(
            loader=FunctionLoader(lambda _name: "a {{ 1 + 1 }}"), bytecode_cache=compiled, autoescape=True
        )
        return environment.get_template("page").render()

    first = page(CompiledTemplates(read_code, keep_code))
    again = page(CompiledTemplates(read_code, lambda *_: pytest.fail("compiled again")))
    assert (first, again) == ("a 2", "a 2")


def test_beside_own_templates_the_shipped_are_compiled_once_and_the_own_are_kept_nowhere() -> None:
    own = {
        "shipped/page.html.j2": "<p>{% block a %}{% endblock %}",
        "page.html.j2": "{% extends 'shipped/page.html.j2' %}",
    }
    kept: dict[tuple[str, str], CodeType] = {}

    def page(text: str) -> str:
        compiled = CompiledTemplates(lambda *key: kept.get(key), lambda *key: kept.update({key[:2]: key[2]}))
        return Renderer({**own, "page.html.j2": own["page.html.j2"] + text}, compiled).render(
            "page.html.j2", None, Translator("sv")
        )

    assert "<p>1" in page("{% block a %}1{% endblock %}")
    assert [code.co_filename for code in kept.values()] == ["shipped/page.html.j2"]
    first = dict(kept)
    assert "<p>2" in page("{% block a %}2{% endblock %}")
    assert kept.items() == first.items()
    assert all(kept[key] is code for key, code in first.items())


def test_they_lie_where_compiled_modules_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    place = compiled_templates._place("name")  # noqa: SLF001
    assert place.parent.name == "__pycache__" or sys.pycache_prefix
    assert sys.implementation.cache_tag in place.name
