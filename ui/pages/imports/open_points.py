"""What keeps a sheet under review from being written until a person answers it."""

from workbench.base.i18n import _
from workbench.intake.report import SheetReport


def lacks(sheet: SheetReport, code: str) -> bool:
    """Whether the sheet as a whole is refused for this reason (a problem code without a row)."""
    return any(one.code == code and one.level == "refuse" and one.row is None for one in sheet.problems)


def open_questions(sheet: SheetReport) -> list[str]:
    """Codes of what keeps this sheet from being written: problems of the whole sheet first, then questions."""
    codes = [question.code for question in sheet.questions if not question.reason]
    if sheet.kind != "none":
        stops = ("no_as_of", "no_customer_number", "unit_suspect")
        codes = [*(code for code in stops if lacks(sheet, code)), *codes]
    return codes


def open_words(sheet: SheetReport) -> str:
    """'2 处待定', '' where nothing keeps the sheet from being written."""
    count = len(open_questions(sheet))
    return _("{n} 处待定").format(n=count) if count else ""
