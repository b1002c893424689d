"""A collection of working folders: checked, exported and reported on, whatever is wrong with some of them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from gathered_folder import OTHER_SET, commit_all, review, write, write_collection, write_organisation
from granskning.edges.tables import duckdb_counts

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

FIVE = {f"plan-{number}": (1, number % 2) for number in range(5)}
TABLES = "build/granskning-parquet"


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """Two organisations of five strategies, one of six with two that are not settled, and one of two."""
    root = tmp_path / "samling"
    write_organisation(root / "alfa", "Alfa", FIVE)
    write_organisation(root / "beta", "Beta", dict.fromkeys(FIVE, (0, 0)))
    write_organisation(root / "gamma", "Gamma", {**dict.fromkeys(FIVE, (1, None)), "plan-9": None})
    write_organisation(root / "delta", "Delta", {"plan-a": (0, 1), "plan-b": (1, 1)})
    groups = "groups:\n  - {id: region, title: Regioner}\n  - {id: kommun, title: Kommuner}\n"
    write_collection(root, [f"id: {name}, folder: {name}, group: {group}" for name, group in
                            (("alfa", "region"), ("beta", "region"), ("gamma", "kommun"), ("delta", "kommun"))],
                     groups)  # fmt: skip
    return root


def codes(granskning: Run, root: Path) -> tuple[int, dict[str, list[str]]]:
    done = granskning("check", "--format", "json", cwd=root)
    found: dict[str, list[str]] = {}
    for finding in json.loads(done.stdout)["findings"]:
        found.setdefault(finding["code"], []).append(f"{finding['file']}:{finding['line']} {finding['message']}")
    return done.returncode, found


# --- check ----------------------------------------------------------------------------------------------------------


def test_a_sound_collection_has_nothing_to_remark_on(collection: Path, granskning: Run) -> None:
    code, found = codes(granskning, collection)
    assert code == 0
    assert found.keys() <= {"GR916"}


@pytest.mark.parametrize("command", ["build", "serve", "score"])
def test_what_works_in_one_folder_says_so_in_a_collection(collection: Path, granskning: Run, command: str) -> None:
    done = granskning("--lang", "en", command, cwd=collection)
    assert done.returncode == 2
    assert "is a collection of working folders" in done.stderr
    assert "-C FOLDER" in done.stderr
    assert "granskning check, export and portfolio" in done.stderr


def test_each_fault_is_told_with_its_place_and_stops_no_other(
    collection: Path, granskning: Run, tmp_path: Path
) -> None:
    write_organisation(tmp_path / "utanför", "Utanför", FIVE)
    write_organisation(tmp_path / "bakom", "Bakom", FIVE)
    (collection / "lank").symlink_to(tmp_path / "bakom")
    (collection / "tom").mkdir()
    write_collection(collection / "samling", ["id: x, folder: y"])
    write_organisation(collection / "trasig", "Trasig", FIVE)
    write(collection / "trasig/granskning.yaml", "schema: granskning/workspace/2\norganisation: X\ncriteria: prov\n")
    write_organisation(collection / "annan", "Alfa", FIVE, OTHER_SET)
    write(collection / "beta/strategies/plan-0/reviews/2026-11/granskaren.yaml", "schema: [\n")
    write(collection / "granskning.yaml", "schema: granskning/workspace/1\norganisation: X\ncriteria: prov\n")
    rows = [
        "id: alfa, folder: alfa", "id: beta, folder: beta, group: regio", "id: borta, folder: borta",
        "id: ut, folder: ../utanför", "id: rot, folder: /etc", "id: lank, folder: lank", "id: tom, folder: tom",
        "id: samling, folder: samling", "id: trasig, folder: trasig", "id: annan, folder: annan",
        "id: tva, folder: gamma", "id: tva, folder: delta", "id: d1, folder: delta", "id: d2, folder: ./delta",
        "id: utan", "id: halv, repository: alfa", f"id: halv2, commit: {'a' * 40}",
    ]  # fmt: skip
    write_collection(collection, rows, "groups: [{id: region, title: Regioner}]\n")
    code, found = codes(granskning, collection)
    assert code == 1
    file = "granskning.collection.yaml"
    first = 7  # the line of the first organisation
    assert found["GR901"] == [f"{file}:{first + 2} det finns ingen mapp borta"]
    assert [line.split()[0] for line in found["GR902"]] == [f"{file}:{first + at}" for at in (3, 4, 5)]
    assert found["GR903"] == [f"{file}:{first + 6} tom är ingen arbetsmapp: där finns ingen granskning.yaml"]
    assert found["GR904"] == [f"{file}:{first + 7} samling är själv en samling"]
    assert len(found["GR908"]) == 2
    assert found["GR909"][0].startswith(f"{file}:{first + 12} delta står två gånger")
    assert found["GR910"] == [f"{file}:{first + 9} annan och alfa har samma namn, Alfa"]
    assert found["GR911"] == [f"{file}:{first + 1} det finns ingen grupp regio"]
    assert found["GR913"] == [f"{file}:{first + 8} granskning.yaml i trasig har fel, så organisationen räknas inte"]
    assert len(found["GR914"]) == 3
    assert "makt" in found["GR915"][0]
    assert "resor" not in found["GR915"][0]
    assert len(found["GR917"]) == 1
    assert [line for faults in found.values() for line in faults if line.startswith("beta/strategies/plan-0/")]
    assert [line for line in found["GR127"] if line.startswith("trasig/granskning.yaml:1")]


def test_a_collection_whose_file_is_broken_says_where(collection: Path, granskning: Run) -> None:
    write_collection(collection, ["id: alfa, folder: alfa, commit: kort", "id: Å, mapp: x"])
    code, found = codes(granskning, collection)
    assert code == 1
    assert found.keys() == {"GR121", "GR124"}
    for words in (("export", "--format", "parquet"), ("render", "--report", "portfolio", "--format", "html")):
        done = granskning(*words, cwd=collection)
        assert (done.returncode, "granskning.collection.yaml har fel" in done.stderr) == (2, True)


def test_no_organisation_has_the_set(collection: Path, granskning: Run) -> None:
    text = (collection / "granskning.collection.yaml").read_text("utf-8")
    write(collection / "granskning.collection.yaml", text.replace("prov@1.0.0", "prov@9.0.0"))
    assert "GR912" in codes(granskning, collection)[1]
    done = granskning("render", "--report", "portfolio", "--format", "html", cwd=collection)
    assert (done.returncode, "prov@9.0.0" in done.stderr) == (2, True)
    assert granskning("export", "--format", "parquet", cwd=collection).returncode == 0


def test_an_organisations_own_folder_is_worked_in_as_before(collection: Path, granskning: Run) -> None:
    assert "Alfa" not in granskning("check", cwd=collection / "alfa").stdout
    assert granskning("score", "alfa", cwd=collection).returncode == 0
    assert granskning("check", "alfa", cwd=collection).returncode == 0
    assert granskning("check", "--evidence", cwd=collection).returncode == 2


# --- commits --------------------------------------------------------------------------------------------------------


def test_a_commit_is_read_as_it_was(collection: Path, granskning: Run) -> None:
    commit = commit_all(collection / "alfa")
    shutil.rmtree(collection / "alfa/strategies")
    write_organisation(collection / "mono/inre/epsilon", "Epsilon", FIVE)
    inner = commit_all(collection / "mono")
    subprocess.run(["git", "clone", "-q", "--bare", "mono", "mono.git"], cwd=collection, check=True)
    rows = [
        f"id: alfa, repository: alfa, commit: {commit}", "id: beta, folder: beta",
        f"id: epsilon, repository: mono.git, folder: inre/epsilon, commit: {inner}",
        f"id: okand, repository: mono, folder: inre, commit: {'a' * 40}",
        f"id: inget, repository: gamma, commit: {'c' * 40}", f"id: git, repository: alfa/.git, commit: {'b' * 40}",
    ]  # fmt: skip
    write_collection(collection, rows)
    code, found = codes(granskning, collection)
    assert code == 1
    assert found["GR906"][0].endswith("mono har ingen commit aaaaaaaaaa")
    assert [line.split(" ", 1)[1] for line in found["GR905"]] == [
        "gamma är inget eget git-förråd", "alfa/.git är inget eget git-förråd",
    ]  # fmt: skip
    done = granskning("render", "--report", "portfolio", "--format", "html", "-o", "-", cwd=collection)
    assert done.returncode == 1
    assert f"alfa@{commit[:10]}" in done.stdout
    assert "15 av deras 15 strategier räknas" in done.stdout.replace("\N{NO-BREAK SPACE}", " ")


def test_the_same_commit_is_not_counted_twice(collection: Path, granskning: Run) -> None:
    commit = commit_all(collection / "alfa")
    subprocess.run(["git", "clone", "-q", "alfa", "kopia"], cwd=collection, check=True)
    rows = [f"id: alfa, repository: alfa, commit: {commit}", f"id: kopia, repository: kopia, commit: {commit}"]
    write_collection(collection, rows)
    assert len(codes(granskning, collection)[1]["GR909"]) == 2


def test_a_repository_above_is_not_read_for_one_that_is_none(collection: Path, granskning: Run) -> None:
    commit = commit_all(collection)
    write_collection(collection, [f"id: alfa, repository: alfa, commit: {commit}"])
    assert "GR905" in codes(granskning, collection)[1]


def test_without_git_the_folders_are_told(collection: Path, granskning: Run) -> None:
    write_collection(collection, [f"id: alfa, repository: alfa, commit: {'a' * 40}", "id: beta, folder: beta"])
    done = granskning("check", cwd=collection, env={"PATH": os.devnull})
    assert "GR907" in done.stdout
    assert "beta" not in done.stdout


# --- tables ---------------------------------------------------------------------------------------------------------


def test_tables_are_parted_and_read_by_pandas_and_duckdb(collection: Path, granskning: Run) -> None:
    import duckdb  # noqa: PLC0415  # not while tests are gathered: they are large
    import pandas as pd  # noqa: PLC0415

    done = granskning("export", "--format", "parquet", cwd=collection)
    assert (done.returncode, done.stdout) == (0, f"{TABLES}\n")
    part = collection / TABLES / "answers/organisation=alfa/round=2026-11/part.parquet"
    assert part.is_file()
    answers = pd.read_parquet(collection / TABLES / "answers")
    assert len(answers) == 2 * (5 + 5 + 5 + 2)
    assert {"organisation", "round", "strategy", "level"} <= set(answers.columns)
    with duckdb.connect() as base:
        told = base.execute(
            f"SELECT organisation, count(*) FROM read_parquet('{collection}/{TABLES}/reviews/**/*.parquet', "  # noqa: S608
            "hive_partitioning = true) GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        organisations = base.execute(
            f"SELECT organisation, read FROM '{collection}/{TABLES}/organisations/part.parquet'"  # noqa: S608
        ).fetchall()
    assert told == [("alfa", 5), ("beta", 5), ("delta", 2), ("gamma", 5)]
    assert organisations == [("alfa", True), ("beta", True), ("gamma", True), ("delta", True)]


def test_only_what_has_changed_is_made_again(collection: Path, granskning: Run) -> None:
    granskning("export", "--format", "parquet", cwd=collection)
    old = collection / TABLES / "reviews/organisation=alfa/round=2026-11/part.parquet"
    inode, changed = old.stat().st_ino, collection / TABLES / "answers/organisation=beta/round=2026-11/part.parquet"
    write(collection / "beta/strategies/plan-0/reviews/2026-11/granskaren.yaml", review("plan-0", (1, 1)))
    before = changed.read_bytes()
    shutil.rmtree(collection / TABLES / "answers/organisation=gamma")
    shutil.rmtree(collection / "delta")
    done = granskning("export", "--format", "parquet", cwd=collection)
    assert done.returncode == 1
    assert "1 är som förut" in done.stderr
    assert "delta (GR901)" in done.stderr
    assert old.stat().st_ino == inode
    assert changed.read_bytes() != before
    assert (collection / TABLES / "answers/organisation=gamma").is_dir()
    assert not (collection / TABLES / "answers/organisation=delta").exists()


@pytest.mark.parametrize("place", ["alfa", "alfa/build", ".", "..", "egen", "tabeller.parquet", "alfa/criteria"])
def test_tables_are_never_laid_among_other_files(collection: Path, granskning: Run, place: str) -> None:
    write(collection / "egen/anteckning.txt", "min")
    before = sorted(path for path in collection.rglob("*"))
    assert granskning("export", "--format", "parquet", "-o", place, cwd=collection).returncode == 2
    assert sorted(path for path in collection.rglob("*")) == before


@pytest.mark.parametrize("words", [(), ("--format", "csv"), ("--format", "parquet", "--table", "answers")])
def test_a_collection_has_tables_as_parquet_alone(collection: Path, granskning: Run, words: tuple[str, ...]) -> None:
    done = granskning("export", *words, cwd=collection)
    assert (done.returncode, "--format parquet" in done.stderr) == (2, True)


# --- the portfolio --------------------------------------------------------------------------------------------------


def portfolio(granskning: Run, root: Path, *before: str) -> tuple[str, str]:
    done = granskning(*before, "render", "--report", "portfolio", "--format", "html", "-o", "-", cwd=root)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout.replace("\N{NO-BREAK SPACE}", " "), done.stderr


def rows_of(page: str, caption: str) -> list[str]:
    """The rows of a table as text, with | between cells."""
    table = page[page.index(f"<caption>{caption}") :]
    table = table[: table.index("</table>")]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)[1:]
    return ["|".join(re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL))
            for row in rows]  # fmt: skip


def test_the_portfolio_tells_shares_and_ranks_as_intervals(collection: Path, granskning: Run) -> None:
    page, _ = portfolio(granskning, collection)
    assert "4 av 4 organisationer är lästa. 17 av deras 18 strategier räknas." in page
    assert "1 strategi är inte granskad." in page
    targets = rows_of(page, "Hur många strategier som tar upp varje målbild")
    assert targets == ["1 Resor|17|11|6|0|64 %", "2 Makt|17|4|8|5|23–53 %"]
    results = rows_of(page, "Hur många strategier som når varje resultat")
    assert results == ["1 Resor|6|11|0|0|0", "2 Makt|8|4|0|5|0"]


def test_small_groups_are_never_named(collection: Path, granskning: Run) -> None:
    page, _ = portfolio(granskning, collection)
    ranks = rows_of(page, "Organisationerna, i namnordning")
    # Delta has two: it is told of together with Gamma, which else could be taken from the row of the municipalities
    assert ranks == ["Alfa|5|5|70 %|1 av 2", "Beta|5|5|0 %|2 av 2",
                     "2 mindre organisationer, tillsammans|7|8|50–94 %|–"]  # fmt: skip
    assert "Grupper med färre än 5 strategier visas aldrig med namn" in page
    assert "Delta" not in page[: page.index("Samlingens organisationer")]
    assert rows_of(page, "Andel som tar upp varje målbild, efter grupp av organisationer") == [
        "Regioner|10|50 %|20 %", "Kommuner|7|85 %|28–100 %",
    ]  # fmt: skip


def test_organisations_without_a_place_are_not_what_is_left(collection: Path, granskning: Run) -> None:
    write_organisation(collection / "epsilon", "Epsilon", {"plan-a": (1, 1), "plan-b": (0, 0), "plan-c": (0, 0)})
    names = ("alfa", "beta", "gamma", "delta", "epsilon")
    write_collection(collection, [f"id: {name}, folder: {name}" for name in names])
    write(collection / "delta/criteria/prov.yaml", OTHER_SET)
    page, _ = portfolio(granskning, collection)
    # Delta has two and no place, and Epsilon three: the share of Epsilon would leave Delta's alone
    assert rows_of(page, "Organisationerna, i namnordning") == [
        "Beta|5|5|0 %|2 av 2", "Gamma|5|6|41–100 %|1 av 2", "2 mindre organisationer, tillsammans|8|8|–|–",
    ]  # fmt: skip


def test_a_row_is_not_named_where_few_of_it_can_be_compared(collection: Path, granskning: Run) -> None:
    write(collection / "gamma/criteria/prov.yaml", OTHER_SET)
    page, _ = portfolio(granskning, collection)
    assert "efter grupp av organisationer" not in page, "Makt would rest on Delta's two among the municipalities"


def test_another_threshold_says_why(collection: Path, granskning: Run) -> None:
    text = (collection / "granskning.collection.yaml").read_text("utf-8")
    more = "smallest_group: {value: 7, why: Nämnden vill det.}\norganisations:"
    write(collection / "granskning.collection.yaml", text.replace("organisations:", more))
    page, _ = portfolio(granskning, collection)
    assert "färre än 7 strategier" in page
    assert "Nämnden vill det." in page
    assert "Ingen organisation kan nämnas här." in page
    write(collection / "granskning.collection.yaml", text.replace("organisations:", more.replace("7", "2")))
    assert codes(granskning, collection)[0] == 1, "fewer than three is no group"


def test_what_differs_is_not_compared_and_said(collection: Path, granskning: Run) -> None:
    write(collection / "beta/criteria/prov.yaml", OTHER_SET)
    page, _ = portfolio(granskning, collection)
    assert rows_of(page, "Resultat som inte jämförs")[0].startswith("2 Makt|5|")
    assert rows_of(page, "Hur många strategier som tar upp varje målbild")[0] == "1 Resor|17|11|6|0|64 %"
    assert rows_of(page, "Hur många strategier som tar upp varje målbild")[1].startswith("2 Makt|12|")
    assert "Utan plats, eftersom deras exemplar av uppsättningen är andra: Beta." in page


def test_duckdb_counts_the_same_as_reading_anew(
    collection: Path, granskning: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    anew, _ = portfolio(granskning, collection, "--no-cache")
    granskning("export", "--format", "parquet", cwd=collection)
    counted, told = portfolio(granskning, collection)
    assert "4 organisationer räknades i sina uttagna tabeller" in told
    assert counted == anew
    write(collection / "beta/strategies/plan-0/reviews/2026-11/granskaren.yaml", review("plan-0", (1, 1)))
    changed, told = portfolio(granskning, collection)
    assert "3 organisationer räknades" in told
    assert changed != anew
    monkeypatch.setattr("granskning.tasks.collection.count_standings.has_duckdb", lambda: False)
    alone, told = portfolio(granskning, collection)
    assert (alone, "räknades i" in told) == (changed, False)


def test_damaged_tables_are_an_error_with_its_cure(collection: Path, granskning: Run) -> None:
    granskning("export", "--format", "parquet", cwd=collection)
    part = collection / TABLES / "strategy_results/organisation=beta/part.parquet"
    part.write_bytes(bytes(part.stat().st_size))
    done = granskning("render", "--report", "portfolio", "--format", "html", cwd=collection)
    assert (done.returncode, "--no-cache export" in done.stderr) == (2, True)
    granskning("--no-cache", "export", "--format", "parquet", cwd=collection)
    assert portfolio(granskning, collection)[0]
    write(collection / TABLES / ".granskning-tables.json", '{"alfa": {"key": 1}, "beta": []}')
    assert "räknades i" not in portfolio(granskning, collection)[1]


def test_duckdb_reads_nothing_but_its_folder(tmp_path: Path) -> None:
    write(tmp_path / "annan/hemlig.parquet", "PAR1")
    (tmp_path / "egen").mkdir()
    with pytest.raises(Exception, match="tables in"):
        duckdb_counts.count_rows(tmp_path / "egen", [tmp_path / "annan/hemlig.parquet"], ["a"])


def test_examples_alone_are_said_to_be_examples(collection: Path, granskning: Run) -> None:
    for file in collection.glob("*/strategies/*/strategy.yaml"):
        write(file, file.read_text("utf-8") + "example: true\n")
    page, _ = portfolio(granskning, collection)
    assert "Alla strategier här är påhittade" in page
    assert "17 av deras 18" in page
    real = collection / "alfa/strategies/plan-1/strategy.yaml"
    write(real, real.read_text("utf-8").replace("example: true\n", ""))
    page, _ = portfolio(granskning, collection)
    assert "17 påhittade exempel är inte med." in page
