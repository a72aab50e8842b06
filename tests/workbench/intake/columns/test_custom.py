"""A column that nobody knows becomes a field with one click, and its cells are kept in one way of writing."""

import pytest

from db.engine import Book
from workbench.base.errors import WorkbenchError
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.cells.values import CellReader
from workbench.intake.columns import custom
from workbench.intake.columns.custom import CustomField, field_for, forget, make, normalised, read_all
from workbench.rules.parameters import Rules


def test_a_field_is_made_once_and_learns_its_other_headings(book: Book) -> None:
    with book.write("dialect", "x") as writer:
        key = make(writer, "结婚纪念日", "date", "结婚纪念日", catalogue())
    with book.write("dialect", "x") as writer:
        assert make(writer, "结婚纪念日", "date", "结婚 日期", catalogue()) == key
    before = book.fingerprint()
    with book.write("dialect", "x") as writer:
        assert make(writer, "结婚纪念日", "date", "结婚纪念日", catalogue()) == key
    assert book.fingerprint() == before
    with book.read() as conn:
        assert read_all(conn) == (CustomField(key, "结婚纪念日", "date", ("结婚日期", "结婚纪念日")),)


def test_a_label_of_the_catalogue_is_marked_as_a_persons_own() -> None:
    assert field_for("备注(2)", "text", (), catalogue()).label == "备注(2)"
    assert field_for("手机号", "text", (), catalogue()).label == "手机号(自定义)"


def test_the_key_is_the_same_in_every_book() -> None:
    first, second = (field_for(header, "flag", (), catalogue()) for header in ("贵宾厅权益", "贵宾厅权益 "))
    assert first == second


@pytest.mark.parametrize(
    ("header", "kind", "code"), [("甲", "colour", "no_custom_kind"), (" ", "text", "no_label")]
)
def test_what_cannot_be_a_field_is_refused(header: str, kind: str, code: str) -> None:
    with pytest.raises(WorkbenchError) as caught:
        field_for(header, kind, (), catalogue())
    assert caught.value.code == code


def test_a_field_taken_away_comes_back_by_undo(book: Book) -> None:
    with book.write("dialect", "x") as writer:
        key = make(writer, "贵宾厅", "flag", "贵宾厅", catalogue())
    before = book.fingerprint()
    change = forget(book, key)
    with book.read() as conn:
        assert read_all(conn) == ()
    assert change.undo_id is not None
    book.reverse(change.undo_id)
    assert book.fingerprint() == before
    with pytest.raises(WorkbenchError) as caught:
        forget(book, "custom.没有")
    assert caught.value.code == "no_custom"


@pytest.mark.parametrize(
    ("kind", "cells", "texts", "faults"),
    [
        ("date", ["20240131", "2024/2/1", 45322.0, ""], ["2024-01-31", "2024-02-01", "2024-01-31", ""], []),
        ("number", ["1,234.50", 12.0, "--", "0.5"], ["1234.5", "12", "", "0.5"], []),
        ("money", ["1.2万", -3.456, "", 0.05], ["12000.00", "-3.46", "", "0.05"], []),
        ("flag", ["是", "N", "", 1.0], ["是", "否", "", "是"], []),
        ("text", ["甲 ", 12.0, None, "NULL"], ["甲", "12", "", ""], []),
        ("date", ["何时", "2024-01-31"], ["何时", "2024-01-31"], [(0, "bad_date")]),
        ("number", ["若干", 1.0], ["若干", "1"], [(0, "bad_number")]),
    ],
)
def test_cells_are_kept_in_one_way_of_writing(
    rules: Rules, kind: str, cells: list[object], texts: list[str], faults: list[tuple[int, str]]
) -> None:
    assert normalised(cells, kind, CellReader(rules)) == (texts, faults)


def test_every_kind_can_be_read(rules: Rules) -> None:
    for kind in custom.KINDS:
        assert normalised(["", None], kind, CellReader(rules))[0] == ["", ""]
