"""`Sheets`: the week on paper and in files; what leaves the book is masked, dated and registered."""

import hashlib
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.engine import Book
from workbench.dates import now
from workbench.errors import WorkbenchError, in_words
from workbench.i18n import _
from workbench.outreach.draft import Plan
from workbench.outreach.review import review
from workbench.sheets.content import Imprint, sheet
from workbench.sheets.masking import tail
from workbench.sheets.pdf import PageImage, pages, plan_pdf

if TYPE_CHECKING:
    from workbench.insight.facts import Portrait

#: What a file of each kind tells of a customer, for the export register.
_FIELDS = {
    "plan_pdf": ("name_masked", "customer_no_tail"),
    "plan_xlsx": ("name_masked", "customer_no_tail", "aum", "reason"),
    "portrait_pdf": ("name_masked", "customer_no_tail", "aum", "tags", "reason"),
    "canvas_pdf": ("totals",),
    "pivot_pdf": ("totals",),
}


class Sheets:
    """Makes files from what the other rooms decided, and registers each that is saved."""

    def __init__(self, book: Book, settings: dict[str, Any]) -> None:
        self.book = book
        self.settings = settings
        #: rows about customers in what was made here, by digest: the register says how many left the book
        self._rows: dict[bytes, int] = {}

    def plan_pdf(self, plan: Plan) -> bytes:
        """The 531 sheet: one A4 page, black-and-white safe, names masked."""
        return self._made(plan, plan_pdf(sheet(plan, self._imprint(plan))))

    def plan_xlsx(self, plan: Plan) -> bytes:
        """The same as a workbook, with a customer list whose results can come back."""
        from workbench.sheets.workbook import plan_xlsx

        return self._made(plan, plan_xlsx(plan, sheet(plan, self._imprint(plan))))

    def portrait_pdf(self, found: "Portrait", words: Mapping[str, str]) -> bytes:
        """One customer on one A4 page for the meeting, masked; `words` name channels, results and signals."""
        from workbench.sheets.portrait_sheet import portrait_content, portrait_pdf

        at = now()
        number = f"P{at[:10].replace('-', '')}-{tail(found.customer_no)}"
        printed_by = str(self.settings.get("manager") or "")
        made = portrait_pdf(
            portrait_content(found, words, printed_by=printed_by, printed_at=at, number=number)
        )
        self._rows[_digest(made)] = 1
        return made

    def pages(self, pdf: bytes, dpi: int = 110) -> list[PageImage]:
        """The pages of a PDF as pictures, for preview and printing."""
        return pages(pdf, dpi)

    def save(self, kind: str, content: bytes, path: Path) -> Path:
        """Write a file whole or not at all, and register the export. Raises WorkbenchError file_not_written."""
        try:
            _write_whole(path, content)
        except OSError as error:
            raise WorkbenchError(
                "file_not_written",
                _("{path} 没有写成:{why}。").format(path=path, why=error.strerror or type(error).__name__),
                _("请检查文件夹能否写入、磁盘是否已满,或者文件是否正被打开。"),
                kind=kind,
            ) from error
        with in_words():
            self.book.record(
                "export",
                kind,
                rows=self._rows.get(_digest(content)),
                fields=list(_FIELDS.get(kind, ())),
                bytes=len(content),
            )
        return path

    def _imprint(self, plan: Plan) -> Imprint:
        printed_by = str(self.settings.get("manager") or plan.manager)
        return Imprint(printed_by, now(), review(self.book, plan.week))

    def _made(self, plan: Plan, content: bytes) -> bytes:
        items = (*plan.quick_wins, *plan.needs_resources, *plan.this_week)
        self._rows[_digest(content)] = len({c.customer_id for item in items for c in item.customers})
        return content


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def _write_whole(path: Path, content: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as part:
        scratch = Path(part.name)
        try:
            part.write(content)
            part.close()
            scratch.chmod(0o600)
            scratch.replace(path)
        except OSError:
            part.close()
            scratch.unlink(missing_ok=True)
            raise
