"""The register on paper and as a workbook, for an auditor: rows in words, no customer's value in any (domain 17)."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, language
from workbench.rules.parameters import Rules
from workbench.sheets.content import Imprint, footer, typeset
from workbench.sheets.printed import Printed, SheetKind, typeset_as
from workbench.sheets.worksheet import FAINT, put, put_head, put_line, put_titles, set_page, set_widths
from workbench.trust.ledger import LedgerFilter, register_title
from workbench.trust.ledger_line import LedgerLine
from workbench.trust.verdicts import anchor_words

REGISTER_PDF = SheetKind("register_pdf", ("registered",), "register")
REGISTER_XLSX = SheetKind("register_xlsx", ("registered",))
#: rows on paper: about eighty pages
_MOST_ON_PAPER = 2000
_WIDTHS = (9, 20, 24, 22, 90, 16)


@dataclass(frozen=True, slots=True)
class RegisterPaper:
    """What the register says of a filter."""

    lines: Sequence[LedgerLine]
    what: LedgerFilter
    rules: Rules
    imprint: Imprint

    @property
    def about(self) -> str:
        """Which rows these are."""
        what = self.what
        if what.due:
            which = _("只列该销毁的打印件和导出文件")
        else:
            group = self.rules.text(f"register.group.{what.group}") if what.group else _("全部事项")
            first = _("从 {day}").format(day=what.since) if what.since else _("从最早一行")
            last = _("到 {day}").format(day=what.until) if what.until else _("到现在")
            which = f"{group},{first}{last}"
        return _("{which},共 {n} 行,新的在前。").format(which=which, n=f"{len(self.lines):,}")

    def heads(self) -> list[str]:
        """The headings."""
        return [_("编号"), _("时间"), _("谁"), _("做了什么"), _("详情"), _("销毁")]

    def rows(self) -> list[list[str]]:
        """The rows as texts."""
        return [
            [
                f"#{one.number}",
                one.at,
                one.actor or _("旧版本没有记"),
                one.action,
                one.words,
                state_words(one),
            ]
            for one in self.lines
        ]


def state_words(line: LedgerLine) -> str:
    """Whether a paper was destroyed; '' for what is no paper."""
    if line.ticked is not None:
        return _("已销毁 {day}").format(day=line.ticked.day)
    return _("该销毁") if line.due else _("在用") if line.paper else ""


def register_xlsx(paper: RegisterPaper) -> Printed:
    """The register as a workbook."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("登记簿")
    set_widths(sheet, _WIDTHS)
    put_titles(sheet, [register_title(), paper.about], len(_WIDTHS))
    put_head(sheet, 3, paper.heads())
    for number, row in enumerate(paper.rows(), 4):
        put_line(sheet, number, row, _WIDTHS)
    last = max(4, 3 + len(paper.lines))
    put(sheet, last + 1, 1, anchor_words(paper.imprint.anchor), FAINT)
    sheet.freeze_panes = "A4"
    set_page(
        sheet, footer(None, paper.imprint), columns=len(_WIDTHS), last=last + 1, titles="1:3", landscape=True
    )
    book.properties.keywords = anchor_words(paper.imprint.anchor)
    made = io.BytesIO()
    book.save(made)
    return Printed(REGISTER_XLSX, made.getvalue(), register_title(), 0, facts={"lines": len(paper.lines)})


def register_pdf(paper: RegisterPaper) -> Printed:
    """The register as PDF. Raises WorkbenchError too_many_rows."""
    if len(paper.lines) > _MOST_ON_PAPER:
        raise WorkbenchError(
            "too_many_rows",
            _("登记簿有 {n} 行,纸上最多印 {most} 行。").format(
                n=f"{len(paper.lines):,}", most=f"{_MOST_ON_PAPER:,}"
            ),
            _("请缩短时间或只选一类;全部请存为表格。"),
        )
    content: dict[str, object] = {
        "lang": language(),
        "title": register_title(),
        "says": typeset(paper.about),
        "heads": paper.heads(),
        "rows": [[typeset(cell) for cell in row] for row in paper.rows()],
        "nobody": typeset(_("这一段时间、这一类没有登记的事。")),
        "notes": [
            typeset(
                _(
                    "登记簿只增不改;不含客户的姓名和号码。页脚的审计编号可以用 workbench verify --anchor 核对。"
                )
            )
        ],
        "signs": [_("核对人"), _("主管"), _("日期")],
        "footer": footer(None, paper.imprint),
    }
    made = typeset_as(REGISTER_PDF, content, register_title(), 0)
    return Printed(made.kind, made.content, made.name, 0, facts={"lines": len(paper.lines)})
