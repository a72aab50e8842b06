"""Files of tags as they stand: entries with the lines of their keys, and files that cannot be read (domain 11.2)."""

from pathlib import Path

import pytest

from workbench.insight.tags.sources import TagFile, read_folder, read_own

GOOD = '''# a comment
[[tag]]
code = "V.TIER.WATCH.M0"
name = "价值_层级_关注_当月"
definition = """
rule = "not a key: within a text of several lines"
"""
rule = "watch >= 1"

[tag.examples.hit]
watch = 1

[[tag]]
code = "lower.case"
'''


def read(folder: Path, text: str | bytes, name: str = "20.toml") -> TagFile:
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return next(file for file in read_folder(folder, "user") if file.file == f"{folder.name}/{name}")


def test_each_entry_knows_the_lines_of_its_keys(tmp_path: Path) -> None:
    first, second = read(tmp_path, GOOD).entries
    assert (first.line, first.at("code"), first.at("rule"), first.at("examples")) == (2, 3, 8, 10)
    assert (second.line, second.at("code")) == (13, 14)
    assert first.at("label") == 2, "a missing key stands at its entry"
    assert first.origin == "user"


def test_a_code_of_another_shape_is_no_code(tmp_path: Path) -> None:
    assert [entry.code for entry in read(tmp_path, GOOD).entries] == ["V.TIER.WATCH.M0", ""]


@pytest.mark.parametrize("start", ["\ufeff", ""])
def test_a_file_written_on_windows_reads_alike(tmp_path: Path, start: str) -> None:
    file = read(tmp_path, start + GOOD.replace("\n", "\r\n"))
    assert file.fault is None
    assert [entry.line for entry in file.entries] == [2, 13]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[[tag]]\ncode = "V.A.B.C"\nname = \n', 3, ""),
        ("[tag]\n", 1, "[[tag]]"),
        ('title = "x"\n', 1, "title"),
        ('[[tag]]\ncode = "V.A.B.C"\n[other]\nx = 1\n', 3, "other"),
        ("tag = [1]\n", 1, "[[tag]]"),
        ("[[tag]]\nname = '\xff'".encode("latin-1"), 0, "UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_line(
    tmp_path: Path, text: str | bytes, line: int, words: str
) -> None:
    file = read(tmp_path, text)
    assert file.entries == ()
    assert file.fault is not None
    assert (file.fault.code, file.fault.line) == ("unreadable_file", line)
    assert words in file.fault.message


def test_the_words_of_an_unreadable_file_are_still_seen(tmp_path: Path) -> None:
    broken = "[[tag]]\ncode = \"V.A.B.C\"\nlabel = '关注'\nrule = \n"
    assert read(tmp_path, broken).words == ("V.A.B.C", "关注")


def test_only_toml_files_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("30.toml", "10.toml", "notes.txt"):
        (tmp_path / name).write_text("", "utf-8")
    assert [Path(file.file).name for file in read_folder(tmp_path, "user")] == ["10.toml", "30.toml"]
    assert read_folder(tmp_path / "missing", "user") == ()


def test_own_tags_come_from_the_rows_of_the_book() -> None:
    file = read_own([("U.OWN.T1.M0", {"code": "U.OWN.T1.M0", "label": "殷实"})])
    assert file.origin == "own"
    assert [(entry.code, entry.line) for entry in file.entries] == [("U.OWN.T1.M0", 0)]
