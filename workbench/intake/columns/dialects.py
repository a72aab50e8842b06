"""Head office's dialects: how a sheet was read once, recognised by its headings the next time (domain 16.5-13).

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

#: A month written with its year, or called an end of month: it differs every time.
_MONTH = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?:[-/._年](?P<m>0?[1-9]|1[0-2])(?:[-/._月]\d{1,2})?(?!\d)|(?P<m6>0[1-9]|1[0-2])(?:\d\d)?(?!\d))"
    r"[日月]?(?:份|末|底)?"
    r"|(?<![\d近前后])(?P<m1>0?[1-9]|1[0-2])月(?:份|末|底)"
)
_ANY_MONTH = "某月"
#: A heading that carries what only a row carries: never kept.
_VALUE = re.compile(r"\d{5}|[*@]")
_TITLE_DATE = re.compile(
    r"(?:19|20)\d\d\s*[-/._年]\s*\d{1,2}\s*(?:[-/._月]\s*\d{1,2}\s*日?|月)?|(?:19|20)\d{4}(?:\d\d)?(?:\d{6})?"
    r"|(?:19|20)\d\d\s*年?\s*(?:第?[一二三四1-4]季度|[上下]半年|年?度)?|\d{1,2}月(?:份|末|底)?"
)
_EDGES = " \t-_—·.、,:;()[]【】《》<>/|第期年版"
_NAME_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Choice:
    """What a dialect knows of one heading. All empty: a person wants no field fed from it; the cells stay with the
    row. `custom` is the key of a custom field, `ignored` leaves the cells out of the book."""

    field: str | None = None
    unit: str = ""
    ignored: bool = False
    custom: str | None = None


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one kind of sheet is read.

    `headings` are all of the newest sheet's, `columns` the choices of this and earlier months; both by `keys`. `unit`
    is '' when no sheet and no person said one. `header_row` as Excel shows it; `header_names` the sorted cells of the
    header rows when a person pointed at them. `date_from`: title, column, sheet, file, asked or ''.
    """

    name: str
    kind: Kind
    headings: frozenset[str]
    columns: Mapping[str, Choice]
    unit: str = ""
    header_row: int | None = None
    header_depth: int = 1
    header_names: tuple[str, ...] = ()
    date_from: str = ""
    totals: bool = False
    kind_chosen: bool = False
    #: fields of earlier months that a person has said are no longer told
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
    """The form in which a dialect knows each heading: plain, a month named in it told as any month; of equal ones
    the newest month, then the leftmost first, the others 'X#2', 'X#3'. '' for no heading, or one with a value in it."""
    told = [_key(name) for name in names]
    order = sorted(range(len(names)), key=lambda index: (told[index][1], index))
    seen: dict[str, int] = {}
    found = [""] * len(names)
    for index in order:
        plain = told[index][0]
        if plain:
            seen[plain] = seen.get(plain, 0) + 1
            found[index] = plain if seen[plain] == 1 else f"{plain}#{seen[plain]}"
    return found


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

    Only dialects of the kind, or whose kind a person chose; all of them for kind 'none'. `title` decides between two
    that fit alike.
    """
    found = frozenset(filter(None, keys(headings)))
    alike = rules.number("intake.dialect_alike")
    within, at_least = rules.numbers("intake.dialect_within")
    fitting: list[tuple[float, bool, Dialect]] = []
    for dialect in dialects:
        if kind not in ("none", dialect.kind) and not dialect.kind_chosen:
            continue
        shared = len(found & dialect.headings)
        if not shared:
            continue
        score = shared / len(found | dialect.headings)
        contained = shared / min(len(found), len(dialect.headings))
        if score >= alike or (contained >= within and score >= at_least):
            fitting.append((score, dialect.name == title, dialect))
    if not fitting:
        return None
    score, _titled, best = max(fitting, key=lambda one: (one[0], one[1], one[2].kind == kind))
    gone, new = best.headings - found, found - best.headings
    return Recognised(best, score, tuple(sorted(new)), tuple(sorted(gone)))


def remembered_header(
    sheet: RawSheet, dialects: Sequence[Dialect], rules: Rules | None = None
) -> tuple[int, int] | None:
    """Where a header stands that a person once pointed at: (index of its last row, depth); None when no row is one."""
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
            said = frozenset().union(*rows[last - dialect.header_depth + 1 : last + 1])
            score = len(said & wanted) / len(said | wanted)
            if score >= rules.number("intake.header_remembered") and (best is None or score > best[0]):
                best = (score, last, dialect.header_depth)
    return best and (best[1], best[2])


def _cells(sheet: RawSheet, last: int, depth: int) -> frozenset[str]:
    """The headings in some rows, in plain form."""
    said = (shown(cell) for index in range(last - depth + 1, last + 1) for cell in sheet.row(index))
    return frozenset(filter(None, (_key(text)[0] for text in said)))


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
    said: dict[str, Choice] = {}
    headings: set[str] = set(filter(None, by_index.values()))
    for match in matches:
        key = by_index[match.index]
        if match.how == "ignored" and not known.get(key, Choice()).ignored:
            if before is not None:
                return before
            headings.discard(key)
        elif key and (choice := _choice(match)):
            said[key] = choice
    fed = {target for choice in said.values() for target in (choice.field, choice.custom) if target}
    kept = {
        key: choice
        for key, choice in known.items()
        if key not in headings and not {choice.field, choice.custom} & fed
    }
    names = tuple(sorted(_cells(sheet, layout.header, layout.depth))) if pointed else ()
    return Dialect(
        before.name if before else name, kind, frozenset(headings), dict(sorted({**kept, **said}.items())),
        unit or (before.unit if before else ""), sheet.shown_row(layout.header), layout.depth,
        names or (before.header_names if before else ()), date_from, totals,
        kind_chosen or bool(before and before.kind_chosen and before.kind == kind),
        frozenset({*(before.given_up if before else ()), *given_up} - fed),
    )  # fmt: skip


def _choice(match: ColumnMatch) -> Choice | None:
    """What to remember of a column; None where nobody and nothing decided."""
    if match.how == "ignored":
        return Choice(ignored=True)
    if match.custom is not None:
        return Choice(custom=match.custom)
    if match.how in ("similar", "unknown", "refused"):
        return None
    # a unit that the heading itself names is told anew each month
    unit = "" if heading(match.header).unit else match.unit
    return Choice(match.field, unit) if match.field else Choice()


def learn(writer: Writer, dialect: Dialect) -> bool:
    """Keep a dialect under its name, journalled with the change; True when something differed from what was kept."""
    row = as_row(dialect)
    found = writer.conn.execute(select(table.c.id).where(table.c.name == dialect.name)).scalar()
    if found is not None:
        return writer.update(table, found, row)
    writer.insert(table, [row])
    return True


def name_for(above: Sequence[str], sheet: str, stem: str, taken: Collection[str], rules: Rules) -> str:
    """A name for a new dialect from the sheet's title, else its name, else the file's, without dates; not one of
    `taken`."""
    generic = {heading(word).plain for word in rules.words("intake.generic_names")}
    dated = rules.words("intake.date_words")
    titles = [line.split("  ")[0] for line in above[:3] if not any(word in line for word in dated)]
    for said in (*titles, sheet, stem):
        name = _undated(said)
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
    if dialect.given_up:  # what this branch goes without is no colleague's business
        body["given_up"] = sorted(dialect.given_up)
    return {
        "name": dialect.name, "kind": dialect.kind,
        "headings": json.dumps(sorted(dialect.headings), ensure_ascii=False),
        "body": json.dumps(body, ensure_ascii=False, sort_keys=True),
    }  # fmt: skip


def as_plain(dialect: Dialect) -> PlainDialect:
    """The dialect as plain JSON values; of each column only what is said."""
    nothing = Choice()
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
    """The reverse of `as_plain`, of values known to be right."""
    return Dialect(
        plain["name"], plain["kind"], frozenset(plain["headings"]),
        {key: Choice(**said) for key, said in plain["columns"].items()},
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


def with_choice(dialect: Dialect, key: str, choice: Choice | None) -> Dialect:
    """One column's choice changed (None: forgotten, the catalogue decides again); another column that fed the same
    field no longer does."""
    columns = {
        other: told
        for other, told in dialect.columns.items()
        if other != key
        and not (choice and choice.field and told.field == choice.field)
        and not (choice and choice.custom and told.custom == choice.custom)
    }
    if choice is not None:
        columns[key] = choice
    return replace(dialect, columns=dict(sorted(columns.items())))
