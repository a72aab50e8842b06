"""Head office's dialects: how a sheet was read once, recognised by its headings the next time (domain 16.5, trap 13).

A dialect holds headings and never a customer's value, so that it may be given to a colleague.
"""

import json
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from sqlalchemy import Connection, select

from db.journal import Writer
from db.record import dialects as table
from db.values import Value
from workbench.intake.catalogue.fields import heading
from workbench.intake.cells.values import shown
from workbench.intake.columns.dialect_json import PlainChoice, PlainDialect
from workbench.intake.form.layout import Layout
from workbench.intake.reading.reader import RawSheet
from workbench.intake.report import ColumnMatch, Kind
from workbench.rules.parameters import Rules

#: A month with its year, or an end of month: in a heading it differs every time.
_MONTH = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?:[-/._年](?P<m>0?[1-9]|1[0-2])(?:[-/._月]\d{1,2})?(?!\d)|(?P<m6>0[1-9]|1[0-2])(?:\d\d)?(?!\d))"
    r"[日月]?(?:份|末|底)?"
    r"|(?<![\d近前后])(?P<m1>0?[1-9]|1[0-2])月(?:份|末|底)"
)
_ANY_MONTH = "某月"
#: A heading that carries a value of a customer: never kept.
_VALUE = re.compile(r"\d{5}|[*@]")
_TITLE_DATE = re.compile(
    r"(?:19|20)\d\d\s*[-/._年]\s*\d{1,2}\s*(?:[-/._月]\s*\d{1,2}\s*日?|月)?|(?:19|20)\d{4}(?:\d\d)?(?:\d{6})?"
    r"|(?:19|20)\d\d\s*年?\s*(?:第?[一二三四1-4]季度|[上下]半年|年?度)?|\d{1,2}月(?:份|末|底)?"
)
_EDGES = " \t-_—·.、,:;()[]【】《》<>/|第期年版"
_NAME_LENGTH = 40


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
    #: fields of earlier months that head office no longer reports, as a person confirmed
    given_up: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Recognised:
    """A dialect that fits a sheet: how well (0..1, shared headings over all), and which headings (by `keys`) are new
    on the sheet or gone from it."""

    dialect: Dialect
    score: float
    new: tuple[str, ...]
    gone: tuple[str, ...]


# -- headings ------------------------------------------------------------------------------------------------------


def keys(names: Sequence[str]) -> list[str]:
    """The key of each heading in a dialect: its plain form, with 'any month' for a month in it.

    Of equal ones the newest month, then the leftmost comes first; the others are 'X#2', 'X#3'. '' for no heading,
    or for one with a value in it.
    """
    forms = [_key(name) for name in names]
    order = sorted(range(len(names)), key=lambda index: (forms[index][1], index))
    counts: dict[str, int] = {}
    unique = [""] * len(names)
    for index in order:
        plain = forms[index][0]
        if plain:
            counts[plain] = counts.get(plain, 0) + 1
            unique[index] = plain if counts[plain] == 1 else f"{plain}#{counts[plain]}"
    return unique


def _key(name: str) -> tuple[str, int]:
    """The plain form, and minus the month (months since year 0) that the heading names, so that the newest sorts first."""
    text = unicodedata.normalize("NFKC", name)
    match = _MONTH.search(text)
    month = 0
    if match:
        number = int(match["m"] or match["m6"] or match["m1"])
        month = -(int(match["y"] or 0) * 12 + number)
        text = _MONTH.sub(_ANY_MONTH, text)
    plain = heading(text).plain
    return ("" if _VALUE.search(plain) or "*" in text else plain), month


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
    rows = [_cells(sheet, index, 1) for index in range(searched)]
    best: tuple[float, int, int] | None = None
    for dialect in pointed:
        wanted = frozenset(dialect.header_names)
        for last in range(dialect.header_depth - 1, searched):
            texts = frozenset().union(*rows[last - dialect.header_depth + 1 : last + 1])
            score = len(texts & wanted) / len(texts | wanted)
            if score >= rules.number("intake.header_remembered") and (best is None or score > best[0]):
                best = (score, last, dialect.header_depth)
    return best and (best[1], best[2])


def _cells(sheet: RawSheet, last: int, depth: int) -> frozenset[str]:
    """The headings in some rows, in plain form."""
    texts = (shown(cell) for index in range(last - depth + 1, last + 1) for cell in sheet.row(index))
    return frozenset(filter(None, (_key(text)[0] for text in texts)))


# -- learning ------------------------------------------------------------------------------------------------------


def noted(
    sheet: RawSheet,
    layout: Layout,
    kind: Kind,
    matches: Sequence[ColumnMatch],
    *,
    name: str,
    unit: str = "",
    date_from: str = "",
    totals: bool = False,
    pointed: bool = False,
    kind_chosen: bool = False,
    before: Dialect | None = None,
    given_up: Collection[str] = (),
) -> Dialect:
    """The dialect that a sheet was read by, laid over the one it was recognised by (`before`).

    `layout.names` as given to `match_columns`; `unit` only when the sheet or a person said it; `name` counts only when
    there is no `before`; `given_up` are fields that a person has just said are no longer told. A sheet of refused rows
    (it carries columns of our own) teaches nothing.
    """
    known = before.columns if before else {}
    by_index = dict(enumerate(keys(layout.names)))
    choices: dict[str, HeadingChoice] = {}
    headings: set[str] = set(filter(None, by_index.values()))
    for match in matches:
        key = by_index[match.index]
        if match.how == "ignored" and not known.get(key, HeadingChoice()).ignored:
            if before is not None:
                return before
            headings.discard(key)
        elif key and (choice := _choice(match)):
            choices[key] = choice
    fed = {target for choice in choices.values() for target in (choice.field, choice.custom) if target}
    kept = {
        key: choice
        for key, choice in known.items()
        if key not in headings and not {choice.field, choice.custom} & fed
    }
    names = tuple(sorted(_cells(sheet, layout.header, layout.depth))) if pointed else ()
    return Dialect(
        before.name if before else name, kind, frozenset(headings), dict(sorted({**kept, **choices}.items())),
        unit or (before.unit if before else ""), sheet.shown_row(layout.header), layout.depth,
        names or (before.header_names if before else ()), date_from, totals,
        kind_chosen or bool(before and before.kind_chosen and before.kind == kind),
        frozenset({*(before.given_up if before else ()), *given_up} - fed),
    )  # fmt: skip


def _choice(match: ColumnMatch) -> HeadingChoice | None:
    """What to remember of a column; None where nobody and nothing decided."""
    if match.how == "ignored":
        return HeadingChoice(ignored=True)
    if match.custom is not None:
        return HeadingChoice(custom=match.custom)
    if match.how in ("similar", "unknown", "refused"):
        return None
    # a unit that the heading itself names is told anew each month
    unit = "" if heading(match.header).unit else match.unit
    return HeadingChoice(match.field, unit) if match.field else HeadingChoice()


def learn(writer: Writer, dialect: Dialect) -> bool:
    """Keep a dialect under its name, journalled with the change; True when anything changed."""
    row = as_row(dialect)
    row_id = writer.conn.execute(select(table.c.id).where(table.c.name == dialect.name)).scalar()
    if row_id is not None:
        return writer.update(table, row_id, row)
    writer.insert(table, [row])
    return True


def name_for(above: Sequence[str], sheet: str, stem: str, taken: Collection[str], rules: Rules) -> str:
    """A name for a new dialect from the sheet's title, else its name, else the file's `stem`; without dates, none of
    `taken`."""
    generic = {heading(word).plain for word in rules.words("intake.generic_names")}
    dated = rules.words("intake.date_words")
    titles = [line.split("  ")[0] for line in above[:3] if not any(word in line for word in dated)]
    for source in (*titles, sheet, stem):
        name = _undated(source)
        if len(name) > 1 and re.sub(r"\d+$", "", heading(name).plain) not in generic:
            break
    else:
        name = _undated(stem) or stem
    number, unique = 1, name
    while unique in taken:
        number += 1
        unique = f"{name}({number})"
    return unique


def _undated(text: str) -> str:
    plain = _TITLE_DATE.sub(" ", unicodedata.normalize("NFKC", text))
    plain = re.sub(r"\(\s*(?:\d*|单位\s*:?.*?)\s*\)|\[\s*\]|单位\s*:.*$", " ", plain)
    return "" if _VALUE.search(plain) else " ".join(plain.split()).strip(_EDGES)[:_NAME_LENGTH]


# -- the book ------------------------------------------------------------------------------------------------------


def as_row(dialect: Dialect) -> dict[str, Value]:
    """The row of table `dialects`; equal dialects give equal rows."""
    body: dict[str, object] = {
        key: value for key, value in as_plain(dialect).items() if key not in ("name", "kind", "headings")
    }
    if dialect.given_up:  # stays in this book: a file for colleagues leaves it out
        body["given_up"] = sorted(dialect.given_up)
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
        plain["date_from"], plain["totals"], plain["kind_chosen"], frozenset(plain.get("given_up", ())),
    )  # fmt: skip


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
