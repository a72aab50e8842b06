"""The last good tag library on disk: what was written reads back, and a damaged file counts as none (domain 11.2)."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.workbench.insight.tags.test_checks import TAG
from workbench.insight.tags.kept import LastGoodTags

OWN = replace(TAG, code="U.OWN.T1.M0", origin="own")


def kept(path: Path) -> LastGoodTags:
    memory = LastGoodTags.read(path)
    memory.write(memory.changed([TAG, OWN]))
    return LastGoodTags.read(path)


def test_what_was_written_reads_back_without_own_tags(tmp_path: Path) -> None:
    memory = kept(tmp_path / "deep" / "kept.json")
    assert list(memory.entries) == ["V.TIER.WATCH.M0"]
    entry = memory.entries["V.TIER.WATCH.M0"]
    assert (entry.file, entry.line, entry.origin) == ("20.toml", 1, "shipped")
    assert entry.body["rule"] == "watch >= 1"
    assert memory.of_file("20.toml") == (entry,)
    assert memory.of_file("30.toml") == ()


def test_an_unchanged_library_is_not_written_again(tmp_path: Path) -> None:
    memory = kept(tmp_path / "kept.json")
    assert memory.changed([TAG]) is None
    assert memory.changed([replace(TAG, rule="watch >= 2")]) is not None
    assert memory.changed([]) is not None


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "{",
        "[]",
        '{"tags": 3}',
        '{"tags": {"V.A.B.C": {"body": {}, "file": "20.toml", "line": "1", "origin": "shipped"}}}',
        '{"tags": {"V.A.B.C": {"body": {"code": "V.X.Y.Z"}, "file": "f", "line": 1, "origin": "shipped"}}}',
        '{"tags": {"V.A.B.C": {"body": {"code": "V.A.B.C"}, "file": "f", "line": 1, "origin": "own"}}}',
        "[" * 100_000,
    ],
)
def test_a_damaged_file_keeps_nothing_and_is_written_anew(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "kept.json"
    path.write_text(damage, "utf-8")
    assert LastGoodTags.read(path).entries == {}
    assert list(kept(path).entries) == ["V.TIER.WATCH.M0"]


def test_without_a_place_nothing_is_kept(tmp_path: Path) -> None:
    memory = LastGoodTags.read(None)
    memory.write(memory.changed([TAG]))
    assert memory.entries == {}
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_does_not_stop_the_program(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    path = tmp_path / "file" / "kept.json"
    memory = LastGoodTags(path, {})
    memory.write(memory.changed([TAG]))
    assert not path.exists()


def test_the_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    kept(path)
    assert [file.name for file in tmp_path.iterdir()] == ["kept.json"]
    assert set(json.loads(path.read_text("utf-8"))) == {"tags"}
