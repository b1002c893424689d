"""The documents that belong to a strategy, on the page: declared, changed, taken away and put back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml
from served import Served, words

if TYPE_CHECKING:
    from pathlib import Path

STRATEGY = "strategies/provplan/strategy.yaml"
AT = "/strategi/provplan/handlingar"
REPORT = {
    "kind": "consultation_report",
    "read": "not_found",
    "title": "Samrådsredogörelsen",
    "note": "Söktes i diariet.",
}
ASSESSED = {"kind": "impact_assessment", "read": "contents", "address": "https://exempel.se/mkb",
            "retrieved": "2 november 2026"}  # fmt: skip


def package_of(root: Path) -> list[dict[str, Any]]:
    text = (root / STRATEGY).read_text("utf-8")
    return list(yaml.load(text, Loader=yaml.BaseLoader).get("package", []))  # noqa: S506  # all is text


def before(row: dict[str, Any]) -> dict[str, str]:
    return {f"was-{key}": value for key, value in row.items()}


def test_a_document_is_declared_changed_taken_away_and_put_back(site: Served) -> None:
    file = site.root / STRATEGY
    file.write_text(f"# vår egen anteckning\n{file.read_text('utf-8')}", "utf-8")
    at_first = file.read_bytes()
    empty = words(site.ask("GET", AT).body)
    assert "Ingen handling är angiven." in empty
    assert "Inget är angivet om: planen själv, konsekvensbedömning, samrådsredogörelse" in empty, empty
    assert site.post(AT, REPORT).status == 303
    assert site.post(AT, ASSESSED).status == 303
    first, second = package_of(site.root)
    assert (first, second) == (REPORT, {**ASSESSED, "retrieved": "2026-11-02"})
    shown = words(site.ask("GET", f"{AT}?nr=2").body)
    for told in (
        "Samrådsredogörelsen",
        "Handlingen har sökts men inte hittats.",
        "https://exempel.se/mkb",
        "Handling 2",
    ):
        assert told in shown, told
    english = site.ask("GET", AT, {"Cookie": f"{site.cookie}; granskning-lang=en"}).body
    assert '<span lang="sv">Samrådsredogörelsen</span>' in english
    assert '<td lang="sv">Söktes i diariet.</td>' in english
    change = {"number": "2", **before(second), **second, "read": "full_text", "address": ""}
    assert site.post(AT, change).status == 303
    read = {key: value for key, value in {**second, "read": "full_text"}.items() if key != "address"}
    assert package_of(site.root) == [first, read]
    assert site.post(AT, change).status == 409, "it is another one by now"
    removed = site.post(AT, {"remove": "1", "number": "1", **before(first)})
    assert "ogs bort. Ångra" in words(removed.body)
    assert package_of(site.root) == [read]
    assert site.post(AT, {"undo": "1", "number": "1", **first}).status == 303
    assert package_of(site.root) == [first, read]
    for row in (first, read):
        assert site.post(AT, {"remove": "1", "number": "1", **before(row)}).status == 200
    assert file.read_bytes() == at_first


def test_what_is_no_document_is_refused_with_what_was_written(site: Served) -> None:
    at_first = (site.root / STRATEGY).read_bytes()
    for wrong in ({"kind": "något"}, {"read": "skummad"}, {"address": "exempel.se"}, {"retrieved": "i går"}):
        reply = site.post(AT, {**REPORT, **wrong})
        assert reply.status == 409, wrong
        assert "Söktes i diariet." in reply.body
    for number in ("7", "x", "²", "1" * 30):
        assert site.ask("GET", f"{AT}?nr={number.encode().hex() if number == '²' else number}").status == 409
        assert site.post(AT, {"remove": "1", "number": number}).status == 409
    assert site.ask("GET", "/strategi/ingen/handlingar").status == 404
    assert (site.root / STRATEGY).read_bytes() == at_first
