"""Head office's dialects: how a sheet was read once, recognised by its headings the next time (domain 16.5-13).

A dialect holds headings and never a customer's value, so that it may be given to a colleague.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from sqlalchemy import Connection, select

from db.journal import Writer
from db.record import dialects as table
from db.values import Value
from workbench.intake.columns.dialect_json import PlainChoice, PlainDialect
from workbench.intake.columns.heading_keys import header_cells, keys
from workbench.intake.reading.reader import RawSheet
from workbench.intake.report import Kind
from workbench.rules.parameters import Rules

#: The code of the question about fields that are no longer reported.
LOST = "lost_columns"
#: The code of the question about columns whose cells do not fit their field.
MISFIT = "misfit_values"
UNSURE = "unsure_columns"
#: codes of the questions whose columns, once they are answered with a reason, feed no field
APART = (UNSURE, MISFIT, "idle_columns")
#: The code of the question about lost zeros, and its subject once they were filled up.
ZEROS_LOST, PADDED = "zeros_lost", "padded"
#: code and subject of several rows of one customer that were added up once
ROWS_SUMMED, ADDED = "rows_added", "added"


@dataclass(frozen=True, slots=True)
class HeadingChoice:
    """What a dialect knows of one heading.

    All empty: a person decided that the column feeds no field; its cells stay with the row. `custom` is the key of a
    custom field, `ignored` keeps the cells out of the book.
    """

    field: str | None = None
    unit: str = ""
    ignored: bool = False
    custom: str | None = None


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one kind of sheet is read.

    `headings` are those of the newest sheet, `columns` the choices of this and earlier months, both by `keys`.
    `unit` is '' when neither a sheet nor a person named one. `header_row` is as Excel shows it; `header_names` the
    sorted cells of the header rows when a person pointed at them. `date_from`: title, column, sheet, file, asked or
    ''.
    """

    name: str
    kind: Kind
    headings: frozenset[str]
    columns: Mapping[str, HeadingChoice]
    unit: str = ""
    header_row: int | None = None
    header_depth: int = 1
    header_names: tuple[str, ...] = ()
    date_from: str = ""
    totals: bool = False
    kind_chosen: bool = False
    #: code of a question -> its subjects (headings or fields) that a person settled: not asked again
    answered: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recognised:
    """A dialect that fits a sheet: how well (0..1, shared headings over all), and which headings (by `keys`) are new
    on the sheet or gone from it."""

    dialect: Dialect
    score: float
    new: tuple[str, ...]
    gone: tuple[str, ...]


# -- recognising ---------------------------------------------------------------------------------------------------


def recognise(
    headings: Sequence[str], kind: Kind, dialects: Sequence[Dialect], rules: Rules, title: str = ""
) -> Recognised | None:
    """The dialect that shares most headings with a sheet; None when none shares enough.

    Candidates are dialects of the kind and those whose kind a person chose; all of them for kind 'none'. `title`
    decides between two of equal score.
    """
    on_sheet = frozenset(filter(None, keys(headings)))
    alike = rules.number("intake.dialect_alike")
    within, at_least = rules.numbers("intake.dialect_within")
    fitting: list[tuple[float, bool, Dialect]] = []
    for dialect in dialects:
        if kind not in ("none", dialect.kind) and not dialect.kind_chosen:
            continue
        shared = len(on_sheet & dialect.headings)
        if not shared:
            continue
        score = shared / len(on_sheet | dialect.headings)
        contained = shared / min(len(on_sheet), len(dialect.headings))
        if score >= alike or (contained >= within and score >= at_least):
            fitting.append((score, dialect.name == title, dialect))
    if not fitting:
        return None
    score, _titled, best = max(fitting, key=lambda one: (one[0], one[1], one[2].kind == kind))
    gone, new = best.headings - on_sheet, on_sheet - best.headings
    return Recognised(best, score, tuple(sorted(new)), tuple(sorted(gone)))


def remembered_header(
    sheet: RawSheet, dialects: Sequence[Dialect], rules: Rules | None = None
) -> tuple[int, int] | None:
    """Where a header stands that a person once pointed at: (index of its last row, depth); None when unknown."""
    pointed = [dialect for dialect in dialects if dialect.header_names]
    if not pointed:
        return None
    rules = rules or Rules.load()
    searched = min(sheet.height, rules.whole("intake.header_search_rows"))
    rows = [header_cells(sheet, index, 1) for index in range(searched)]
    best: tuple[float, int, int] | None = None
    for dialect in pointed:
        wanted = frozenset(dialect.header_names)
        for last in range(dialect.header_depth - 1, searched):
            texts = frozenset().union(*rows[last - dialect.header_depth + 1 : last + 1])
            score = len(texts & wanted) / len(texts | wanted)
            if score >= rules.number("intake.header_remembered") and (best is None or score > best[0]):
                best = (score, last, dialect.header_depth)
    return best and (best[1], best[2])


# -- the book ------------------------------------------------------------------------------------------------------


def as_row(dialect: Dialect) -> dict[str, Value]:
    """The row of table `dialects`; equal dialects give equal rows."""
    body: dict[str, object] = {
        key: value for key, value in as_plain(dialect).items() if key not in ("name", "kind", "headings")
    }
    if dialect.answered:  # stays in this book: a file for colleagues leaves it out
        body["answered"] = {code: sorted(subjects) for code, subjects in sorted(dialect.answered.items())}
    return {
        "name": dialect.name, "kind": dialect.kind,
        "headings": json.dumps(sorted(dialect.headings), ensure_ascii=False),
        "body": json.dumps(body, ensure_ascii=False, sort_keys=True),
    }  # fmt: skip


def as_plain(dialect: Dialect) -> PlainDialect:
    """The dialect as plain JSON values; of each column only what differs from an empty choice."""
    nothing = HeadingChoice()
    return {
        "name": dialect.name,
        "kind": dialect.kind,
        "headings": sorted(dialect.headings),
        "columns": {
            key: cast(
                PlainChoice,
                {
                    name: getattr(choice, name)
                    for name in ("field", "unit", "ignored", "custom")
                    if getattr(choice, name) != getattr(nothing, name)
                },
            )
            for key, choice in sorted(dialect.columns.items())
        },
        "unit": dialect.unit,
        "header_row": dialect.header_row,
        "header_depth": dialect.header_depth,
        "header_names": list(dialect.header_names),
        "date_from": dialect.date_from,
        "totals": dialect.totals,
        "kind_chosen": dialect.kind_chosen,
    }


def from_plain(plain: PlainDialect) -> Dialect:
    """The dialect of plain values that `as_plain` made or a file's checks passed."""
    return Dialect(
        plain["name"], plain["kind"], frozenset(plain["headings"]),
        {key: HeadingChoice(**choice) for key, choice in plain["columns"].items()},
        plain["unit"], plain["header_row"], plain["header_depth"], tuple(plain["header_names"]),
        plain["date_from"], plain["totals"], plain["kind_chosen"], _answered(plain),
    )  # fmt: skip


def _answered(plain: PlainDialect) -> dict[str, frozenset[str]]:
    """What was settled; books of older versions kept the lost fields alone, as `given_up`."""
    answered = dict(plain.get("answered", {}))
    if "given_up" in plain:
        answered.setdefault(LOST, plain["given_up"])
    return {code: frozenset(subjects) for code, subjects in answered.items()}


def learn(writer: Writer, dialect: Dialect) -> bool:
    """Keep a dialect under its name, journalled with the change; True when anything changed."""
    row = as_row(dialect)
    row_id = writer.conn.execute(select(table.c.id).where(table.c.name == dialect.name)).scalar()
    if row_id is not None:
        return writer.update(table, row_id, row)
    writer.insert(table, [row])
    return True


def read_all(conn: Connection) -> tuple[Dialect, ...]:
    """All dialects of the book, by name."""
    rows = conn.execute(select(table).order_by(table.c.name)).mappings()
    return tuple(
        from_plain(
            cast(PlainDialect, {
                **json.loads(row["body"]), "name": row["name"], "kind": row["kind"],
                "headings": json.loads(row["headings"]),
            })
        )
        for row in rows
    )  # fmt: skip


def with_choice(dialect: Dialect, key: str, choice: HeadingChoice | None) -> Dialect:
    """The dialect with another choice for one heading (None: forgotten, so that the catalogue decides again).

    Another heading that fed the same field loses its choice.
    """
    columns = {
        other: current
        for other, current in dialect.columns.items()
        if other != key
        and not (choice and choice.field and current.field == choice.field)
        and not (choice and choice.custom and current.custom == choice.custom)
    }
    if choice is not None:
        columns[key] = choice
    return replace(dialect, columns=dict(sorted(columns.items())))
