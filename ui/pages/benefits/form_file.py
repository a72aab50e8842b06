"""The homework form from the window: written as a file, taken in when it is filled (domain 8.4)."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ui.file_questions import existing_file
from ui.page import Page
from ui.widgets.parts import button
from ui.widgets.saving import ask_place
from workbench.base.change import Change
from workbench.base.i18n import _

if TYPE_CHECKING:
    from workbench.sheets.benefit_form import ImportedBenefits

_TABLES = "*.xlsx *.xlsm *.xls *.csv *.ods"
#: refused rows that are named
_NAMED = 6


class BenefitFormFile:
    """Two buttons of the page; `tell` shows what was written or refused."""

    def __init__(self, page: Page, tell: Callable[[str], object]) -> None:
        self._page = page
        self._tell = tell
        tip = _("新达标权益体系:在表格里填好本行的权益,再导入")
        self.template = button(_("写出模板…"), self._write, tip=tip)
        self.take = button(_("导入模板…"), self._choose)

    def _write(self) -> None:
        page, name = self._page, f"{_('新达标权益体系')}.xlsx"
        place = ask_place(page, _("写出模板"), name, _("表格 (*.xlsx)"), ".xlsx")
        if place is None:
            return
        from workbench.sheets.benefit_form import benefits_template

        workbench = page.workbench
        page.tasks.run(
            lambda: workbench.sheets.save(
                benefits_template(workbench.outreach.benefits, workbench.rules),
                place.path,
                replace=place.replace,
            ),
            lambda path: self._tell(_("模板写在 {path};填好后按“导入模板”。").format(path=path)),
            owner=page,
        )

    def _choose(self) -> None:
        kinds = _("填好的模板 ({endings});;全部文件 (*)").format(endings=_TABLES)
        chosen = existing_file(self._page, _("选填好的模板"), "", kinds)
        if chosen:
            self.take_in(Path(chosen))

    def take_in(self, path: Path) -> None:
        """Keep the rules of a filled form in one change; rows that are refused are named."""
        from workbench.sheets.benefit_form import benefit_form, import_benefits

        workbench, made = self._page.workbench, list["ImportedBenefits"]()

        def put() -> Change:
            """Remember the rows that were refused."""
            read = workbench.filled_form(benefit_form(workbench.rules), path)
            made.append(import_benefits(read, workbench.outreach.benefits))
            return made[-1].change

        def words() -> str:
            """How many were kept, how many not."""
            kept = _("导入 {n} 项权益规则,退回 {m} 行。")
            return kept.format(n=made[-1].kept, m=len(made[-1].refused))

        self._page.tasks.write(
            put, lambda _change: self._tell(problem_words(made[-1])), words=words, owner=self._page
        )


def problem_words(made: "ImportedBenefits") -> str:
    """What was not taken of a form, a line each; '' where all was."""
    each = [one.message for one in made.problems[:_NAMED]]
    more = len(made.problems) - len(each)
    if more:
        each.append(_("还有 {n} 处").format(n=more))
    return "\n".join(each)
