"""`FixedForm`: the columns of a form that is filled in outside and read back, as data; `read_form`: a filled file -> values of
each row, and the rows that were refused with their reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from workbench.base.dates import today
from workbench.base.errors import RowProblem, WorkbenchError
from workbench.base.i18n import _, commas, in_every_language
from workbench.outreach.results.marks import plain
from workbench.sheets.coming_back.grid import ReturnedSheet
from workbench.sheets.forms_back.form_cells import BadCell, FormValue, cell_text, value_of

#: text; a whole number; an amount written in yuan, kept in fen; a share 0-1, written 5% or 0.05; a day; one word of a list, or
#: several; yes or no
FormKind: TypeAlias = Literal["text", "whole", "amount", "share", "day", "choice", "choices", "flag"]


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column. `heading`, `how` and the words of `choices` (code -> word) are msgids; `most`: characters of a text; `least`,
    `largest`: bounds of a number (an amount: in yuan; a share: 0-1); `width` in characters."""

    key: str
    heading: str
    kind: FormKind = "text"
    how: str = ""
    required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    most: int = 200
    least: float | None = None
    largest: float | None = None
    width: int = 14

    @property
    def headings(self) -> frozenset[str]:
        """Its heading in every language, as it is compared."""
        return frozenset(plain(word) for word in in_every_language(self.heading))


@dataclass(frozen=True, slots=True)
class FixedForm:
    """A form. `title` and `about` are msgids; `examples`: rows shown beside the form, never read back."""

    code: str
    title: str
    about: str
    columns: tuple[FormColumn, ...]
    examples: tuple[Mapping[str, FormValue], ...] = ()


def form_of(
    body: Mapping[str, Any],
    choices: Mapping[str, Mapping[str, str]],
    examples: Sequence[Mapping[str, FormValue]] = (),
) -> FixedForm:
    """A form as a TOML of resources holds it: code, title, about, and `[[column]]` entries with the fields of `FormColumn`;
    `choices` by the key of their column. Raises TypeError for an entry with another key."""
    columns = tuple(FormColumn(**raw, choices=choices.get(raw["key"], {})) for raw in body["column"])
    return FixedForm(body["code"], body["title"], body["about"], columns, tuple(examples))


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row that may enter. `row`: as the program of the file counts; `values`: key of the column -> value, keys of cells left
    empty are absent."""

    sheet: str
    row: int
    values: Mapping[str, FormValue]

    def text(self, key: str) -> str:
        """A text or the code of a choice; '' for an empty cell."""
        value = self.values.get(key)
        return value if isinstance(value, str) else ""

    def whole(self, key: str) -> int | None:
        """A whole number, or an amount in fen; None for an empty cell."""
        value = self.values.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def share(self, key: str) -> float | None:
        """A share 0-1; None for an empty cell."""
        value = self.values.get(key)
        return value if isinstance(value, float) else None

    def several(self, key: str) -> tuple[str, ...]:
        """The codes of several choices; () for an empty cell."""
        value = self.values.get(key)
        return value if isinstance(value, tuple) else ()

    def flag(self, key: str) -> bool | None:
        """Yes or no; None for an empty cell."""
        value = self.values.get(key)
        return value if isinstance(value, bool) else None


@dataclass(frozen=True, slots=True)
class FormRead:
    """A filled form: its rows in the order of the file, and every row that may not enter, with its reason (level 'refuse');
    a column that nobody knows is a problem of level 'info'."""

    rows: tuple[FormRow, ...]
    problems: tuple[RowProblem, ...]

    @property
    def refused(self) -> tuple[RowProblem, ...]:
        """The rows that do not enter."""
        return tuple(one for one in self.problems if one.level == "refuse")


def refuse(row: FormRow, code: str, message: str, column: str | None = None) -> RowProblem:
    """A row that was read but may not enter, as the rules of its own room say."""
    words = _("「{sheet}」第 {row} 行:{fault}").format(sheet=row.sheet, row=row.row, fault=message)
    return RowProblem(row.sheet, row.row, column, code, words, level="refuse")


def read_form(form: FixedForm, grids: Sequence[ReturnedSheet]) -> FormRead:
    """The rows of a filled form, read by its headings, in any order and in every language.

    Raises WorkbenchError not_this_form (no worksheet has its headings), form_columns (one is missing or stands twice),
    form_empty (nothing is filled in).
    """
    rows: list[FormRow] = []
    problems: list[RowProblem] = []
    heads = {number: head for number, grid in enumerate(grids) if (head := _head_of(form, grid)) is not None}
    if not heads:
        raise WorkbenchError(
            "not_this_form",
            _("文件里没有找到《{form}》的表头,没有导入。").format(form=_(form.title)),
            _("请先导出模板,按原来的表头填写;要有的列:{columns}。").format(
                columns=commas(_(one.heading) for one in form.columns if one.required)
            ),
        )
    for number, head in heads.items():
        read, wrong = _rows_of(form, grids[number], head)
        rows += read
        problems += wrong
    if not rows and not any(one.level == "refuse" for one in problems):
        raise WorkbenchError(
            "form_empty",
            _("《{form}》里一行也没有填,没有导入。").format(form=_(form.title)),
            _("请在表头下面一行一项地填写。"),
        )
    return FormRead(tuple(rows), tuple(problems))


def _known(form: FixedForm, cell: object) -> FormColumn | None:
    word = plain(str(cell or "")).rstrip("*")
    return next((one for one in form.columns if word and word in one.headings), None)


def _head_of(form: FixedForm, grid: ReturnedSheet) -> int | None:
    """The row (from 0) of the headings: the first one that names most of the columns that must be filled."""
    needed = {one.key for one in form.columns if one.required}
    for number, row in enumerate(grid.rows):
        named = {one.key for cell in row if isinstance(cell, str) and (one := _known(form, cell)) is not None}
        if len(named) > 1 and 2 * len(named & needed) > len(needed):
            return number
    return None


def _places(form: FixedForm, grid: ReturnedSheet, head: int) -> Mapping[int, FormColumn]:
    places: dict[int, FormColumn] = {}
    for column, cell in enumerate(grid.rows[head]):
        known = _known(form, cell)
        if known is None:
            continue
        if known in places.values():
            raise _wrong_columns(form, grid, _("列「{column}」出现了两次").format(column=_(known.heading)))
        places[column] = known
    missing = [one for one in form.columns if one.required and one not in places.values()]
    if missing:
        names = commas(_("「{name}」").format(name=_(one.heading)) for one in missing)
        raise _wrong_columns(form, grid, _("缺少列 {columns}").format(columns=names))
    return places


def _wrong_columns(form: FixedForm, grid: ReturnedSheet, fault: str) -> WorkbenchError:
    return WorkbenchError(
        "form_columns",
        _("工作表「{sheet}」{fault},没有导入。").format(sheet=grid.name, fault=fault),
        _("请按《{form}》模板的表头改好再导入;列的次序不要紧。").format(form=_(form.title)),
    )


def _rows_of(form: FixedForm, grid: ReturnedSheet, head: int) -> tuple[list[FormRow], list[RowProblem]]:
    places = _places(form, grid, head)
    rows: list[FormRow] = []
    problems = _unknown(grid, head, places)
    merged = _merged(grid, head, places)
    for number in range(head + 1, len(grid.rows)):
        if not any(grid.text(number, column) for column in places):
            continue
        shown = grid.first_row + number
        values, wrong = _values(grid, number, places)
        if number in merged:
            wrong.append((None, "merged_rows", _("有上下合并的单元格,分不清是哪一行的")))
        for column in form.columns:
            if column.required and column in places.values() and column.key not in values and not wrong:
                wrong.append((column, "empty_cell", _("「{column}」没有填").format(column=_(column.heading))))
        if not wrong:
            rows.append(FormRow(grid.name, shown, values))
        for at, code, fault in wrong:
            words = _("「{sheet}」第 {row} 行:{fault}").format(sheet=grid.name, row=shown, fault=fault)
            heading = _(at.heading) if at is not None else None
            problems.append(RowProblem(grid.name, shown, heading, code, words, level="refuse"))
    return rows, problems


def _values(
    grid: ReturnedSheet, number: int, places: Mapping[int, FormColumn]
) -> tuple[dict[str, FormValue], list[tuple[FormColumn | None, str, str]]]:
    """The values of a row, and what is wrong with it: column, code, words."""
    values: dict[str, FormValue] = {}
    wrong: list[tuple[FormColumn | None, str, str]] = []
    for place, column in places.items():
        cell = grid.cell(number, place)
        text = grid.day(number, place, today()) if column.kind == "day" else cell_text(cell)
        if not text:
            continue
        try:
            values[column.key] = value_of(
                text,
                column.kind,
                column.choices,
                most=column.most,
                least=column.least,
                largest=column.largest,
            )
        except BadCell as error:
            fault = _("「{column}」{fault}").format(column=_(column.heading), fault=error)
            wrong.append((column, "bad_cell", fault))
    return values, wrong


def _unknown(grid: ReturnedSheet, head: int, places: Mapping[int, FormColumn]) -> list[RowProblem]:
    """Columns with a heading that the form does not have: said, not read."""
    return [
        RowProblem(
            grid.name, grid.first_row + head, str(cell), "unknown_column",
            _("列「{column}」不是模板里的列,没有读。").format(column=str(cell).strip()), level="info",
        )
        for column, cell in enumerate(grid.rows[head])
        if column not in places and str(cell or "").strip()
    ]  # fmt: skip


def _merged(grid: ReturnedSheet, head: int, places: Mapping[int, FormColumn]) -> frozenset[int]:
    return frozenset(
        number
        for top, left, bottom, right in grid.merged
        if bottom > top and any(left <= column <= right for column in places)
        for number in range(max(top, head + 1), min(bottom, len(grid.rows) - 1) + 1)
    )
