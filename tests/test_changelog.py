"""The changelog speaks to those who use the program: Chinese first, each entry in English too, a section per version."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import tomli as tomllib

ROOT = Path(__file__).parents[1]
LINES = (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines()
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
_HAN = re.compile(r"[\u4e00-\u9fff]")


def sections() -> list[str]:
    return [line.removeprefix("## ") for line in LINES if line.startswith("## ")]


def entries() -> list[tuple[str, str]]:
    """(entry, the line below it)."""
    return [(line[2:], below.strip()) for line, below in pairwise(LINES) if line.startswith("- ")]


def test_the_version_in_hand_has_a_section_or_is_unreleased() -> None:
    assert [one for one in sections() if one.startswith((VERSION, "未发布 / Unreleased"))] != []


def test_sections_are_named_by_version_and_day_or_are_unreleased_and_stand_first() -> None:
    released = [one for one in sections() if not one.startswith("未发布 / Unreleased")]
    assert len(sections()) - len(released) <= 1
    assert sections()[-len(released) :] == released or not released
    assert [one for one in released if not re.fullmatch(r"\d+\.\d+\.\d+ \(\d{4}-\d{2}-\d{2}\)", one)] == []


def test_every_entry_is_told_in_chinese_and_below_it_in_english() -> None:
    assert len(entries()) >= 20
    wrong = [
        chinese
        for chinese, english in entries()
        if not _HAN.search(chinese) or not re.fullmatch(r"\*[^*].*\*", english) or _HAN.search(english)
    ]
    assert wrong == []


def test_it_says_that_it_is_kept_with_each_version() -> None:
    head = "\n".join(LINES[: next(place for place, line in enumerate(LINES) if line.startswith("## "))])
    assert "从现在起每个版本写一节" in head
    assert "kept from now on with each version" in head
