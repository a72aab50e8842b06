"""What goes to a spreadsheet is text there: no formula, nothing unseen, no more than a cell holds; every writer asks this."""

import ast
import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from workbench.base import outward

ROOT = Path(__file__).parents[3]
PLANTED = (
    "=cmd|' /C calc'!A0",
    "+1",
    "@SUM(A1)",
    "-2+3",
    "＝1+1",
    "＋1",
    "－2",
    "＠SUM",
    " =1",
    "\t=1",
    "\n=1",
    "\u202e=1",
)
#: modules that hold sums or cells as a spreadsheet has them, or that write made-up lists to be read
APART = ("workbench/sample/", "workbench/intake/reading/")
#: what makes a workbook, a line of CSV or the clipboard
MAKERS = {"Workbook", "WriteOnlyCell", "writer", "DictWriter", "clipboard"}


@pytest.mark.parametrize("text", PLANTED)
def test_a_formula_is_text_in_a_cell_of_csv_and_of_the_clipboard(text: str) -> None:
    assert outward.like_formula(outward.cell_text(text))
    assert outward.plain(text).startswith("'")
    assert all(
        not outward.like_formula(cell)
        for line in outward.prose(text).split("\n")
        for cell in line.split("\t")
    )


@pytest.mark.parametrize("text", PLANTED)
def test_a_formula_is_text_in_a_workbook(text: str) -> None:
    book, made = Workbook(), io.BytesIO()
    outward.fill(book.active.cell(1, 1), text)
    book.save(made)
    cell = load_workbook(made).active.cell(1, 1)
    assert (cell.data_type, cell.quotePrefix, cell.value) == ("s", True, outward.cell_text(text))


@pytest.mark.parametrize("text", ["张三", "1-2", "- 带上身份证", "", "5%", "a=b"])
def test_words_stay_as_they_are(text: str) -> None:
    assert outward.prose(text) == text
    assert outward.plain(text) == text or text.startswith("-")


def test_a_line_of_prose_that_calls_something_is_no_point_of_a_list() -> None:
    assert outward.prose("好的\n- cmd|' /C calc'!A0\t=1") == "好的\n'- cmd|' /C calc'!A0\t'=1"


def test_a_cell_holds_no_more_than_a_spreadsheet_takes_and_nothing_that_no_file_takes() -> None:
    assert len(outward.cell_text("长" * 40_000)) == outward.LONGEST
    assert outward.cell_text("长" * 40_000).endswith("…")
    book, made = Workbook(), io.BytesIO()
    outward.fill(book.active.cell(1, 1), "a\x00\x01\x0b\ud800\uffff\u202eb")
    outward.fill(book.active.cell(2, 1), 5)
    book.save(made)
    sheet = load_workbook(made).active
    assert (sheet.cell(1, 1).value, sheet.cell(2, 1).value) == ("a\n\ufffd\ufffdb", 5)


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _modules() -> list[tuple[str, ast.Module]]:
    paths = [path for floor in ("workbench", "ui") for path in sorted((ROOT / floor).rglob("*.py"))]
    names = [(path.relative_to(ROOT).as_posix(), path) for path in paths]
    return [(name, ast.parse(path.read_text("utf-8"))) for name, path in names if not name.startswith(APART)]


def test_every_module_that_writes_for_a_spreadsheet_asks_this_place() -> None:
    """A new writer of workbooks, CSV or the clipboard has to fill its cells through `outward`, or through who does."""
    through = {"workbench.base.outward", "workbench.sheets.worksheet", "ui.clipboard"}
    wild, seen = [], 0
    for name, tree in _modules():
        calls = {_called(node) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        loads = {node.module for node in froms} | {
            f"{node.module}.{one.name}" for node in froms for one in node.names
        }
        if calls & MAKERS:
            seen += 1
            if not loads & through:
                wild.append(name)
    assert seen >= 9
    assert wild == []


def test_no_module_writes_a_value_into_a_cell_by_itself_or_knows_the_signs() -> None:
    wild = []
    for name, tree in _modules():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and _called(node) == "cell"
                and isinstance(node.func, ast.Attribute)
            ):
                value = node.args[2:] or [one for one in node.keywords if one.arg == "value"]
                if value and name.startswith("workbench/") and "sheet" in ast.unparse(node.func.value):
                    wild.append(f"{name}:{node.lineno}")
            if isinstance(node, ast.Tuple) and name != "workbench/base/outward.py":
                signs = {one.value for one in node.elts if isinstance(one, ast.Constant)}
                if signs >= {"=", "+", "@"}:
                    wild.append(f"{name}:{node.lineno}")
    assert wild == []
