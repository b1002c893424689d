"""The stamps of a folder: each of its YAML files, by posix path, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.edges.disk import stat_files

if TYPE_CHECKING:
    from pathlib import Path


def test_every_yaml_file_below_the_folders_has_a_stamp(tmp_path: Path) -> None:
    for name in ("a/one.yaml", "a/b/two.yml", "a/b/note.txt", "a/.hidden/three.yaml", "a/.four.yaml", "c/five.yaml"):
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(name)
    (tmp_path / "top.yaml").write_text("x")
    (tmp_path / "a" / "folder.yaml").mkdir()
    (tmp_path / "a" / "link").symlink_to(tmp_path / "c")
    (tmp_path / "a" / "broken.yaml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "a" / "linked.yaml").symlink_to(tmp_path / "c" / "five.yaml")
    stamps = stat_files(tmp_path, ("a", "absent"), ("top.yaml", "absent.yaml"))
    assert sorted(stamps) == ["a/b/two.yml", "a/linked.yaml", "a/one.yaml", "top.yaml"]
    status = (tmp_path / "a/b/two.yml").stat()
    assert stamps["a/b/two.yml"] == (status.st_size, status.st_mtime_ns, status.st_ino)
