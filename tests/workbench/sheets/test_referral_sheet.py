"""转介单: on paper, as a workbook that comes back; the round trip from sheet to stage, undone in one step."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from db.record import journal
from db.tables import customers
from tests.books import new_workbench
from tests.workbench.outreach.referrals.conftest import PHONE, zhao
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.outreach.referrals.task import ReferralTask
from workbench.outreach.results.entering import Entering
from workbench.sheets.pdf import pages

_DAY = "2026-11-23"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    """A book with two referrals: one agreed, one was not asked yet."""
    monkeypatch.setenv("WORKBENCH_TODAY", _DAY)
    with new_workbench(tmp_path / "r.book") as workbench:
        with workbench.book.write("import", "customers") as writer:
            writer.insert(customers, [{"customer_no": "A1", "no_reversed": "1A", "name": "王五"}])
        room = workbench.outreach.referrals
        room.enter(zhao(giver="loyal", moment="deal", channel="面访", relation="表弟"))
        room.enter(zhao(name="周女士", phone="", agreed="unknown", agreed_way=""))
        yield workbench


class Handed:
    """A workbook that was handed out, to be filled in."""

    def __init__(self, workbench: Workbench, path: Path) -> None:
        self.workbench, self.path = workbench, path
        room = workbench.outreach.referrals
        workbench.sheets.save(workbench.sheets.referrals_xlsx(room.all()), path, replace=True)
        self.file = openpyxl.load_workbook(path)
        self.sheet = self.file.worksheets[0]
        self.top = next(row for row in range(1, 9) if self.sheet.cell(row, 1).value == "号")
        self.heads = {str(cell.value): cell.column for cell in self.sheet[self.top]}

    def fill(self, name: str, **boxes: Any) -> None:
        """Fill in the row of a person (as masked on the sheet)."""
        column = self.heads["被转介人"]
        row = next(
            n for n in range(self.top + 1, 20) if str(self.sheet.cell(n, column).value).startswith(name)
        )
        for head, value in boxes.items():
            place = next(at for text, at in self.heads.items() if text.startswith(head))
            self.sheet.cell(row, place).value = value

    def back(self) -> Entering:
        """The file as it comes back."""
        self.file.save(self.path)
        return self.workbench.results.of_file(self.path)


def task(workbench: Workbench, name: str) -> ReferralTask:
    return next(one for one in workbench.outreach.referrals.all() if one.name == name)


def test_a_filled_sheet_moves_the_referrals_and_is_undone_in_one_step(
    made: Workbench, tmp_path: Path
) -> None:
    sheet = Handed(made, tmp_path / "a.xlsx")
    before = made.outreach.referrals.all()
    sheet.fill(
        "赵", 首触结果="接通有意向", 首触日期="2026-11-21", 见面日期="2026-11-22", 成交产品="定期", 成交金额=50000,
        反馈="2026-11-22", 状态="已见面",
    )  # fmt: skip
    sheet.fill("周", 本人同意="是", 同意方式="电话里说可以", 首触结果=4)
    entering = sheet.back()
    assert (len(entering.rows), entering.conflicts, entering.problems, entering.empty) == (2, (), (), 0)
    change = entering.enter()
    one, other = task(made, "赵先生"), task(made, "周女士")
    assert (one.stage, one.result, one.contacted, one.meeting, one.product, one.amount_fen, one.feedback, one.status) == (
        "met", "接通有意向", "2026-11-21", "2026-11-22", "定期", 5_000_000, "2026-11-22", "已见面",
    )  # fmt: skip
    # nobody answered: that is no first contact, its clock runs on
    assert (other.stage, other.result, other.contacted) == ("consented", "未接", None)
    steps = {each.stage: each.count for each in made.outreach.referral_views.funnel().steps}
    assert steps["met"] == 1
    with pytest.raises(WorkbenchError, match="已经在"):
        made.results.of_file(sheet.path)
    assert change.undo_id is not None
    made.book.reverse(change.undo_id)
    assert made.outreach.referrals.all() == before


def test_an_empty_sheet_enters_nothing_and_what_the_book_has_otherwise_is_asked(
    made: Workbench, tmp_path: Path
) -> None:
    sheet = Handed(made, tmp_path / "b.xlsx")
    entering = sheet.back()
    assert (entering.chosen, entering.empty, entering.enter().undo_id) == ((), 2, None)
    made.outreach.referrals.contact(task(made, "赵先生").id, "有兴趣", "2026-11-22 09:00")
    sheet.fill("赵", 首触结果="接通考虑", 首触日期="2026-11-21")
    # before he was asked: not contacted by us
    sheet.fill("周", 首触结果="接通考虑", 首触日期="2026-11-21")
    entering = sheet.back()
    (conflict,) = entering.conflicts
    assert conflict.there == "账本里:首触日期 2026-11-22 09:00;首触结果 有兴趣"
    assert [one.code for one in entering.problems] == ["no_consent"]
    assert not entering.rows
    entering.take_all()
    entering.enter()
    assert task(made, "赵先生").result == "接通考虑"


def test_a_sheet_moves_on_what_was_known_when_it_was_made(made: Workbench, tmp_path: Path) -> None:
    made.outreach.referrals.change(
        task(made, "赵先生").id, {"status": "待联系", "need": "想给王五存20万,电话13800001111"}
    )
    sheet = Handed(made, tmp_path / "e.xlsx")
    sheet.fill("赵", 首触日期="2026-11-21", 首触结果="接通有意向", 状态="跟进中")
    entering = sheet.back()
    assert (len(entering.rows), entering.conflicts) == (1, ())
    entering.enter()
    assert (task(made, "赵先生").status, task(made, "赵先生").contacted) == ("跟进中", "2026-11-21")
    # the clue can be read by who prepares the talk, people in it cannot
    clue = next(str(cell.value) for cell in sheet.sheet[sheet.top + 2] if "20万" in str(cell.value))
    assert "想给王**存20万" in clue
    assert "13800001111" not in clue


def test_who_does_not_want_to_be_contacted_is_erased(made: Workbench, tmp_path: Path) -> None:
    number = task(made, "周女士").number
    made.outreach.referrals.change(task(made, "周女士").id, {"status": "周女士出差"})
    sheet = Handed(made, tmp_path / "c.xlsx")
    sheet.fill("周", 本人同意="否", 首触结果="周女士说不用了")
    entering = sheet.back()
    assert "周女士" not in str(entering.as_json(None, 0))
    entering.enter()
    one = made.outreach.referrals.numbered(number)
    assert (one.state, one.erased, one.close_reason) == ("declined", True, "本人不同意联系")
    # nor do remarks tell who it was, in what undo stands on either
    assert (one.status, one.result) == ("周**出差", "周**说不用了")
    with made.book.read() as conn:
        assert "周女士" not in str(conn.execute(select(journal.c.before, journal.c.after)).all())


def test_the_paper_masks_the_persons_and_has_two_sheets_a_page(made: Workbench) -> None:
    printed = made.sheets.referrals_pdf(made.outreach.referrals.all())
    assert len(pages(printed.content, 40)) == 1
    (handed,) = printed.handed
    assert (handed.kind, [(row.customer_no, row.item_id) for row in handed.rows]) == (
        "referrals_pdf", [("A1", 2), ("A1", 1)],
    )  # fmt: skip
    # each half is a paper with codes of its own, a box for each result
    assert [len(page.boxes) for page in handed.pages] == [10, 10]
    from pypdfium2 import PdfDocument

    text = PdfDocument(printed.content)[0].get_textpage().get_text_range()
    assert "ZJ-20261120-01" in text
    assert "赵先生" not in text
    assert PHONE not in text


def test_a_paper_is_typed_back_by_its_numbers(made: Workbench, tmp_path: Path) -> None:
    made.sheets.save(made.sheets.referrals_pdf(made.outreach.referrals.all()), tmp_path / "d.pdf")
    pad = made.results.keypad()
    assert [row.who.split()[0] for row in pad.rows] == ["周**", "赵**"]
    pad.type("2", "1")
    made.results.of_keypad(pad).enter()
    one = task(made, "赵先生")
    assert (one.result, one.contacted, one.stage) == ("接通有意向", _DAY, "contacted")
