"""Where every figure came from: file, sheet, row, column as found, import, and what stood there before."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import insert

from db.engine import Book
from db.journal import Writer
from db.record import batches, custom_fields
from db.tables import customers, holdings, snapshots, touches
from workbench.base.errors import WorkbenchError
from workbench.base.sensitivity import CLOSED, sensitivity_of
from workbench.insight.portrait.provenance import EarlierValue, FigureSource
from workbench.insight.room import Insight
from workbench.rules.parameters import Rules

MAPPING = [
    {"column": "客户编号", "field": "customer_no", "letter": "A", "columns": [["customers", "customer_no"]]},
    {"column": "金融资产余额(元)", "field": "aum_balance", "letter": "F", "columns": [["snapshots", "aum_balance"]]},
    {"column": "产品开放日", "field": "branch_of_file", "letter": "G",
     "columns": [["customers", "branch"], ["snapshots", "branch"]]},
    {"column": "积分", "field": None, "letter": "H", "columns": []},
]  # fmt: skip


def history(writer: Writer, file: str, mapping: list[Mapping[str, Any]] = MAPPING, **facts: Any) -> int:
    row = {
        "change_id": writer.change_id, "at": "2026-11-02 09:00:00", "file": file, "file_hash": file, "sheet": "客户清单",
        "kind": "customers", "as_of": "2026-10-31", "month": "2026-10", "rows": 1, "new": 1, "changed": 0,
        "unchanged": 0, "vanished": 0, "refused": 0, "totals": "[]", "problems": "[]",
        "mapping": json.dumps(mapping, ensure_ascii=False), **facts,
    }  # fmt: skip
    return int(writer.conn.execute(insert(batches).returning(batches.c.id), row).scalar_one())


@pytest.fixture
def told(book: Book) -> Book:
    """One customer told for 2026-10 by 月报.xlsx, row 12."""
    with book.write("import", "月报.xlsx") as writer:
        batch = history(writer, "月报.xlsx")
        where = {"batch_id": batch, "source_row": 12}
        writer.insert(customers, [{"customer_no": "1", "branch": "东街", "extra": '{"积分": "88"}', **where}])
        writer.insert(snapshots, [{
            "customer_id": 1, "month": "2026-10", "as_of": "2026-10-31", "aum_balance": 100, "fund_balance": 7,
            "branch": "东街", **where,
        }])  # fmt: skip
    return book


def sources(book: Book, as_of: str | None = None) -> dict[tuple[str, str], FigureSource]:
    found = Insight(book, Rules.load()).provenance("1", as_of)
    keyed = {(one.table, one.field): one for one in found}
    assert len(keyed) == len(found)
    return keyed


def correct(book: Book, file: str = "更正.xlsx", *, row: int = 5, **figures: Any) -> int:
    """A later import changes some columns of the month's row; returns the change."""
    with book.write("import", file) as writer:
        batch = history(writer, file)
        writer.update(snapshots, 1, {**figures, "batch_id": batch, "source_row": row})
        return writer.change_id


def test_a_figure_names_its_cell(told: Book) -> None:
    found = sources(told)
    assert found["snapshots", "aum_balance"] == FigureSource(
        "snapshots", 1, "2026-10", "aum_balance", "金融资产时点余额", 100, "file", "月报.xlsx", "客户清单", 12,
        "金融资产余额(元)", "F12", "2026-10-31", 1, "2026-11-02 09:00:00",
        masks=sensitivity_of("aum_balance"),
    )  # fmt: skip
    branch = found["customers", "branch"]
    assert (branch.month, branch.column, branch.cell) == (None, "产品开放日", "G12")
    assert found["snapshots", "branch"].cell == "G12"
    assert found["customers", "customer_no"].cell == "A12"


def test_a_column_that_no_field_took_has_its_source_too(told: Book) -> None:
    points = sources(told)["customers", "积分"]
    assert (points.value, points.label, points.column, points.cell) == ("88", "积分", "积分", "H12")
    assert points.masks == CLOSED


def test_a_figure_whose_column_is_not_known_still_names_file_and_row(told: Book) -> None:
    fund = sources(told)["snapshots", "fund_balance"]
    assert (fund.file, fund.row, fund.column, fund.cell) == ("月报.xlsx", 12, "", "")


def test_only_what_a_later_import_changed_comes_from_it(told: Book) -> None:
    correct(told, aum_balance=150)
    found = sources(told)
    aum = found["snapshots", "aum_balance"]
    assert (aum.value, aum.file, aum.cell, aum.batch) == (150, "更正.xlsx", "F5", 2)
    assert aum.earlier == (
        EarlierValue(100, "月报.xlsx", "客户清单", 12, "2026-10-31", 1, "2026-11-02 09:00:00"),
    )
    fund = found["snapshots", "fund_balance"]
    assert (fund.file, fund.row, fund.earlier) == ("月报.xlsx", 12, ())


def test_the_same_row_number_in_both_files_confuses_nobody(told: Book) -> None:
    correct(told, row=12, aum_balance=150)
    correct(told, "三稿.xlsx", row=12, fund_balance=9)
    found = sources(told)
    aum, fund = found["snapshots", "aum_balance"], found["snapshots", "fund_balance"]
    assert (aum.file, aum.cell, aum.earlier[0].file) == ("更正.xlsx", "F12", "月报.xlsx")
    assert (fund.file, fund.row, fund.earlier[0].value) == ("三稿.xlsx", 12, 7)


def test_a_book_of_before_kept_the_row_number_only_where_it_differed(told: Book) -> None:
    correct(told, row=12, aum_balance=150)
    with told.derive() as conn:
        conn.exec_driver_sql(
            "update journal set after = json_remove(after, '$.source_row') where op = 'update'"
        )
    assert sources(told)["snapshots", "aum_balance"].cell == "F12"


def test_an_undone_import_gives_nothing(told: Book) -> None:
    before = sources(told)
    change = correct(told, aum_balance=150)
    told.reverse(change)
    assert sources(told) == before


def test_what_a_person_changed_by_hand_names_no_file(told: Book) -> None:
    with told.write("merge", "by hand") as writer:
        writer.update(snapshots, 1, {"aum_balance": 180})
    aum = sources(told)["snapshots", "aum_balance"]
    assert (aum.by, aum.file, aum.cell, aum.earlier[0].value) == ("merge", None, "", 100)
    with told.write("touch", "by hand") as writer:
        row = {
            "customer_id": 1,
            "date": "2026-10-02",
            "channel": "phone",
            "result": "reached",
            "initiated_by": "m",
        }
        writer.insert(touches, [row])
    contact = sources(told)["touches", "result"]
    assert (contact.by, contact.month, contact.file) == ("hand", "2026-10-02", None)


def test_a_cell_typed_over_before_the_import_says_so(told: Book) -> None:
    edits = json.dumps(
        [{"row": 5, "letter": "F", "text": "1.5"}, {"row": 5, "column": "产品开放日", "by": "fix"}]
    )
    with told.write("import", "更正.xlsx") as writer:
        batch = history(writer, "更正.xlsx", edits=edits)
        new = {"aum_balance": 150, "branch": "西街", "fund_balance": 1, "batch_id": batch, "source_row": 5}
        writer.update(snapshots, 1, new)
    found = sources(told)
    assert [found["snapshots", name].by for name in ("aum_balance", "branch", "fund_balance")] == [
        "edit",
        "fix",
        "file",
    ]


def test_an_import_that_kept_no_places_has_columns_named_as_its_fields(book: Book) -> None:
    with book.write("import", "旧.xlsx") as writer:
        batch = history(
            writer, "旧.xlsx", [{"column": "AUM", "field": "aum_balance", "how": "exact", "score": 100}]
        )
        writer.insert(customers, [{"customer_no": "1"}])
        row = {
            "customer_id": 1,
            "month": "2026-10",
            "as_of": "2026-10-31",
            "batch_id": batch,
            "source_row": 4,
        }
        writer.insert(snapshots, [{**row, "aum_balance": 1}])
        writer.insert(holdings, [{**row, "kind": "holding", "line": 1, "amount": 5}])
    found = sources(book)
    assert (found["snapshots", "aum_balance"].column, found["snapshots", "aum_balance"].cell) == ("AUM", "")
    assert found["holdings", "amount"].file == "旧.xlsx"


def test_custom_fields_twins_and_unconfirmed_columns_find_their_own_heading(book: Book) -> None:
    mapping = [
        {"column": "等级分", "field": None, "letter": "C", "custom": "custom.积分", "columns": []},
        {"column": "备注", "field": None, "letter": "D", "columns": []},
        {"column": "备注", "field": None, "letter": "E", "columns": []},
        {"column": "资产额", "field": "aum_balance", "how": "similar", "letter": "F",
         "columns": [["snapshots", "aum_balance"]]},
        {"column": "AUM", "field": "aum_balance", "how": "exact", "letter": "B", "columns": [["snapshots", "aum_balance"]]},
    ]  # fmt: skip
    extra = '{"备注": "x", "备注(2)": "y", "积分": "88", "资产额": "3"}'
    with book.write("import", "月报.xlsx") as writer:
        writer.insert(
            custom_fields, [{"key": "custom.积分", "label": "积分", "kind": "text", "headings": "[]"}]
        )
        where = {"batch_id": history(writer, "月报.xlsx", [*mapping[::-1]]), "source_row": 4}
        writer.insert(customers, [{"customer_no": "1", "extra": extra, **where}])
        row = {"customer_id": 1, "month": "2026-10", "as_of": "2026-10-31", "aum_balance": 1, **where}
        writer.insert(snapshots, [row])
    found = sources(book)
    assert found["snapshots", "aum_balance"].cell == "B4"
    cells = {field: one.cell for (table, field), one in found.items() if table == "customers"}
    assert cells == {"customer_no": "", "备注": "E4", "备注(2)": "D4", "积分": "C4", "资产额": "F4"}


def test_an_earlier_month_ends_there_and_money_is_told_in_yuan(told: Book) -> None:
    assert {table for table, _field in sources(told, "2026-09")} == {"customers"}
    correct(told, aum_balance=150)
    said = sources(told)["snapshots", "aum_balance"].as_json()
    assert (said["value"], said["cell"], said["earlier"][0]["value"]) == (1.5, "F5", 1.0)


def test_an_unknown_number_is_said_in_words(book: Book) -> None:
    with pytest.raises(WorkbenchError) as said:
        sources(book)
    assert said.value.code == "no_such_customer"
