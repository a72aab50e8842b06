"""A plan as xlsx: its nine rows as on paper and the call sheet, set up to print, to be filled in and read back."""

import io

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from workbench.base.errors import in_words
from workbench.base.i18n import _
from workbench.outreach.results.handed_sheet import HandedSheet
from workbench.rules.parameters import Rules
from workbench.sheets.content import footer, plan_name
from workbench.sheets.content import sheet as paper_of
from workbench.sheets.fillable import Choices, FillRows, make_fillable, numbered_line
from workbench.sheets.grid_sheet import grid_sheet
from workbench.sheets.handed_out import HandedOut, book_mark
from workbench.sheets.pack.making import parts_of
from workbench.sheets.pack.material import WeekMaterial
from workbench.sheets.papers import PlanPaper, PlanRow
from workbench.sheets.printed import Printed, SheetKind
from workbench.sheets.worksheet import (
    BOLD,
    FAINT,
    FONT,
    MIDDLE,
    measured,
    put,
    put_head,
    put_line,
    put_titles,
    set_page,
    set_widths,
)

#: widths in characters of the plan's columns; a hidden column after them holds the ids
_WIDTHS = (6, 16, 24, 22, 34, 20, 10, 8, 12)

PLAN_XLSX = SheetKind("plan_xlsx", ("name_masked", "customer_no_tail", "reason"))


def plan_workbook(material: WeekMaterial, handed_out: HandedOut) -> Printed:
    """The workbook of a plan: the first worksheet is the plan, the second everybody of the week, masked. Each has its number, and
    the ids of its rows in a hidden column."""
    plan, rules = material.plan, material.rules
    plan_part, calls_part = parts_of(material, ("plan", "calls"))
    days = rules.whole("sheet.destroy_days")
    handed, called = (
        handed_out.numbered(f"{part.code}_xlsx", plan.week, part.rows, days=days, date=part.date)
        for part in (plan_part, calls_part)
    )
    with in_words(), material.book.read() as conn:
        mark = book_mark(conn)
    book = Workbook()
    first = book.active
    first.title = _("531计划")
    choices = Choices(book, mark, (handed, called))
    content = paper_of(plan, material.imprint, material.listing)
    _plan(first, content, handed, choices, rules)
    dated = footer(calls_part.dated, material.imprint)
    for grid in calls_part.grids:
        grid_sheet(book, grid, called, choices, dated, rules)
    # the words of the lists stand behind what is seen
    book.move_sheet(_("选项"), len(book.sheetnames))
    made = io.BytesIO()
    book.save(made)
    return Printed(
        PLAN_XLSX, made.getvalue(), plan_name(plan), max(plan_part.people, calls_part.people),
        tuple(one for one in calls_part.fields if one not in PLAN_XLSX.fields),
        {"numbers": [handed.number, called.number], "destroy_by": max(handed.destroy_by, called.destroy_by)},
        (handed, called), calls_part.unprinted,
    )  # fmt: skip


def _plan(sheet: Worksheet, content: PlanPaper, handed: HandedSheet, choices: Choices, rules: Rules) -> None:
    words = content["labels"]
    set_widths(sheet, _WIDTHS)
    title = f"{words['title']}  {content['week']}  {content['span']}"
    if content["draft"]:
        title += f"  【{content['draft']}】"
    about = "    ".join(
        f"{label} {text}"
        for label, text in (
            (words["branch"], content["branch"]),
            (words["manager"], content["manager"]),
            (words["capacity"], content["capacity"]),
        )
        if text
    )
    titles = [title, about, numbered_line(handed), *content["warnings"]]
    put_titles(sheet, titles, len(_WIDTHS))
    row = len(titles) + 1
    ended = [words["deadline"], words["five_heads"][6], _("未成原因")]
    five, three, one = words["five_heads"], words["three_heads"], words["one_heads"]
    blocks = (
        (f"5  {words['five']}", [*five[:5], *ended], [_five(line) for line in content["five"]]),
        (
            f"3  {words['three']}",
            [three[0], three[1], five[2], three[4], words["done"], *ended],
            [_three(line) for line in content["three"]],
        ),
        (f"1  {words['one']}", [one[0], five[1], one[1], one[2], one[3], *ended], [_one(line) for line in content["one"]]),
    )  # fmt: skip
    number = 1
    for name, heads, lines in blocks:
        put(sheet, row, 1, name, Font(FONT, 13, bold=True)).alignment = MIDDLE
        sheet.row_dimensions[row].height = 26
        heads = [_("号"), *heads]
        put_head(sheet, row + 1, heads)
        row += 2
        for place, line in enumerate(lines, row):
            put_line(sheet, place, line, _WIDTHS)
            sheet.cell(place, 1).font = sheet.cell(place, 2).font = BOLD
        rows = FillRows(row, range(number, number + len(lines)), plan=True)
        make_fillable(sheet, heads, rows, handed, choices, rules)
        row, number = row + len(lines), number + len(lines)
    last = _foot(sheet, row + 1, content)
    set_page(
        sheet, content["footer"], columns=len(_WIDTHS), last=last, titles=f"1:{len(titles)}", landscape=True
    )
    sheet.freeze_panes = f"A{len(titles) + 1}"


def _foot(sheet: Worksheet, row: int, content: PlanPaper) -> int:
    """The lines below the rows; the last of them."""
    words = content["labels"]
    for label, text in (
        (words["last_week"], content["last_week"]),
        (words["carried"], content["carried"]),
        (words["signature"], ""),
        (words["notes"], " ".join(content["notes"])),
    ):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
        put(sheet, row, 1, label, FAINT)
        sheet.merge_cells(start_row=row, end_row=row, start_column=3, end_column=len(_WIDTHS))
        put(sheet, row, 3, text, wrap=True)
        sheet.row_dimensions[row].height = 16 * max(1, -(-measured(text) // sum(_WIDTHS[2:])))
        row += 1
    return row - 1


def _five(row: PlanRow) -> list[str]:
    spoken = "\n".join(part for part in (row["action"], row["script"]) if part)
    return [
        row["number"],
        row["method"],
        _listed(row),
        row["basis"],
        spoken,
        row["done"],
        _due(row),
        "",
        "",
    ]


def _three(row: PlanRow) -> list[str]:
    needed = f"{row['resource']}\n{row['action']}"
    return [
        row["number"], row["method"], needed, row["basis"], row["fallback"], row["done"], _due(row), "", "",
    ]  # fmt: skip


def _one(row: PlanRow) -> list[str]:
    steps = "\n".join(f"{step['day']} {step['what']}" for step in row["milestones"])
    what = f"{row['method']}\n{row['action']}"
    return [row["number"], what, _listed(row), row["basis"], steps, row["done"], _due(row), "", ""]


def _due(row: PlanRow) -> str:
    """The deadline, and how the row is ticked already: the box itself is empty, so that what stands in it was filled in."""
    ticked = {0: "✓", 1: "½", 2: "×"}.get(row["ticked"])
    return f"{row['due']} {row['weekday']}" + (_("\n已勾 {sign}").format(sign=ticked) if ticked else "")


def _listed(row: PlanRow) -> str:
    """The cell of a row's customers: how many ('12户'), where they stand on the call sheet, then the names, two a line."""
    counted = " ".join(filter(None, [row["count"], row["found"]]))
    names = [name.replace(" ", "\u00a0") for name in row["customers"]]
    pairs = ["   ".join(names[n : n + 2]) for n in range(0, len(names), 2)]
    return "\n".join([counted, *pairs])
