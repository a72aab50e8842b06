"""The empty workbook of a `FixedForm`: its headings with lists to choose from, how each column is filled, and examples on a
worksheet of their own, which is never read back."""

import io
from collections.abc import Mapping, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from workbench.base.i18n import _, commas
from workbench.base.money import to_yuan
from workbench.base.outward import fill
from workbench.sheets.forms_back.fixed_form import FixedForm, FormColumn
from workbench.sheets.forms_back.form_cells import FormValue
from workbench.sheets.printed import Printed, SheetKind
from workbench.sheets.worksheet import boxes, put, put_head, put_line, put_titles, set_widths

FORM_TEMPLATE = SheetKind("form_template", ())
#: rows that the lists to choose from reach
_ROWS = 60
_HEAD = 4
_HOW_WIDTHS = (18, 8, 46)
_EXAMPLE_WIDTH = 24


def form_template(
    form: FixedForm, rows: Sequence[Mapping[str, FormValue]] = (), *, name: str = ""
) -> Printed:
    """The form as a workbook; `rows` stand in it already (what the book holds, to be changed and brought back); `name`: of the
    file, '' for the form's title. Nobody is named in it."""
    book = Workbook()
    sheet = book.create_sheet(_sheet_name(_(form.title)), 0)
    book.remove(book.worksheets[1])
    _fill(sheet, form, rows)
    words = book.create_sheet(_("填法与示例"))
    _explain(words, form)
    lists = book.create_sheet(_("选项"))
    lists.sheet_state = "hidden"
    _offer(sheet, lists, form, _HEAD + max(_ROWS, len(rows) + 20))
    stream = io.BytesIO()
    book.save(stream)
    return Printed(FORM_TEMPLATE, stream.getvalue(), name or _(form.title), 0, facts={"form": form.code})


def _fill(sheet: Worksheet, form: FixedForm, rows: Sequence[Mapping[str, FormValue]]) -> None:
    widths = [one.width for one in form.columns]
    set_widths(sheet, widths)
    stars = _("带 * 的列必填;每一列怎么填、示例,见工作表「填法与示例」。不要改表头,列的次序可以调。")
    put_titles(sheet, (_(form.title), _(form.about), stars), len(widths))
    put_head(sheet, _HEAD, [_(one.heading) + (" *" if one.required else "") for one in form.columns])
    for number, row in enumerate(rows, _HEAD + 1):
        put_line(sheet, number, [_cell(row.get(one.key), one) for one in form.columns], widths)
    empty = range(_HEAD + 1 + len(rows), _HEAD + 1 + len(rows) + 20)
    for column in range(1, len(widths) + 1):
        boxes(sheet, empty, column)
    sheet.freeze_panes = sheet.cell(_HEAD + 1, 2)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _explain(sheet: Worksheet, form: FixedForm) -> None:
    """A line for each column: so the examples have no row of headings, and are not taken for filled rows."""
    widths = [*_HOW_WIDTHS, *[_EXAMPLE_WIDTH] * len(form.examples)]
    set_widths(sheet, widths)
    put(sheet, 1, 1, _("《{form}》怎么填").format(form=_(form.title)))
    examples = [_("示例{n}").format(n=number) for number, _row in enumerate(form.examples, 1)]
    put_head(sheet, 2, [_("列"), _("必填"), _("怎么填"), *examples])
    for number, column in enumerate(form.columns, 3):
        shown = [_cell(row.get(column.key), column) for row in form.examples]
        must = _("是") if column.required else ""
        put_line(sheet, number, [_(column.heading), must, _how(column), *shown], widths)
    sheet.freeze_panes = "B3"


def _how(column: FormColumn) -> str:
    words = _(column.how)
    if not column.choices:
        return words
    offered = commas(_(word) for word in column.choices.values())
    rule = _("可以写几项,用顿号隔开:{choices}") if column.kind == "choices" else _("选一项:{choices}")
    return "\n".join(part for part in (words, rule.format(choices=offered)) if part)


def _offer(sheet: Worksheet, lists: Worksheet, form: FixedForm, last: int) -> None:
    """Lists to choose from, for the columns that take one word."""
    place = 0
    for number, column in enumerate(form.columns, 1):
        words = [_(word) for word in column.choices.values()] if column.kind == "choice" else []
        words = [_("是"), _("否")] if column.kind == "flag" else words
        if not words:
            continue
        place += 1
        letter = get_column_letter(place)
        for row, word in enumerate(words, 1):
            fill(lists.cell(row, place), word)
        rule = DataValidation(
            type="list", formula1=f"'{lists.title}'!${letter}$1:${letter}${len(words)}", allow_blank=True
        )
        rule.showErrorMessage = True
        rule.error = _("请从列表里选一项。")
        own = get_column_letter(number)
        rule.add(f"{own}{_HEAD + 1}:{own}{last}")
        sheet.add_data_validation(rule)


def _cell(value: FormValue | None, column: FormColumn) -> str | float | Decimal:
    """A value as a person would write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, tuple):
        return commas(_(column.choices.get(one, one)) for one in value)
    if column.kind == "amount" and isinstance(value, int):
        yuan = to_yuan(value) or Decimal(0)
        return int(yuan) if yuan == int(yuan) else yuan
    if column.kind == "share" and isinstance(value, int | float):
        return f"{value * 100:g}%"
    if isinstance(value, str):
        return _(column.choices[value]) if value in column.choices else value
    return value


def _sheet_name(title: str) -> str:
    """A title as Excel takes it for a worksheet: 31 characters, none of []:*?/\\."""
    return "".join(one for one in title if one not in "[]:*?/\\")[:31]
