"""`Selling`: the product sheets of a book, written, changed, taken away, and the guide of its hook products."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from db.engine import Book
from db.journal import Writer
from db.playbook import product_sheets
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.insight.products.room import Matrix
from workbench.insight.selling.checking import checked_name, checked_sheet
from workbench.insight.selling.guide import HookGuide
from workbench.insight.selling.guiding import HookScript, guide_of
from workbench.insight.selling.listed import listed_products
from workbench.insight.selling.reading import sheets_of
from workbench.insight.selling.sheet import ListedProduct, NewSheet, ProductSheet
from workbench.insight.tags.engine import Engine
from workbench.people.red_words import lines_in_force
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class SheetsTaken:
    """What became of sheets that were taken in: how many are stored, and place (from 0) -> why that one stayed out."""

    change: Change
    stored: int
    faults: Mapping[int, WorkbenchError]


class Selling:
    """The product sheets of a book. Every write is undoable and refuses words across the red lines."""

    def __init__(self, book: Book, rules: Rules, engine: Engine, matrix: Matrix) -> None:
        self._book = book
        self._rules = rules
        self._engine = engine
        self._matrix = matrix

    # -- reading -------------------------------------------------------------------------------------------

    def listed(self) -> tuple[ListedProduct, ...]:
        """The products of head office's list that have not matured."""
        with in_words(), self._book.read() as conn:
            return tuple(self._listed(conn).values())

    def sheets(self) -> tuple[ProductSheet, ...]:
        """All product sheets: 引流, 粘性, 利润, each by its code."""
        with in_words(), self._book.read() as conn:
            return self._sheets(conn)

    def sheet(self, code: str) -> ProductSheet:
        """One product sheet. Raises WorkbenchError no_such_sheet."""
        found = next((one for one in self.sheets() if one.code == code), None)
        if found is None:
            raise _unknown(code)
        return found

    def guide(self, script: HookScript | None = None) -> HookGuide:
        """The guide of the hook products, the best first. `script`: gives what to say of one to some segments (codes), '' for
        nothing."""
        with in_words():
            return guide_of(
                self._book, self._engine, self._matrix, self._rules, script or (lambda _hook, _segments: "")
            )

    def _listed(self, conn: Connection) -> Mapping[str, ListedProduct]:
        return listed_products(conn, self._matrix.shelf(conn), self._rules)

    def _sheets(self, conn: Connection) -> tuple[ProductSheet, ...]:
        return sheets_of(conn, self._listed(conn))

    # -- writing -------------------------------------------------------------------------------------------

    def put(self, new: NewSheet, old: str | None = None) -> Change:
        """Write a product sheet, or with `old` (the code that it has) write it anew.

        Raises WorkbenchError no_text, too_long, bad_choice, bad_date, past_date, red_line, sheet_twice, no_such_sheet.
        """
        with in_words(), self._book.write("product_sheet", "put") as writer:
            self._write(writer, new, old)
            return Change.by(writer, 1)

    def take_in(self, new: Sequence[NewSheet]) -> "SheetsTaken":
        """Write several sheets at once, one undoable change; a sheet of a code that has one already is written anew. What is
        wrong with a sheet keeps that one out."""
        faults: dict[int, WorkbenchError] = {}
        seen: set[str] = set()
        with in_words(), self._book.write("product_sheet", "import") as writer:
            kept = set(writer.conn.execute(select(product_sheets.c.code)).scalars())
            for at, one in enumerate(new):
                code = one.code.strip()
                try:
                    self._write(writer, one, code if code in kept - seen else None)
                except WorkbenchError as error:
                    faults[at] = error
                    continue
                seen.add(code)
            return SheetsTaken(Change.by(writer, len(seen)), len(seen), faults)

    def _write(self, writer: Writer, new: NewSheet, old: str | None = None) -> None:
        conn = writer.conn
        code, name, body = self._checked(conn, new)
        kept = _id_of(conn, code)
        own = None if old is None else _id_of(conn, old)
        if old is not None and own is None:
            raise _unknown(old)
        if kept is not None and kept != own:
            words = _("产品代码 {code} 已经有一张卡片。").format(code=code)
            raise WorkbenchError("sheet_twice", words, _("请打开那一张来改。"))
        row = {
            "code": code, "name": name, "body": json.dumps(body, ensure_ascii=False), "made": today().isoformat(),
        }  # fmt: skip
        if own is None:
            writer.insert(product_sheets, [row])
        else:
            writer.update(product_sheets, own, row)

    def remove(self, code: str) -> Change:
        """Take a product sheet away. Raises WorkbenchError no_such_sheet."""
        with in_words(), self._book.write("product_sheet", "remove") as writer:
            kept = _id_of(writer.conn, code)
            if kept is None:
                raise _unknown(code)
            writer.delete(product_sheets, [kept])
            return Change.by(writer, 1)

    def _checked(self, conn: Connection, new: NewSheet) -> tuple[str, str, dict[str, object]]:
        listed = self._listed(conn).get(new.code.strip())
        lines = lines_in_force(conn)
        body = checked_sheet(new, listed.regime if listed else "", lines, self._rules)
        name = listed.name if listed else new.name
        return (*checked_name(new.code, name, str(body["regime"]), lines, self._rules), body)


def _id_of(conn: Connection, code: str) -> int | None:
    found = conn.execute(select(product_sheets.c.id).where(product_sheets.c.code == code.strip())).scalar()
    return None if found is None else int(found)


def _unknown(code: str) -> WorkbenchError:
    words = _("没有代码是 {code} 的产品卡片。").format(code=code)
    return WorkbenchError("no_such_sheet", words, _("请先看有哪些产品卡片。"))
