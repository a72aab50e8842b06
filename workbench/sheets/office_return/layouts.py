"""A layout of head office's with what stands below its headings, and the layouts that a book keeps."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import Connection, select

from db.engine import Book
from db.values import Value
from db.week import office_templates
from workbench.base.change import Change
from workbench.base.dates import now
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _, commas
from workbench.outreach.office_return.columns import CUSTOMER_NO, NOTHING, proposals, return_columns
from workbench.people.office_form import OfficeForm, OfficeRow

#: how it is known what stands below a heading: as it was last time, by the heading, by a person; '' for nothing
MappedBy = Literal["remembered", "proposed", "chosen", ""]


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """A heading and what is written below it: a code of `return_columns`, NOTHING to leave it alone. `key`: the heading as
    remembered; `worth`: yuan of a 1; `words`: (our word, the word of the form's own choices for it) that a person chose;
    `field`: of the lists."""

    letter: str
    heading: str
    key: str
    what: str
    how: MappedBy
    worth: int = 1
    words: tuple[tuple[str, str], ...] = ()
    field: str | None = None


@dataclass(frozen=True, slots=True)
class OfficeLayout:
    """A workbook to be filled in. `rows`: those that it has already, the file is then the list itself; () for a template,
    whose rows come from a list."""

    name: str
    sheet: str
    head: int
    columns: tuple[LayoutColumn, ...]
    content: bytes
    rows: tuple[OfficeRow, ...] = ()
    others: tuple[str, ...] = ()
    #: rows about customers in other tables of the file, which are not filled in
    elsewhere: int = 0

    def column(self, what: str) -> LayoutColumn | None:
        """The column in which something stands; None for none."""
        return next((one for one in self.columns if one.what == what), None)

    def with_column(self, letter: str, what: str) -> "OfficeLayout":
        """The layout with another choice below a heading (its letter, or the heading itself); what stood in another column moves
        to this one. Raises WorkbenchError no_such_column, no_such_return."""
        letter = self._named(letter).letter
        if what and what not in return_columns():
            known = commas(f"{one.code}({one.name})" for one in return_columns().values())
            raise WorkbenchError(
                "no_such_return", _("不知道「{what}」是要填什么。").format(what=what),
                _("可以用:{codes}。").format(codes=known),
            )  # fmt: skip
        return replace(self, columns=tuple(_chosen(one, letter, what) for one in self.columns))

    def with_word(self, letter: str, ours: str, theirs: str) -> "OfficeLayout":
        """The layout with the word of a form's own choices for one of ours, '' to leave the cell blank. Raises WorkbenchError
        no_such_column."""
        at = self._named(letter)
        words = dict(at.words) | {ours: theirs}
        changed = replace(at, words=tuple(sorted((one, word) for one, word in words.items() if word)))
        return replace(self, columns=tuple(changed if one is at else one for one in self.columns))

    def _named(self, column: str) -> LayoutColumn:
        plain = column.strip()
        for one in self.columns:
            if plain.upper() == one.letter or plain in (one.heading, one.heading.rsplit("-", 1)[-1], one.key):
                return one
        known = commas(f"{one.letter} {one.heading}" for one in self.columns)
        raise WorkbenchError(
            "no_such_column",
            _("表头里没有「{column}」这一列。").format(column=column),
            _("可以写列号或列名:{columns}。").format(columns=known),
        )


def _chosen(column: LayoutColumn, letter: str, what: str) -> LayoutColumn:
    if column.letter == letter:
        return replace(column, what=what, how="chosen")
    return replace(column, what=NOTHING, how="chosen") if what and column.what == what else column


@dataclass(frozen=True, slots=True)
class KeptTemplate:
    """A template of the book by its name; `used`: when it was filled last, None for never."""

    name: str
    sheet: str
    used: str | None


class OfficeLayouts:
    """The layouts that a book keeps: templates with their file, and of lists that were filled in what stood below which
    heading. Every write is undoable."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def templates(self) -> tuple[KeptTemplate, ...]:
        """The templates, the one used last first."""
        t = office_templates.c
        query = (
            select(t.name, t.sheet, t.used)
            .where(t.file != "")
            .order_by(t.used.is_(None), t.used.desc(), t.name)
        )
        with in_words(), self._book.read() as conn:
            return tuple(KeptTemplate(*row) for row in conn.execute(query))

    def template(self, name: str) -> OfficeLayout:
        """A template by its name. Raises WorkbenchError no_such_template."""
        t = office_templates.c
        with in_words(), self._book.read() as conn:
            row = conn.execute(select(office_templates).where(t.name == name.strip(), t.file != "")).first()
        if row is None:
            raise WorkbenchError(
                "no_such_template", _("没有叫「{name}」的总行模板。").format(name=name),
                _("请先选一次模板文件;workbench office-return 列出已有的模板。"),
            )  # fmt: skip
        columns = [_column(one) for one in json.loads(row.columns)]
        content = base64.b64decode(row.file)
        return OfficeLayout(row.name, row.sheet, row.head, tuple(columns), content)

    def recognised(self, name: str, form: OfficeForm, content: bytes) -> OfficeLayout:
        """A form with what stands below its headings: as remembered, else as the headings propose."""
        with in_words(), self._book.read() as conn:
            known = _remembered(conn)
        offered = proposals(form.columns)
        same = frozenset(one.key for one in form.columns if one.key)
        whole = next((one for one in known if same == frozenset(one)), None)
        columns: list[LayoutColumn] = []
        for one in form.columns:
            what = offered.get(one.letter, NOTHING)
            how: MappedBy = "proposed" if what else ""
            before = (whole or next((kept for kept in known if one.key in kept), {})).get(one.key)
            if before is not None:
                what, how = before.what, "remembered"
            if what and any(what == other.what for other in columns):
                what = NOTHING
            words = before.words if before is not None else ()
            columns.append(
                LayoutColumn(one.letter, one.heading, one.key, what, how, one.worth, words, one.field)
            )
        return OfficeLayout(
            name, form.sheet, form.head, tuple(columns), content, form.rows, form.others, form.elsewhere
        )

    def keep(self, layout: OfficeLayout, *, used: bool = False) -> Change:
        """Keep a layout over an earlier one of its name or its headings: a template with its file, of a list the headings
        alone. Raises WorkbenchError no_number_column."""
        check_numbered(layout)
        row: dict[str, Value] = {
            "sheet": layout.sheet,
            "file": "" if layout.rows else base64.b64encode(layout.content).decode("ascii"),
            "head": layout.head,
            "columns": json.dumps([_kept(one) for one in layout.columns], ensure_ascii=False),
        }
        if used:
            row["used"] = now()
        with in_words(), self._book.write("office_template", "keep") as writer:
            there = _there(writer.conn, layout)
            if there is None:
                name = layout.name if not layout.rows else _("{name}(名单)").format(name=layout.name)
                writer.insert(office_templates, [{"name": name, **row}])
            else:
                writer.update(office_templates, there, row)
            return Change.by(writer, 1)

    def forget(self, name: str) -> Change:
        """Remove a template. Raises WorkbenchError no_such_template."""
        self.template(name)
        with in_words(), self._book.write("office_template", "forget") as writer:
            query = select(office_templates.c.id).where(office_templates.c.name == name.strip())
            writer.delete(office_templates, list(writer.conn.execute(query).scalars()))
            return Change.by(writer, 1)


def check_numbered(layout: OfficeLayout) -> LayoutColumn:
    """The column that says who a row is about. Raises WorkbenchError no_number_column for a layout without one."""
    column = layout.column(CUSTOMER_NO)
    if column is None:
        raise WorkbenchError(
            "no_number_column", _("没有认出哪一列写客户号,不能按户填写。"),
            _("请在列的对应里指明客户号那一列,或者在模板里加一列「客户号」。"),
        )  # fmt: skip
    return column


def _kept(column: LayoutColumn) -> dict[str, object]:
    return {
        "letter": column.letter, "heading": column.heading, "key": column.key, "what": column.what,
        "worth": column.worth, "words": column.words,
    }  # fmt: skip


def _column(kept: dict[str, Any]) -> LayoutColumn:
    words = tuple((str(ours), str(theirs)) for ours, theirs in kept.get("words", ()))
    return LayoutColumn(
        kept["letter"], kept["heading"], kept["key"], kept["what"], "remembered", kept.get("worth", 1), words
    )


def _remembered(conn: Connection) -> list[dict[str, LayoutColumn]]:
    """Heading -> what stood below it, of every layout, the one used last first."""
    t = office_templates.c
    query = select(t.columns).order_by(t.used.is_(None), t.used.desc(), t.id.desc())
    return [
        {one["key"]: _column(one) for one in json.loads(columns) if one["key"]}
        for columns in conn.execute(query).scalars()
    ]


def _there(conn: Connection, layout: OfficeLayout) -> int | None:
    """The id of the kept layout that this one replaces: of a template that of its name, of a list that of its headings."""
    t = office_templates.c
    rows: Sequence[tuple[int, str, str]] = [
        (row[0], row[1], row[2])
        for row in conn.execute(
            select(t.id, t.name, t.columns)
            .where((t.file == "") if layout.rows else (t.file != ""))
            .order_by(t.id)
        )
    ]
    same = {one.key for one in layout.columns}
    for number, name, columns in rows:
        if name == layout.name or (layout.rows and {one["key"] for one in json.loads(columns)} == same):
            return number
    return None
