"""Who left a list and who came to it, and why, as far as the figures tell."""

from typing import Any

import pytest

from db.engine import Book
from tests.workbench.intake.people import checked, imported, month, people
from workbench.intake.book.movements import movements
from workbench.intake.checking.checks import AcceptedRows
from workbench.intake.report import CustomerMovement
from workbench.rules.parameters import Rules

WAN = 1_000_000  # fen
AS_OF = "2026-10-31"


class List:
    """The list of 2026-09 in a book, and what 2026-10 says against it."""

    def __init__(self, book: Book, rules: Rules) -> None:
        self.book = book
        self.rules = rules
        imported(book, "2026-09")
        self.names: dict[str, str] = {}

    def before(self, *rows: dict[str, Any], at: str = "2026-09") -> None:
        own = [{k: v for k, v in row.items() if not k.startswith("aum") and k != "branch"} for row in rows]
        ids = people(self.book, *own)
        figures = ("aum_balance", "aum_daily_average", "branch", "manager_name")
        month(self.book, at, {
            who: {key: row.get(key) for key in figures} for who, row in zip(ids, rows, strict=True)
        })  # fmt: skip
        self.names.update({row["customer_no"]: row.get("name") or "" for row in rows})

    def against(self, sheet: AcceptedRows, **more: Any) -> tuple[CustomerMovement, ...]:
        vanished = [(number, name) for number, name in self.names.items() if number not in sheet.keys]
        fresh = [n for n, number in enumerate(sheet.keys) if number not in self.names]
        with self.book.read() as conn:
            return movements(conn, sheet, vanished, fresh, self.rules, **more)

    def causes(self, sheet: AcceptedRows, **more: Any) -> dict[str, str]:
        return {one.customer_no: one.cause for one in self.against(sheet, **more)}


@pytest.fixture
def lists(book: Book, rules: Rules) -> List:
    return List(book, rules)


def stay(count: int, **columns: Any) -> tuple[list[dict[str, Any]], list[str]]:
    """Customers who are on both lists, at 10万 each."""
    rows = [
        {"customer_no": f"stay{n}", "name": f"留{n}", "aum_balance": 10 * WAN, **columns}
        for n in range(count)
    ]
    return rows, [str(row["customer_no"]) for row in rows]


def test_the_first_list_moves_nobody(book: Book, rules: Rules) -> None:
    with book.read() as conn:
        assert movements(conn, checked(AS_OF, ["1"]), [], [0], rules) == ()


def test_who_closed_or_emptied_the_account_is_closed(lists: List) -> None:
    rows, keys = stay(3)
    lists.before(
        *rows,
        {"customer_no": "told", "close_date": "2026-10-08", "aum_balance": 30 * WAN},
        {"customer_no": "empty", "aum_balance": 0, "aum_daily_average": 9 * WAN},
        {"customer_no": "asleep", "aum_balance": 50_000, "is_dormant": 1},
        {"customer_no": "rich", "aum_balance": 30 * WAN},
        {"customer_no": "untold"},
    )
    moved = lists.against(checked(AS_OF, keys))
    assert {one.customer_no: one.cause for one in moved} == {
        "told": "closed", "empty": "closed", "asleep": "closed", "rich": "unknown", "untold": "unknown",
    }  # fmt: skip
    evidence = {one.customer_no: one.evidence for one in moved}
    assert evidence["told"] == "销户日期 2026-10-08。"
    assert evidence["empty"] == "2026-09 时资产只有 0.00 元。"
    assert evidence["rich"] == "2026-09 时资产 300,000.00 元。"
    assert evidence["untold"] == ""


def test_below_the_limit_of_the_list(lists: List) -> None:
    rows, keys = stay(25)
    low, far = {"customer_no": "low", "aum_balance": 4 * WAN}, {"customer_no": "far", "aum_balance": 90 * WAN}
    lists.before(*rows, low, far)
    amounts = [5 * WAN + n * WAN // 4 for n in range(25)]
    sheet = checked(AS_OF, [*keys, "up", "rich"], aum_balance=[*amounts, 5 * WAN + 100, 80 * WAN])
    moved = lists.against(sheet)
    assert {one.customer_no: one.cause for one in moved} == {
        "low": "below_limit", "far": "unknown", "up": "above_limit", "rich": "unknown",
    }  # fmt: skip
    assert moved[0].evidence == "这张表每户都在 5.0万 以上,该客户 2026-09 时是 40,000.00 元。"


def test_a_list_with_small_rows_has_no_limit(lists: List) -> None:
    rows, keys = stay(25)
    lists.before(*rows, {"customer_no": "low", "aum_balance": 4 * WAN})
    assert lists.causes(checked(AS_OF, keys, aum_balance=[100, *[8 * WAN] * 24])) == {"low": "unknown"}


def test_a_list_that_begins_far_above_a_round_amount_was_not_cut_there(lists: List) -> None:
    rows, keys = stay(25)
    lists.before(*rows, {"customer_no": "x", "aum_balance": 5 * WAN})
    assert lists.causes(checked(AS_OF, keys, aum_balance=[9 * WAN] * 25)) == {"x": "unknown"}


def test_a_branch_missing_as_a_whole_is_the_scope_of_the_list(lists: List) -> None:
    rows, keys = stay(5, branch="东街")
    west = [{"customer_no": f"w{n}", "branch": "西街", "aum_balance": 0} for n in range(12)]
    south = [{"customer_no": f"s{n}", "branch": "南街", "aum_balance": 5 * WAN} for n in range(2)]
    lists.before(*rows, *west, *south)
    moved = lists.against(checked(AS_OF, keys, branch=["东街"] * 5))
    causes = {one.customer_no: one.cause for one in moved}
    assert {causes[f"w{n}"] for n in range(12)} == {"partial_scope"}
    assert {causes[f"s{n}"] for n in range(2)} == {"transferred"}
    assert (
        next(one for one in moved if one.customer_no == "w0").evidence == "网点“西街”的 12 户都不在这张表上。"
    )


def test_without_a_branch_column_no_branch_is_missing(lists: List) -> None:
    rows, keys = stay(60, branch="东街")
    lists.before(*rows, *({"customer_no": f"w{n}", "branch": "西街"} for n in range(12)))
    assert set(lists.causes(checked(AS_OF, keys)).values()) == {"unknown"}


def test_many_missing_at_once_are_the_scope_of_the_list(lists: List) -> None:
    rows, keys = stay(20)
    lists.before(*rows, *({"customer_no": f"w{n}", "aum_balance": 9 * WAN} for n in range(12)))
    moved = lists.against(checked(AS_OF, keys))
    assert {one.cause for one in moved} == {"partial_scope"}
    assert moved[0].evidence == "上一份名单 32 户,有 12 户不在这张表上。"


def test_who_left_the_list_of_one_manager_was_probably_handed_over(lists: List) -> None:
    rows, keys = stay(5, manager_name="张三")
    lists.before(*rows, {"customer_no": "x", "manager_name": "张三", "aum_balance": 9 * WAN})
    assert lists.causes(checked(AS_OF, keys, manager_name=["张三"] * 5)) == {"x": "transferred"}


def test_a_new_number_of_the_same_person_is_reported_on_both_sides(lists: List) -> None:
    rows, keys = stay(3)
    lists.before(*rows, {"customer_no": "old1", "name": "王伟", "phone": "13812341234", "aum_balance": 0})
    sheet = checked(AS_OF, [*keys, "new2"], name=[None] * 3 + ["王伟"], phone=[None] * 3 + ["13812341234"])
    gone, came = lists.against(sheet)
    assert (gone.customer_no, gone.cause, came.customer_no, came.cause) == (
        "old1", "number_changed", "new2", "number_changed",
    )  # fmt: skip
    assert gone.evidence.startswith("与尾号 new2 的客户号可能是同一人:")
    assert "手机号相同" in came.evidence


def test_who_is_new_was_opened_came_back_or_was_handed_over(lists: List) -> None:
    rows, keys = stay(3)
    lists.before(*rows)
    (back,) = people(lists.book, {"customer_no": "back", "open_date": "2026-10-01"})
    month(lists.book, "2026-07", {back: {"aum_balance": 5}})
    sheet = checked(
        AS_OF, [*keys, "back", "young", "old", "untold", "future"],
        open_date=[None, None, None, "2026-10-01", "2026-09-15", "2015-03-01", None, "2027-01-01"],
    )  # fmt: skip
    with lists.book.read() as conn:
        moved = movements(conn, sheet, [], [4, 5, 6, 7], lists.rules)
    assert {one.customer_no: (one.cause, one.evidence) for one in moved} == {
        "back": ("returned", "上一次在名单上是 2026-07。"), "young": ("opened", "开户日期 2026-09-15。"),
        "old": ("transferred_in", "2015-03-01 就已开户,上一份名单上没有。"), "untold": ("unknown", ""),
        "future": ("unknown", ""),
    }  # fmt: skip
    assert {one.direction for one in moved} == {"new"}


def test_a_branch_that_comes_as_a_whole_is_the_scope_of_the_list(lists: List) -> None:
    rows, keys = stay(3, branch="东街")
    lists.before(*rows)
    sheet = checked(AS_OF, [*keys, *(f"n{n}" for n in range(10))], branch=["东街"] * 3 + ["西街"] * 10)
    assert set(lists.causes(sheet).values()) == {"partial_scope"}


def test_whom_another_file_of_the_month_names_has_not_vanished(lists: List) -> None:
    rows, keys = stay(3)
    lists.before(*rows, {"customer_no": "x", "aum_balance": 9 * WAN})
    with lists.book.read() as conn:
        month_ids = {
            "x": conn.exec_driver_sql("select id from customers where customer_no = 'x'").scalar_one()
        }
    month(lists.book, "2026-10", {month_ids["x"]: {"aum_balance": 8 * WAN}}, batch=7)
    assert lists.causes(checked(AS_OF, keys)) == {}
    assert lists.causes(checked(AS_OF, keys), replaced=[7]) == {"x": "unknown"}
