"""Checks of lines with a date of their own, beyond the common ones: the date, codes for words, signed amounts."""

from collections.abc import Sequence

from workbench.base.errors import RowProblem
from workbench.base.i18n import _
from workbench.intake.catalogue.fields import PERSON
from workbench.intake.catalogue.sheet_kinds import KindOfSheet
from workbench.intake.cells.code_words import Codes
from workbench.intake.cells.parsed import as_texts, texts_of
from workbench.intake.cells.shown import shown
from workbench.intake.checking.events import settle_events
from workbench.intake.checking.transactions import read_directions
from workbench.intake.checking.work import Work
from workbench.intake.reading.frames import Cell
from workbench.intake.report import fed

#: Fields of the contact log that are kept as codes.
CODED = ("touch_channel", "touch_result", "touch_by")
_UNKNOWN = "other"


def settle_lines(work: Work) -> None:
    """Refuse lines without a date, turn words into codes, give transactions their direction; runs after the cells are
    read and before rows are counted.

    The sheet's date stands in where there is no date column. Sheets whose rows have no date of their own are left
    as they are. Faults: missing_field, unknown_word, direction_unknown, summed_by_day.
    """
    kind = work.catalogue.kinds.get(work.plan.kind)
    if kind is None or not kind.date:
        return
    _dates(work, kind)
    if kind.summed:
        _directions(work)
        _say_summed(work)
        work.kept = []
        work.leftovers.clear()
        return
    if kind.name == "events":
        settle_events(work)
    _keep_person(work)
    for key in CODED:
        if key in work.columns:
            _coded(work, key)


def _dates(work: Work, kind: KindOfSheet) -> None:
    dates = work.columns.get(kind.date)
    header = work.header(kind.date)
    if dates is None:
        work.columns[kind.date] = dates = [work.plan.as_of] * len(work.rows.data)
    if None not in dates:
        return
    label = work.catalogue[kind.date].shown()
    match = work.match(kind.date)
    cells: Sequence[Cell] = work.cells(match.index) if match else dates
    for row, value in enumerate(dates):
        if value is None:
            _refuse(work, row, header, "missing_field", cells[row], _missing(label))


def _directions(work: Work) -> None:
    match = work.match("txn_direction")
    words = [shown(cell) for cell in work.cells(match.index)] if match else None
    directions = read_directions(work.columns, words, len(work.rows.data), work.rules)
    for row in directions.without_amount:
        label = work.catalogue["txn_amount"].shown()
        _refuse(work, row, work.header("txn_amount"), "missing_field", None, _missing(label))
    header = match.header if match else work.header("txn_amount")
    for row in directions.unknown:
        sentences = (
            _("看不出这一笔是转入还是转出,没有导入。"), _("请补上借贷方向(借/贷、收/支),或用正负号区分。"),
        )  # fmt: skip
        value = words[row] if words else None
        _refuse(work, row, header, "direction_unknown", value, sentences)
    work.columns["txn_in"], work.columns["txn_out"] = list(directions.came), list(directions.went)


def _say_summed(work: Work) -> None:
    message = _("流水按客户、按日汇总后存入账本,逐笔的摘要和对手不保存。")
    work.problems.add(RowProblem(work.sheet.name, None, None, "summed_by_day", message, None, "info"))


def _keep_person(work: Work) -> None:
    """Keep phone and identity number with the row as found: tables of lines have no column for them."""
    for key in PERSON[1:]:
        header, column = work.header(key), texts_of(work.columns, key)
        if column is not None and header is not None:
            for row, value in enumerate(column):
                if value is not None:
                    work.left_aside(row, header, value)


def _coded(work: Work, key: str) -> None:
    codes = Codes(work.rules, key)
    column = as_texts(work.columns[key])
    table = {word: codes.find(word) for word in set(column) if word is not None}
    work.columns[key] = [None if word is None else table[word] or _spare(key) for word in column]
    unknown = {word for word, code in table.items() if code is None}
    if not unknown:
        return
    header = work.header(key) or work.catalogue[key].shown()
    message = _("不认识这个写法,按“其他”保存,原话留在备查栏。")
    proposal = _("常用的写法可在规则里加入词表。")
    for row, word in enumerate(column):
        if word is not None and word in unknown:
            work.left_aside(row, header, word)
            work.problems.add(
                RowProblem(
                    work.sheet.name,
                    work.shown_rows[row],
                    header,
                    "unknown_word",
                    message,
                    word,
                    "warning",
                    proposal,
                    field=key,
                )
            )


def _spare(key: str) -> str | None:
    """The code for an unknown word; None for who began a contact, which has no third code."""
    return None if key == "touch_by" else _UNKNOWN


def _missing(label: str) -> tuple[str, str]:
    return _("这一行缺“{field}”,没有导入。").format(field=label), _("请补上后再导入。")


def _refuse(
    work: Work, row: int, header: str | None, code: str, value: Cell, sentences: tuple[str, str]
) -> None:
    """Refuse a row once; `sentences` are the message and the proposal."""
    if not work.keep[row]:
        return
    work.keep[row] = False
    problem = RowProblem(
        work.sheet.name, work.shown_rows[row], header, code, sentences[0], shown(value) or None, "refuse", sentences[1],
        field=fed(work.plan.matches).get(header or ""),
    )  # fmt: skip
    work.refusals.setdefault(work.rows.data[row], []).append(problem)
    work.problems.add(problem)
