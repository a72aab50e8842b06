"""A person renames, forgets and mends a dialect, and may take each of it back."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from db.engine import Book
from tests.workbench.intake.monthly import MONTHLY, knowing, the
from workbench.base.change import Change
from workbench.base.errors import WorkbenchError
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.columns.dialect_edits import edit, forget, rename
from workbench.intake.columns.dialects import HeadingChoice, learn


@pytest.fixture
def kept(book: Book) -> Book:
    return knowing(book)


def test_every_edit_can_be_taken_back(kept: Book) -> None:
    before = kept.fingerprint()
    ways: list[Callable[[], Change]] = [
        lambda: rename(kept, MONTHLY.name, "月报"),
        lambda: forget(kept, MONTHLY.name),
        lambda: edit(kept, MONTHLY.name, "级次", HeadingChoice("bank_level"), catalogue()),
        lambda: edit(kept, MONTHLY.name, "口径资产", None, catalogue()),
    ]
    for change in ways:
        done = change()
        assert (done.count, done.tables) == (1, frozenset({"dialects"}))
        assert kept.fingerprint() != before
        assert done.undo_id is not None
        kept.reverse(done.undo_id)
        assert kept.fingerprint() == before


def test_a_field_given_to_one_column_is_taken_from_the_other(kept: Book) -> None:
    edit(kept, MONTHLY.name, "日均口径(元)", HeadingChoice("aum_balance"), catalogue())
    columns = the(kept)[0].columns
    assert columns["日均口径"] == HeadingChoice("aum_balance")
    assert "口径资产" not in columns


def test_an_edit_that_changes_nothing_writes_nothing(kept: Book) -> None:
    before = kept.fingerprint()
    assert edit(kept, MONTHLY.name, "级次", HeadingChoice(), catalogue()).undo_id is None
    assert rename(kept, MONTHLY.name, MONTHLY.name + " ").undo_id is None
    assert kept.fingerprint() == before


@pytest.mark.parametrize(
    ("code", "name", "heading", "choice"),
    [
        ("no_dialect", "没有", "级次", None), ("no_heading", "个人客户资产月报", "没有", None),
        ("no_field", "个人客户资产月报", "级次", HeadingChoice("product_code")),
        ("no_custom", "个人客户资产月报", "级次", HeadingChoice(custom="custom.没有")),
        ("bad_unit", "个人客户资产月报", "级次", HeadingChoice("aum_balance", "两")),
    ],
)  # fmt: skip
def test_an_edit_that_cannot_be_is_refused(
    kept: Book, code: str, name: str, heading: str, choice: HeadingChoice | None
) -> None:
    with pytest.raises(WorkbenchError) as caught:
        edit(kept, name, heading, choice, catalogue())
    assert caught.value.code == code


def test_two_dialects_never_have_one_name(kept: Book) -> None:
    with kept.write("dialect", "x") as writer:
        learn(writer, replace(MONTHLY, name="另一份"))
    for name, code in (
        ("个人客户资产月报", "dialect_exists"),
        (" ", "no_dialect_name"),
        ("长" * 61, "no_dialect_name"),
    ):
        with pytest.raises(WorkbenchError) as caught:
            rename(kept, "另一份", name)
        assert caught.value.code == code
