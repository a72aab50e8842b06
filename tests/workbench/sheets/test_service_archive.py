"""The service file on paper: masked, one page, what is missing said in a line (domain 1, 17)."""

from tests.workbench.sheets.reading import texts
from workbench.outreach.archive.archive import ArchivePart, FamilyPlan, ServiceArchive
from workbench.outreach.archive.channel import ServiceChannel
from workbench.outreach.archive.evidence import PartEvidence
from workbench.outreach.archive.expert import ExpertBooking
from workbench.rules.parameters import Rules
from workbench.sheets.content import Imprint
from workbench.sheets.service_archive import service_archive_pdf


def test_the_file_is_one_masked_page_with_the_next_step_on_top() -> None:
    parts = (
        ArchivePart("plan", "专属方案", 1, 1, PartEvidence("制定专属方案", "2026-03-02"), "", ""),
        ArchivePart("review", "方案检视", 0, 1, None, "", "约一次方案检视"),
    )
    booking = ExpertBooking(
        1,
        1,
        "0020001234",
        "林建国",
        1,
        "王律师",
        "法律",
        "2026-12-03",
        "给林建国谈遗嘱",
        "booked",
        "已约",
        "",
        False,
    )
    plan = FamilyPlan((), "还没有记", None, 0, "", (), "没有有效风评", (), "还没有年度触点计划")
    made = ServiceArchive(
        1, "0020001234", "林建国", "2026-10-31", "2026-11-16", "钻石", "top", "塔尖", "3专", "3专得1分", parts, "plan",
        plan, ServiceChannel("周敏 8888", "", 2, "first", "2026-11-01"), "", (booking,),
    )  # fmt: skip
    printed = service_archive_pdf(made, Rules.load(), Imprint("周敏", "2026-11-16 09:00:00", None), "S1")
    (page,) = texts(printed)
    assert "建国" not in page
    assert "0020001234" not in page
    assert page.index("下一步") < page.index("制定专属方案")
    for words in (
        "约一次方案检视",
        "还没有年度触点计划",
        "没有有效风评",
        "2个工作小时",
        "王律师",
        "2026-10-31",
    ):
        assert words in page
