"""The register in words: newest first, no customer's value in it, papers due after 30 days and ticked off (domain 17)."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.books import new_workbench
from tests.workbench.outreach.made import put_customers
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.trust.ledger import LedgerFilter
from workbench.trust.register import Outgoing

NAME = "欧阳修远"
LATER = (dt.date.today() + dt.timedelta(days=31)).isoformat()


@pytest.fixture(scope="module")
def workbench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """One print, one file, one document and one look at a customer, each with his name in what a person typed."""
    folder = tmp_path_factory.mktemp("ledger")
    with new_workbench(folder / "支行.book", "春风化雨 2026") as made:
        put_customers(made.book, range(1, 4))
        with made.book.write("correction", "name") as writer:
            from db.tables import customers

            writer.update(customers, 1, {"name": NAME})
        door, what = (
            made.register,
            Outgoing("list_xlsx", 3, ("name_masked",), {"purpose": f"{NAME}家访 13912345678"}),
        )
        door.save(what, b"x", folder / f"名单{NAME}.xlsx")
        door.printed(Outgoing("plan_pdf", 3, ("name_masked",)), 2, 1)
        door.hand_over(Outgoing("plan_json", 3), {})
        door.save(Outgoing("form_template", 0), b"x", folder / "模板.xlsx")
        door.unmasked("0001", f"核对{NAME}")
        made.book.record("failed_login", times=3, first="a", last="b")
        made.book.record("unheard_of", note=NAME)
        yield made


def test_every_row_has_words_and_names_nobody(workbench: Workbench) -> None:
    lines = workbench.ledger.lines(LedgerFilter())
    assert [one.number for one in lines] == sorted((one.number for one in lines), reverse=True)
    told = "\n".join(f"{one.words} {one.purpose} {one.path} {one.as_json()}" for one in lines)
    assert NAME not in told
    assert "13912345678" not in told
    assert all(one.action and "@" in one.actor for one in lines)
    words = {one.code: f"{one.action} {one.words}" for one in lines}
    assert "看完整信息 客户号尾号 0001 · 理由:核对欧**" in words["unmask"]
    assert "输错 3 次" in words["failed_login"]
    assert words["correction"].startswith("更正客户资料")
    assert words["unheard_of"].strip() == "其他改动"
    export = next(one for one in lines if one.kind == "list_xlsx")
    assert "名单(Excel) · 3 行 · 栏目:姓名(已遮盖) · 用途:欧**家访 139****5678" in export.words


def test_filters_are_counted_and_paged_alike(workbench: Workbench) -> None:
    ledger = workbench.ledger
    out = LedgerFilter(group="out")
    assert ledger.count(out) == len(ledger.lines(out)) == 4
    assert ledger.lines(out, 1, 2) == ledger.lines(out)[1:3]
    assert ledger.count(LedgerFilter(until="2020-01-01")) == 0
    assert [one.code for one in ledger.lines(LedgerFilter(group="seen"))] == ["unmask"]
    assert "unheard_of" in {one.code for one in ledger.lines(LedgerFilter(group="other"))}


def test_papers_are_due_after_thirty_days_and_are_ticked_off(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = workbench.ledger
    assert ledger.due() == 0
    monkeypatch.setenv("WORKBENCH_TODAY", LATER)
    due = ledger.lines(LedgerFilter(due=True))
    assert {one.kind for one in due} == {"list_xlsx", "plan_pdf"}
    assert all(one.due for one in due)
    numbers = [one.number for one in due]
    change = ledger.tick_off(numbers, "shredded", f"{NAME}的也碎了")
    assert ledger.due() == 0
    newest, *_rest = ledger.lines(LedgerFilter(group="person"))
    assert newest.words == "登记簿 " + "、".join(f"#{one}" for one in sorted(numbers)) + " · 纸已粉碎"
    ticked = next(one.ticked for one in ledger.lines(LedgerFilter()) if one.number == numbers[0])
    assert ticked is not None
    assert (ticked.day, ticked.note) == (LATER, "欧**的也碎了")
    with pytest.raises(WorkbenchError, match="已经登记过"):
        ledger.tick_off(numbers[:1], "deleted")
    assert change.undo_id is not None
    workbench.undo(change.undo_id)
    assert ledger.due() == 2


def test_what_tells_of_nobody_cannot_be_ticked_off(workbench: Workbench) -> None:
    form = next(one for one in workbench.ledger.lines(LedgerFilter()) if one.kind == "form_template")
    assert not form.paper
    with pytest.raises(WorkbenchError, match="不是打印或导出的客户资料"):
        workbench.ledger.tick_off([form.number], "shredded")


def test_a_print_that_never_came_out_is_no_paper_and_one_that_broke_off_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with new_workbench(tmp_path / "支行.book", "春风化雨 2026") as made:
        what = Outgoing("plan_pdf", 3, ("name_masked",))
        numbers = [made.register.printed(what, 2, 1) for _time in range(3)]
        made.register.not_printed(what, numbers[0], 0)
        made.register.not_printed(what, numbers[1], 1)
        ledger = made.ledger
        lines = {one.number: one for one in ledger.lines(LedgerFilter())}
        assert [lines[one].paper for one in numbers] == [False, True, True]
        assert lines[numbers[0]].words.endswith("没有出纸")
        words = [one.words for one in lines.values() if one.code == "print_failed"]
        assert [
            f"#{numbers[1]} 的打印中断,可能已出 1 页" in words[0],
            f"#{numbers[0]} 的打印没有出纸" in words[1],
        ] == [
            True,
            True,
        ]
        monkeypatch.setenv("WORKBENCH_TODAY", LATER)
        assert ledger.due() == 2
        assert [one.number for one in ledger.lines(LedgerFilter(due=True))] == numbers[:0:-1]
        with pytest.raises(WorkbenchError, match="不是打印"):
            ledger.tick_off([numbers[0]], "shredded")
        ledger.tick_off(numbers[1:], "shredded")
        assert ledger.due() == 0
