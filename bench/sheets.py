"""The paper of one manager's week: the 531 with its call sheets, the Monday pack of 300 customers, the workbooks, a
picture of a page."""

import json
import tempfile
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from itertools import count
from pathlib import Path

import typst
from sqlalchemy import select

from bench.data import PASSPHRASE, book_of_months
from bench.measure import Result, median, timed
from bench.pictures import photograph
from db.tables import customers
from workbench.app import Workbench
from workbench.outreach.draft import PlanCustomer, WeekPlan
from workbench.sheets.handed_out import book_mark
from workbench.sheets.picture.opening import pictures_of
from workbench.sheets.picture.reading import KnownSheets, read_picture
from workbench.sheets.printed import Printed

#: customers of the Monday pack, and of its daily lists
PEOPLE, DAYS = 300, 5
PARTS = ("plan", "calls", "day")
_TABLE = """
#let rows = json(bytes(sys.inputs.data))
#set page(paper: "a4", margin: 10mm)
#set text(font: "Workbench Sans SC", size: 10pt)
#table(columns: 8, ..rows.flatten())
"""


def run(size: int = 1_000, months: int = 14) -> list[Result]:
    """The sheets rows of the budget table; the first print of a day pays for loading the typesetter too."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.book"
        book_of_months(path, size, months)
        with Workbench.open(path, PASSPHRASE) as workbench:
            sheets, outreach = workbench.sheets, workbench.outreach
            plan = outreach.plan()
            workbench.insight.engine.ensure()
            first, _ = timed(lambda: (sheets.plan_pdf(plan), sheets.plan_xlsx(plan)))
            second, _ = timed(lambda: (sheets.plan_pdf(plan), sheets.plan_xlsx(plan)))
            outreach.save(_filled(workbench, plan))
            printed = sheets.pack(PARTS, plan.week)
            assert printed.rows >= PEOPLE, printed.rows
            floor = median(_bare(Path(name), PEOPLE + 15 * DAYS))
            pack = median(lambda: sheets.pack(PARTS, plan.week))
            workbook = median(lambda: sheets.pack_xlsx(PARTS, plan.week))
            read = median(_picture(workbench, printed))
        return [
            Result("the week's PDF and xlsx, first print", first, None, 1.0, "s"),
            Result("the week's PDF and xlsx, again", second, None, 1.0, "s"),
            Result(f"Monday pack of {PEOPLE} customers", pack, None, 3.0, "s"),
            Result(f"Monday pack of {PEOPLE} customers, over a bare table of them", pack, floor, 8.0),
            Result(f"Monday pack of {PEOPLE} customers, as workbook", workbook, None, 3.0, "s"),
            Result("a picture of a page of 12 megapixels, read", read, None, 1.0, "s"),
        ]


def _picture(workbench: Workbench, printed: Printed) -> Callable[[], object]:
    """Reads a photograph of the first page of the call sheet, which is behind the 531."""
    [calls] = [one for one in printed.handed if one.kind == "calls_pdf"]
    with workbench.book.read() as conn:
        mark = book_mark(conn)
    content, known = photograph(printed.content, 1), KnownSheets(mark, {calls.number: calls}.get)

    def read() -> object:
        """Every box of the page."""
        [page] = [
            one for picture in pictures_of(content) for one in read_picture(picture, known, workbench.rules)
        ]
        assert len(page.boxes) == len(calls.pages[0].boxes)
        return page

    return read


def _filled(workbench: Workbench, plan: WeekPlan) -> WeekPlan:
    """The plan with so many customers over its five rows, spread over the days of the week."""
    days = workbench.outreach.weeks.of(plan.week).workdays
    with workbench.book.read() as conn:
        people = conn.execute(select(customers.c.id, customers.c.customer_no, customers.c.name).limit(PEOPLE))
        made = [
            PlanCustomer(
                row.id, row.customer_no, row.name, None, "月末余额比高点低四成", day=days[n % len(days)]
            )
            for n, row in enumerate(people)
        ]
    rows = tuple(
        replace(item, customers=tuple(made[number :: len(plan.quick_wins)]))
        for number, item in enumerate(plan.quick_wins)
    )
    return replace(plan, quick_wins=rows)


def _bare(folder: Path, rows: int) -> Callable[[], object]:
    """Typesets a table of so many rows, with the same letters and nothing else."""
    template = folder / "bare.typ"
    template.write_text(_TABLE, "utf-8")
    compiler = typst.Compiler(
        input=template,
        root=folder,
        font_paths=[Path(str(files("resources") / "fonts"))],
        ignore_system_fonts=True,
        sys_inputs={"data": "[]"},
    )

    turns = count(1)

    def typeset() -> object:
        """Another text each time, so that nothing is kept from the last one."""
        turn = next(turns)
        row = ["138****1234", "5-1", "橙灯 已少 12.3万", "10-30 已联系", "", ""]
        body = [[f"{turn}-{number}", f"张** {number}", *row] for number in range(rows)]
        return compiler.compile(format="pdf", sys_inputs={"data": json.dumps(body, ensure_ascii=False)})

    return typeset
