"""Invitations and badges: addressed by particulars, nothing promised, registered with full names (issue 16, 9)."""

from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import select

from db.record import audit
from db.tables import customers
from tests.workbench.outreach.made import put_customers
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.outreach.gifts.gift import NewGift
from workbench.outreach.salons.salon import NewSalon
from workbench.sheets.printed import Printed

NUMBERS = "900000000001 900000000002 900000000003"


@pytest.fixture
def invited(workbench: Workbench, monkeypatch: pytest.MonkeyPatch) -> Workbench:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-02")
    put_customers(workbench.book, [1, 2, 3])
    with workbench.book.write("import", "customer") as writer:
        writer.update(customers, 1, {"gender": "男"})
        writer.update(customers, 2, {"id_no": "11010519491231002X"})
    workbench.outreach.salons.put(
        NewSalon("防诈骗讲座", "education", "2026-11-20", "14:30", "二楼", budget="3000")
    )
    workbench.outreach.salons.list_guests(1, NUMBERS)
    return workbench


def pages(printed: Printed) -> list[str]:
    document = pypdfium2.PdfDocument(printed.content)
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_each_guest_has_his_letter_with_his_title(invited: Workbench, tmp_path: Path) -> None:
    printed = invited.sheets.salon_letters(1)
    letters = pages(printed)
    assert len(letters) == printed.rows == 3
    names = [one.name for one in invited.outreach.salons.guests(1)]
    # by the list, by the identity number, and without a title where nothing tells
    wanted = [f"尊敬的{names[0]}先生：", f"尊敬的{names[1]}女士：", f"尊敬的{names[2]}："]
    assert [whom for whom, letter in zip(wanted, letters, strict=True) if whom not in letter] == []
    assert "2026年11月20日" in letters[0]
    assert "14:30" in letters[0]
    assert "二楼" in letters[0]
    invited.sheets.save(printed, tmp_path / "letters.pdf")
    with invited.book.read() as conn:
        kept = conn.execute(select(audit).where(audit.c.action == "export")).one()
    assert '"name"' in kept.facts
    assert "活动邀请" in kept.facts


def test_badges_are_for_who_comes(invited: Workbench) -> None:
    with pytest.raises(WorkbenchError) as nobody:
        invited.sheets.salon_labels(1)
    assert nobody.value.code == "nobody"
    invited.outreach.salons.answered(1, [2], comes=True)
    (page,) = pages(invited.sheets.salon_labels(1))
    assert invited.outreach.salons.guests(1)[1].name in page
    assert "防诈骗讲座" in page


def test_no_promise_gets_into_an_invitation(invited: Workbench) -> None:
    with pytest.raises(WorkbenchError) as refused:
        invited.outreach.salons.put(NewSalon("保本理财品鉴", "product", "2026-11-20"))
    assert refused.value.code == "red_line"
    assert "保本" in refused.value.hint
    assert "可以说" in refused.value.hint


def test_the_sheets_of_a_year_know_what_gifts_and_salons_cost(invited: Workbench) -> None:
    invited.outreach.gifts.put(NewGift("900000000001", "茶叶", "2026-11-20", amount="68"))
    material = invited.sheets._year(2026)
    assert material.budget == {"2026-11-20": 306_800}
