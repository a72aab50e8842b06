"""What is fuzzed: each target takes bytes and ends in a sentence (WorkbenchError, BookError, a fault value) or in an answer."""

import io
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from openpyxl import Workbook

from db import key_slots, recovery_code, unlocking
from db.audit import Anchor
from db.errors import BookError
from workbench.base import outward
from workbench.base.errors import WorkbenchError
from workbench.base.holiday_files import read_notice
from workbench.base.pc import PcSettings
from workbench.base.table_layouts import load_layout
from workbench.base.unseen import UNSEEN, seen_line
from workbench.insight.language.parse import parse
from workbench.insight.tags.kept import LastGoodTags
from workbench.insight.tags.sources import read_folder
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.checking.checks import BookFacts, ReadingPlan, check
from workbench.intake.columns.dialect_files import read_text
from workbench.intake.columns.mapping import match_columns
from workbench.intake.columns.shapes import Shapes
from workbench.intake.form.header import Layout
from workbench.intake.reading.reader import RawSheet, read_file
from workbench.intake.reading.unseen import LONGEST, visible
from workbench.rules.parameters import Rules
from workbench.sheets.office_return.grid import LayoutGrid
from workbench.sheets.office_return.package import Package, child
from workbench.sheets.picture.opening import pictures_of
from workbench.trust import attempts, seen

#: what a target may end in
EXPECTED = (WorkbenchError, BookError)
Target = Callable[[bytes, Path], object]


def _condition(content: bytes, _folder: Path) -> object:
    return parse(content.decode("utf-8", "replace"))


@contextmanager
def _at_home(folder: Path) -> Iterator[None]:
    """The folder holds what this PC keeps and what a person put beside his books."""
    before = os.environ.get("WORKBENCH_HOME")
    os.environ["WORKBENCH_HOME"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["WORKBENCH_HOME"]
        else:
            os.environ["WORKBENCH_HOME"] = before


def _rules(content: bytes, folder: Path) -> object:
    with _at_home(folder):
        try:
            (folder / "rules.toml").write_bytes(content)
            return Rules.load("general", {}).faults
        finally:
            (folder / "rules.toml").unlink()


def _pc(content: bytes, folder: Path) -> object:
    """Every small file that this PC keeps by itself."""
    kept = ("settings", "tables", "attempts", "anchors", "rules-last-good", "tags-last-good")
    with _at_home(folder):
        try:
            for name in kept:
                (folder / f"{name}.json").write_bytes(content)
            (folder / "rules.toml").write_text("x = [", "utf-8")
            settings = PcSettings.load()
            settings.opened(folder / "a.book")
            settings.save()
            attempts.wait_for(folder / "a.book")
            attempts.failed(folder / "a.book")
            return (
                load_layout("customers"), seen.kept_anchors(), Rules.load("general", {}).faults,
                LastGoodTags.read(folder / "tags-last-good.json"),
            )  # fmt: skip
        finally:
            for one in (*(f"{name}.json" for name in kept), "rules.toml"):
                (folder / one).unlink(missing_ok=True)


def _tags(content: bytes, folder: Path) -> object:
    place = folder / "tags"
    place.mkdir(exist_ok=True)
    (place / "mine.toml").write_bytes(content)
    return read_folder(place, "user")


def _notice(content: bytes, folder: Path) -> object:
    path = folder / "notice.json"
    path.write_bytes(content)
    return read_notice(path)


def _dialects(content: bytes, _folder: Path) -> object:
    return read_text(content.decode("utf-8", "replace"), "dialects.json", catalogue())


def _cells(content: bytes, _folder: Path) -> object:
    """A table that was read, as a list of customers and as one of products: headings in its first line."""
    text = visible(content.decode("utf-8", "replace"))
    lines = [[cell[:LONGEST] for cell in line.split("\t")[:40]] for line in text.split("\n")[:60]]
    wide = max(map(len, lines))
    rows = [(*line, *[""] * (wide - len(line))) for line in lines]
    sheet = RawSheet("清单", tuple(zip(*rows, strict=True)))
    made = []
    for kind in ("customers", "products"):
        shapes = Shapes(sheet, 1, _shipped())
        matches = [one for one in match_columns(rows[0], kind, catalogue(), _shipped(), shapes) if one.header]
        plan = ReadingPlan(kind, Layout(0, rows[0], ()), matches, "2026-10-31", "元", frozenset(), {}, {})
        if plan.key_column() is not None:
            made.append(check(sheet, plan, catalogue(), _shipped(), facts=BookFacts()))
    return made


@cache
def _shipped() -> Rules:
    return Rules.load("general", {})


def _layout(content: bytes, _folder: Path) -> object:
    """A workbook of head office that is filled in."""
    package = Package(content)
    sheets = child(package.read(package.workbook), "sheets")
    for one in sheets if sheets is not None else ():
        grid = LayoutGrid(package, str(one.get("name")))
        grid.text(1, "A")
        grid.settle()
    return package.saved()


def _picture(content: bytes, _folder: Path) -> object:
    return [one.number for one in pictures_of(content)]


def _outward(content: bytes, _folder: Path) -> object:
    """Text that leaves: no cell is a formula, and the file can be written."""
    text = content.decode("utf-8", "surrogateescape")
    shown = (
        outward.plain(text),
        *(cell for line in outward.prose(text).split("\n") for cell in line.split("\t")),
    )
    wild = [
        one for one in shown if outward.like_formula(one) and not one.startswith(("- ", "+ ", "－", "＋"))
    ]
    if wild or (UNSEEN.search(outward.cell_text(text)) and not set(text) & set("\u200d\ufe0f")):
        raise AssertionError(wild)
    book = Workbook()
    outward.fill(book.active.cell(1, 1), text)
    book.save(io.BytesIO())
    return seen_line(text)


def _sheet(ending: str) -> Target:
    def read(content: bytes, folder: Path) -> object:
        """Read a spreadsheet as an import does, in its own process with limits."""
        path = folder / f"list{ending}"
        path.write_bytes(content)
        return read_file(path, cells_max=2_000_000)

    return read


def _slots(content: bytes, folder: Path) -> object:
    path = folder / "a.book"
    path.write_bytes(content)
    key_slots.read(path)
    return unlocking.unlock(path, "not it")


def _code(content: bytes, _folder: Path) -> object:
    text = content.decode("utf-8", "replace")
    return recovery_code.is_code(text), recovery_code.wrong_groups(text)


def _anchor(content: bytes, _folder: Path) -> object:
    return Anchor.parse(content.decode("utf-8", "replace"))


#: name of a target (and of its folder in the corpus) -> what it does
TARGETS: Mapping[str, Target] = {
    "condition": _condition,
    "rules": _rules,
    "tags": _tags,
    "notice": _notice,
    "dialects": _dialects,
    "csv": _sheet(".csv"),
    "xlsx": _sheet(".xlsx"),
    "slots": _slots,
    "code": _code,
    "anchor": _anchor,
    "pc": _pc,
    "cells": _cells,
    "layout": _layout,
    "picture": _picture,
    "outward": _outward,
}
