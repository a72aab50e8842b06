"""What the middle floor answers, one function for each surface: a workbench -> a document to compare."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, get_args

from sqlalchemy import Table, delete, select

from db.journey import journey_stays
from db.known import standing_runs, trails
from db.tables import risks, signals
from tests.parity.comparing import leaves
from workbench.app import Workbench
from workbench.insight.products.pivot import measure_words
from workbench.insight.shelf.families import families
from workbench.insight.stages import history
from workbench.insight.tags.layers import LAYERS, last_run
from workbench.outreach.wishes.room import Wishes
from workbench.outreach.wishes.wish_table import CadenceTable, WishTable
from workbench.people import find
from workbench.people.customer_list import CustomerQuery, Order
from workbench.rules.parameters import Rules

Rows = list[Mapping[str, Any]]


def layer(workbench: Workbench, number: int) -> Rows:
    """One tag layer, all columns; the rows in the order of the customers."""
    with workbench.book.read() as conn:
        run = last_run(conn)
        assert run is not None
        table = run.table(number)
        return [dict(row) for row in conn.execute(select(table).order_by(table.c.customer_id)).mappings()]


def columns_of_layers(workbench: Workbench) -> Mapping[int, Mapping[str, str]]:
    """Which columns the run left, with their kinds."""
    with workbench.book.read() as conn:
        run = last_run(conn)
        assert run is not None
        return {number: run.columns[number] for number in LAYERS}


def computed(workbench: Workbench, table: Table) -> Rows:
    """A table of computed results without its own ids."""
    columns = [column for column in table.columns if column.name != "id"]
    with workbench.book.read() as conn:
        rows = [dict(row) for row in conn.execute(select(*columns)).mappings()]
    return sorted(rows, key=lambda row: (row["customer_id"], row["month"], row.get("code", "")))


def results(workbench: Workbench) -> Mapping[str, Rows]:
    """The way through the levels, risks with lights and ranks, signals with evidence and sentences."""
    return {table.name: computed(workbench, table) for table in (trails, risks, signals, journey_stays)}


def stays_anew(workbench: Workbench) -> Rows:
    """The stays in the stages, folded over all months at once, over a copy of what the checks look at."""
    with workbench.book.derive() as conn:
        conn.execute(delete(standing_runs).where(standing_runs.c.name == journey_stays.name))
        conn.execute(delete(journey_stays))
        history.bring_forward(conn, Rules.load())
    return computed(workbench, journey_stays)


def numbers(workbench: Workbench, every: int = 1) -> list[str]:
    """Customers' numbers, all or one in so many."""
    rows = workbench.insight.customers(CustomerQuery(order="customer_no", descending=False), 0, 10_000)
    return [row.customer_no for row in rows][::every]


def pictures(workbench: Workbench, month: str, every: int) -> Any:
    """Every column of some customers in an earlier month, each computed for him alone."""
    engine = workbench.insight.engine
    with workbench.book.read() as conn:
        found = {
            number: engine.of_customer(conn, find.customer_id(conn, number), month)
            for number in numbers(workbench, every)
        }
    return {number: (one, {name: one.get(name) for name in one.values}) for number, one in found.items()}


# -- the rooms ---------------------------------------------------------------------------------------------


def check(workbench: Workbench) -> Any:
    """The newest month's summary and ranking, and an earlier month's."""
    insight = workbench.insight
    with workbench.book.read() as conn:
        earlier = insight.months.all(conn)[-3:-1]
    return {
        "summary": insight.check(),
        "ranking": insight.ranking(),
        "earlier": [(month, insight.check(month, store=False), insight.ranking(month)) for month in earlier],
        "book": insight.summary(),
    }


def portraits(workbench: Workbench, every: int) -> Any:
    """Portraits and where their figures come from, of one customer in so many."""
    return {no: _portrait(workbench, no) for no in numbers(workbench, every)}


def _portrait(workbench: Workbench, no: str) -> Any:
    insight = workbench.insight
    return {
        "json": insight.portrait(no).as_json(),
        "provenance": [source.as_json() for source in insight.provenance(no)],
        "card": insight.genes.card(no).as_json(),
        "standing": insight.towers.of(no),
        "services": insight.towers.services_of(no),
        "observed": insight.genes.observed(no),
        "links": insight.links.of(no),
    }


def boards(workbench: Workbench) -> Any:
    """Towers, journey, quadrants, segments and the map of each."""
    insight = workbench.insight
    segments = insight.genes.segments()
    journey = insight.journey.board()
    return {
        "journey": journey.as_json(),
        "stages": {one.code: insight.journey.rows(one.code) for one in journey.columns},
        "towers": insight.towers.board().as_json(),
        "quadrants": insight.genes.quadrants(),
        "segments": segments,
        "canvases": [insight.genes.canvas(one.code) for one in segments.rows],
    }


def products(workbench: Workbench, rows: int, families_of: int) -> Any:
    """The matrix by the first kinds of rows, target lists of one family in so many, next products."""
    matrix = workbench.insight.matrix
    return {
        "grids": {key: matrix.grid(key).as_json() for key, _label in matrix.row_choices()[:rows]},
        "targets": {one.code: matrix.targets(one.code, limit=20) for one in families()[::families_of]},
        "next": matrix.next_products(limit=100),
        "mismatches": workbench.insight.picking.count(matrix.mismatches()),
    }


def honeymoon(workbench: Workbench) -> Any:
    """The funnel of newcomers with its breaks, and the hook products."""
    funnel, breaks = workbench.insight.honeymoon.of()
    hooks = [one.as_json() for one in workbench.insight.matrix.hooks()]
    return {"funnel": funnel.as_json(), "breaks": [one.as_json() for one in breaks], "hooks": hooks}


def pivots(workbench: Workbench) -> Any:
    """Tables of two sides, each measure, a text, an amount and a date among the sides."""
    pivot = workbench.insight.pivot
    sides = [term.name for term in pivot.choices()]
    pairs = list(zip(sides, sides[7:] + sides[:7], strict=True))[::6]
    measures = list(measure_words())
    return {
        f"{rows} {columns} {measures[place % len(measures)]}": pivot.table(
            rows, columns, measures[place % len(measures)]
        )
        for place, (rows, columns) in enumerate(pairs)
    }


def tags(workbench: Workbench, *, deep: bool) -> Any:
    """The check-up of all tags, and how their values are spread; `deep` against the month before."""
    found = workbench.insight.tags.health(deep=deep)
    return {"health": found, "rows": workbench.insight.tags.rows(found)}


def search(workbench: Workbench) -> Any:
    """What a typed word finds: names, pinyin, numbers from either end, phones."""
    insight = workbench.insight
    rows = insight.customers(CustomerQuery(order="customer_no"), 0, 40)
    typed = {"", "1", "00", "z", "zh", "w", "L", "王", "李", "%", "_", "张伟", "8888", "WANG"}
    for row in rows:
        typed |= {
            row.name,
            row.name[:1],
            row.customer_no,
            row.customer_no[-4:],
            row.customer_no[:6].lstrip("0"),
        }
    return {text: insight.search(text, 30) for text in sorted(typed)}


def customer_list(workbench: Workbench) -> Any:
    """The list in every order, and narrowed by text, light and level."""
    queries = [
        CustomerQuery(order=order, descending=descending)
        for order in get_args(Order)
        for descending in (True, False)
    ]
    queries += [CustomerQuery(light=light) for light in ("red", "orange", "yellow")]
    queries += [CustomerQuery(tier=f"L{level}", order="aum") for level in range(9)]
    queries += [CustomerQuery(text=text, order="name") for text in ("王", "z", "1", "%")]
    insight = workbench.insight
    return {repr(one): (insight.count(one), insight.customers(one, 0, 120)) for one in queries}


def week(workbench: Workbench, name: str) -> Any:
    """The leads of a week, its plan, and the review of the week before."""
    outreach = workbench.outreach
    return {
        "leads": outreach.leads.of(name),
        "guard": outreach.leads.guard(),
        "plan": outreach.plan(name).as_json(),
        "critical": outreach.critical(name).as_json(),
        "review": outreach.review(name),
    }


def wishes(workbench: Workbench, year: int) -> Any:
    """What each customer would be contacted for in a year from its first day on, how often, who for nothing, and the notes."""
    outreach = workbench.outreach
    room = Wishes(workbench.book, workbench.rules, workbench.insight.engine, outreach.dates.of)
    whole = room.whole(year, dt.date(year, 1, 1))
    return {
        "wishes": _columns(whole.wishes), "cadence": _columns(whole.cadence), "nobody": whole.nobody,
        "notes": whole.notes, "as_of": whole.as_of,
    }  # fmt: skip


def year_plan(workbench: Workbench, year: int) -> Any:
    """The touch plan of a year: its days, what does not fit, every touch with its words and ground."""
    plans = workbench.outreach.year_plans
    plan = plans.of(year)
    touches = [replace(one, id=0) for one in plans.touches(year)]
    return {
        "days": plan.days, "suppressed": plan.suppressed, "not_fitting": plan.not_fitting, "notes": plan.notes,
        "touches": touches,
    }  # fmt: skip


def maturities(workbench: Workbench, years: Sequence[int]) -> Any:
    """The maturing money of some years and its customers, and where matured money went."""
    room = workbench.outreach.maturities
    return {
        "waves": [room.waves(year) for year in years], "maturing": [room.maturing(year) for year in years],
        "whereabouts": room.whereabouts(), "matured": room.matured(),
    }  # fmt: skip


def _columns(table: WishTable | CadenceTable) -> Mapping[str, Any]:
    columns = {one.name: getattr(table, one.name) for one in fields(table)}
    return {name: one.tolist() if hasattr(one, "tolist") else one for name, one in columns.items()}


def outcomes(workbench: Workbench) -> Any:
    """What became of every light and contact, and who is behind it."""
    report = workbench.outreach.outcomes.of()
    return {"report": report, "people": workbench.outreach.outcomes.people(report.everybody.lights)}


def contacts(workbench: Workbench, month: str) -> Any:
    """The contact log of a month, and its counts."""
    log = workbench.outreach.log
    what = log.of_month(month)
    return {"counts": log.statistics(what), "contacts": list(log.contacts(what))}


def picked(workbench: Workbench, expression: str) -> Any:
    """How many match, who in their order, what is shown of them."""
    picking = workbench.insight.picking
    return {
        "tally": picking.count(expression),
        "ids": picking.ids(expression),
        "rows": picking.rows(expression, limit=20),
    }


def left_out(workbench: Workbench, expression: str) -> Any:
    """Who is left out of a list for each purpose, and why."""
    picking = workbench.insight.picking
    return [picking.excluded(expression, code) for code, _name in picking.purposes()]


def conditions_in(*documents: object) -> list[str]:
    """The conditions that numbers of a document lead to."""
    found = {
        str(leaf)
        for document in documents
        for path, leaf in leaves(document)
        if path.rpartition(".")[2] in ("where", "asking") and leaf
    }
    return sorted(found)


def tallies(workbench: Workbench, expressions: Sequence[str]) -> Any:
    """How many match each condition, their assets and towers, and for how many it cannot be told."""
    return {expression: workbench.insight.picking.count(expression) for expression in expressions}
