"""Assembles the portrait of one customer: what the lists tell, with source rows, and what is concluded from it."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import BigInteger, Connection, func, select
from sqlalchemy.engine import RowMapping

from db.audit import revision
from db.engine import Book
from db.record import batches
from db.tables import customers, holdings, snapshots, touches
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.base.money import exact_yuan
from workbench.base.sensitivity import sensitivity_of
from workbench.base.terms import Term
from workbench.base.workdays import workdays_of
from workbench.insight.churn import results
from workbench.insight.churn.assessing import assess, version
from workbench.insight.churn.cause_facts import cause_facts
from workbench.insight.churn.causes import Cause, causes, with_confirmed
from workbench.insight.churn.decisions import UNDECIDED, decisions_on
from workbench.insight.churn.verdict import CustomerRisk
from workbench.insight.genes.card import card
from workbench.insight.genes.room import Genes
from workbench.insight.journey.marked import with_hook
from workbench.insight.journey.of_customer import stage_by
from workbench.insight.measures.freshness import freshness
from workbench.insight.measures.reconciling import flow_problems
from workbench.insight.portrait import behaviour, provenance
from workbench.insight.portrait.advice import next_actions
from workbench.insight.portrait.needs import Rate, need_rates
from workbench.insight.portrait.portrait import HoldingRow, MonthPoint, Portrait, TouchRow
from workbench.insight.portrait.situation import Situation
from workbench.insight.portrait.unsaid import do_not_say
from workbench.insight.products.room import Matrix
from workbench.insight.tags.engine import Engine
from workbench.insight.tags.explain import tags_of
from workbench.insight.tags.layers import last_run
from workbench.insight.tags.picture import Picture
from workbench.insight.towers.tier_position import standing
from workbench.people.consent import consent_of
from workbench.people.corrections import of_customer
from workbench.people.find import customer
from workbench.people.labels import ordered_fields
from workbench.people.legible import legible
from workbench.people.links import household
from workbench.people.particulars import BY_NUMBER, by_number
from workbench.people.source_row import SourceRow
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder

#: Money columns of a month, by name.
_MONEY = tuple(column.name for column in snapshots.columns if isinstance(column.type, BigInteger))


class Portraits:
    """Makes portraits, and traces their figures to the lists."""

    def __init__(self, book: Book, rules: Rules, engine: Engine, genes: Genes, matrix: Matrix) -> None:
        self._book = book
        self._rules = rules
        self._engine = engine
        self._genes = genes
        self._matrix = matrix
        #: when the tag layers were computed, and how often foretold needs came true by them
        self._rates: tuple[str, dict[str, Rate]] = ("", {})

    def of(self, customer_no: str, as_of: str | None = None) -> Portrait:
        """The portrait of one customer by data up to `as_of` (a month or a date; None: the newest).

        Raises WorkbenchError no_such_customer, no_such_date.
        """
        with in_words(), self._book.read() as conn:
            return self._assembled(conn, customer_no, moment(as_of))

    def provenance(self, customer_no: str, as_of: str | None = None) -> tuple[provenance.FigureSource, ...]:
        """The source of every figure of one customer up to `as_of` (month or date; None: all). Raises as `of`."""
        with in_words(), self._book.read() as conn:
            return provenance.provenance(conn, customer_no, moment(as_of))

    def causes(self, customer_no: str) -> tuple[Cause, ...]:
        """Why a customer may be leaving, the likeliest first, by what is known now; the confirmed cause alone once there is
        one. Raises WorkbenchError no_such_customer."""
        with in_words(), self._book.read() as conn:
            person = customer(conn, customer_no)["id"]
            return self._causes(conn, person, self._engine.of_customer(conn, person))

    def _assembled(self, conn: Connection, customer_no: str, as_of: str | None) -> Portrait:
        person, rules = customer(conn, customer_no), self._rules
        last = (as_of or "9999-12")[:7]
        months = _months(conn, person["id"], last)
        newest = months[-1] if months else None
        picture = self._engine.of_customer(
            conn, person["id"], last if as_of else None, as_of if as_of and len(as_of) > 7 else None
        )
        portrait = replace(
            _reported(conn, person, months, as_of, rules, picture),
            picture=picture,
            household=household(conn, person["id"], newest["month"] if newest else None, rules),
            problems=flow_problems(conn, person["id"], newest["month"], rules, _Sources(conn).of)
            if newest
            else (),
            consent=consent_of(conn, person["id"], picture.day, picture.month, rules),
            corrections=of_customer(conn, person["id"], picture.day, lambda key: self._term(conn, key)),
        )
        return self._judged(conn, portrait, picture) if picture.values else portrait

    def _causes(self, conn: Connection, person: int, picture: Picture) -> tuple[Cause, ...]:
        """Why the customer may be leaving; what the manager confirmed stands alone."""
        rules = self._rules
        facts = cause_facts(conn, person, picture.month or "", picture.day, rules)
        likely = causes(picture.values, rules, facts)
        confirmed = decisions_on(conn, picture.day, [person]).get(person, UNDECIDED).cause
        return with_confirmed(likely, confirmed, rules)

    def _term(self, conn: Connection, key: str) -> Term:
        """The term of a corrected field or tag; one that the book no longer has keeps its key as label."""
        return self._engine.vocabulary(conn).find(key) or Term(key, key, "text", masks=sensitivity_of(key))

    def _need_rates(self, conn: Connection) -> dict[str, Rate]:
        """How often each foretold need comes true in this book (domain 10.5); empty before the first tags."""
        run = last_run(conn)
        if run is not None and self._rates[0] != run.computed_at:
            self._rates = (run.computed_at, need_rates(conn, self._engine.layers(conn), self._rules))
        return self._rates[1]

    def _judged(self, conn: Connection, portrait: Portrait, picture: Picture) -> Portrait:
        """The portrait with what follows from the tag layers: level, gene, tags, offers, actions, what not to say."""
        values, rules = picture.values, self._rules
        position = standing(values, rules, month=picture.month, as_of=picture.as_of, day=picture.day)
        gene = card(values, rules, as_of=picture.as_of, manager=self._genes.letter)
        offers = self._matrix.offers_of(conn, values, dt.date.fromisoformat(picture.day))
        workdays = workdays_of(conn)
        hook = self._matrix.hook_of(conn, values, dt.date.fromisoformat(picture.day))
        # with its history, what was ticked by hand, and the hook product that a newcomer is offered
        card_of = stage_by(conn, portrait.customer_id, picture, rules, workdays)
        card_of = with_hook(card_of, hook.sentence if hook else "")
        quadrant = gene.relation.quadrant
        # causes of leaving only for customers who show a signal
        likely = (
            self._causes(conn, portrait.customer_id, picture)
            if portrait.risk and portrait.risk.signals
            else ()
        )
        situation = Situation(
            values,
            picture.day,
            picture.as_of,
            portrait.risk,
            portrait.consent,
            offers=tuple((one.product or one.name, one.reason) for one in offers),
            stage=(card_of.name, card_of.days) if card_of.code else None,
            tasks=tuple((one.words, one.due) for one in card_of.due),
            task_is_call=bool(card_of.due) and card_of.due[0].is_call,
            asks=gene.asks,
            quadrant=gene.relation.name if quadrant else "",
            forbidden=tuple(_(text) for text in quadrant.forbidden) if quadrant else (),
            family=sum(one.family for one in portrait.household.relations) if portrait.household else 0,
            keep=position.keep,
            falls_from=position.falls_from,
            upgrade=position.upgrade,
            causes=likely,
            workdays=workdays,
        )
        return replace(
            portrait,
            fresh=freshness(picture.as_of, rules, picture.day),
            # the level in force; the level that this month reaches is `standing.reached`
            tier=position.tier or portrait.tier,
            tier_name=position.tier_name or portrait.tier_name,
            tower=position.tower_name or portrait.tower,
            to_upgrade_fen=position.gap_fen if position.tier else portrait.to_upgrade_fen,
            to_keep_fen=position.margin_fen if position.tier else portrait.to_keep_fen,
            standing=position,
            gene=gene,
            behaviour=behaviour.picture(values, rules, as_of=picture.as_of, rates=self._need_rates(conn)),
            stage=card_of,
            tags=tags_of(picture, self._engine.library, rules),
            offers=offers,
            hook=hook,
            causes=likely,
            next_actions=next_actions(situation, rules),
            do_not_say=do_not_say(situation, rules),
        )


def _reported(
    conn: Connection,
    person: RowMapping,
    months: list[RowMapping],
    as_of: str | None,
    rules: Rules,
    picture: Picture,
) -> Portrait:
    """The portrait as far as lists and contact log report it, before anything is concluded."""
    newest = months[-1] if months else None
    sources = _Sources(conn)
    ladder = Ladder.of(rules)
    average = _first(newest, "aum_daily_average", "aum_balance")
    stood_in = _by_number(conn, person, newest, picture)
    tier = ladder.level(average, newest["last_txn_date"], newest["as_of"]) if newest else None
    tower = ladder.tower(tier)
    return Portrait(
        customer_id=person["id"],
        customer_no=person["customer_no"],
        name=person["name"] or "",
        month=newest["month"] if newest else None,
        as_of=newest["as_of"] if newest else None,
        facts=_facts(person, newest, stood_in),
        by_number=frozenset(stood_in),
        legible=legible(conn),
        tier=tier,
        tier_name=rules.text(f"tier.{tier}") if tier else None,
        tower=rules.text(f"tower.{tower}") if tower else None,
        bank_level=_first(newest, "bank_level") or person["bank_level"],
        to_upgrade_fen=ladder.to_upgrade(average),
        to_keep_fen=ladder.to_keep(average),
        points=tuple(
            MonthPoint(
                row["month"],
                row["as_of"],
                {name: row[name] for name in _MONEY if row[name] is not None},
                sources.of(row["batch_id"], row["source_row"]),
            )
            for row in months
        ),
        holdings=_holdings(conn, person["id"], (as_of or "9999-12")[:7], sources),
        risk=_risk(conn, person, newest["month"] if newest else None, rules, picture),
        touches=_touches(conn, person["id"], as_of),
        source=sources.of(newest["batch_id"], newest["source_row"])
        if newest
        else sources.of(person["batch_id"], person["source_row"]),
        tier_note=rules.text("basis.balance")
        if tier and _first(newest, "aum_daily_average") is None
        else None,
    )


def _first(row: RowMapping | None, *names: str) -> Any:
    """The value of the first of these columns that is not NULL."""
    return next((row[name] for name in names if row[name] is not None), None) if row else None


def _months(conn: Connection, customer_id: int, last: str) -> list[RowMapping]:
    query = (
        select(snapshots)
        .where(snapshots.c.customer_id == customer_id, snapshots.c.month <= last)
        .order_by(snapshots.c.month)
    )
    return list(conn.execute(query).mappings())


def _by_number(
    conn: Connection, person: RowMapping, newest: RowMapping | None, picture: Picture
) -> dict[str, object]:
    """Sex, date of birth and age as far as no list tells them and the identity number does (domain 16.4)."""
    query = select(*(by_number(field).label(field) for field in BY_NUMBER))
    row = conn.execute(query.where(customers.c.id == person["id"])).mappings().one()
    particulars: dict[str, object] = {field: value for field, value in row.items() if value is not None}
    age = picture.get("age")
    # after a correction by hand the age no longer comes from the number
    counts = "birth_date" in particulars and picture.get("birth_date") == particulars["birth_date"]
    if counts and age is not None and _first(newest, "age") is None:
        particulars["age"] = age
    return particulars


def _facts(
    person: RowMapping, newest: RowMapping | None, stood_in: Mapping[str, object]
) -> tuple[tuple[str, str, str], ...]:
    """(key, label, value) of every field. The month's value comes before the latest known one, so that an earlier month
    shows what was true then."""
    facts = []
    for key, label, kind in ordered_fields():
        value = newest[key] if newest and key in newest else None
        if value is None and key in person:
            value = person[key]
        value = stood_in.get(key, value)
        if value is not None and key not in ("customer_no", "name"):
            facts.append((key, label, _shown(value, kind)))
    unknown = json.loads(person["extra"]) if person["extra"] else {}
    facts.extend((str(header), str(header), str(value)) for header, value in unknown.items())
    return tuple(facts)


def _shown(value: Any, kind: str) -> str:
    if kind == "money":
        return exact_yuan(value)
    if kind == "flag":
        return _("是") if value else _("否")
    if kind == "percent":
        return f"{value:.0%}"
    return str(value)


def _holdings(conn: Connection, customer_id: int, last: str, sources: "_Sources") -> tuple[HoldingRow, ...]:
    """The newest list of holdings and the newest list of maturities, up to the month."""
    h = holdings.c
    rows: list[HoldingRow] = []
    for kind in ("holding", "maturity"):
        of_kind = (h.customer_id == customer_id, h.kind == kind, h.month <= last)
        newest = select(func.max(h.month)).where(*of_kind).scalar_subquery()
        query = select(holdings).where(*of_kind, h.month == newest).order_by(h.amount.desc(), h.id)
        rows.extend(
            HoldingRow(
                row.product_code, row.product_name, row.category, row.product_risk, row.amount, row.profit,
                row.maturity_date, row.kind, sources.of(row.batch_id, row.source_row), row.as_of,
            )
            for row in conn.execute(query)
        )  # fmt: skip
    return tuple(rows)


def _touches(conn: Connection, customer_id: int, as_of: str | None) -> tuple[TouchRow, ...]:
    """Contacts, the newest first."""
    query = select(touches).where(touches.c.customer_id == customer_id)
    if as_of:
        query = query.where(touches.c.date <= (as_of if len(as_of) > 7 else as_of + "-31"))
    return tuple(
        TouchRow(row.id, row.date, row.channel, row.result, row.initiated_by, row.next_date, row.note)
        for row in conn.execute(query.order_by(touches.c.date.desc(), touches.c.id.desc()))
    )


def _risk(
    conn: Connection, person: RowMapping, month: str | None, rules: Rules, picture: Picture
) -> CustomerRisk | None:
    """The stored result of the month while it is up to date, else a check of this one customer now."""
    if month is None:
        return None
    stored = results.of_customer(conn, month, person["id"], rules)
    if stored is not None and results.is_current(conn, month, revision(conn), version(rules)):
        return stored
    checked = picture.checked if picture.month == month else None
    assessed = checked or assess(conn, month, rules, person["id"])
    if assessed is None:
        return None
    rank = stored.rank if stored else 0
    return results.as_fact(conn, month, assessed, person["name"] or "", person["open_date"], rules, rank=rank)


class _Sources:
    """Source rows; each import is read once."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._known: dict[int, tuple[str, str] | None] = {}

    def of(self, batch: int | None, row: int | None) -> SourceRow | None:
        """The source row of an import and a row number; None where either is unknown."""
        if batch is None or row is None:
            return None
        if batch not in self._known:
            query = select(batches.c.file, batches.c.sheet).where(batches.c.id == batch)
            batch_row = self._conn.execute(query).first()
            self._known[batch] = (batch_row.file, batch_row.sheet) if batch_row else None
        named = self._known[batch]
        return SourceRow(named[0], named[1], row, batch) if named else None


def moment(as_of: str | None) -> str | None:
    """`as_of` if it is a month (YYYY-MM) or a day (ISO), None for None or ''. Raises WorkbenchError no_such_date."""
    if not as_of:
        return None
    try:
        dt.date.fromisoformat(f"{as_of}-01" if len(as_of) == len("YYYY-MM") else as_of)
    except ValueError:
        raise WorkbenchError(
            "no_such_date",
            _("没有“{date}”这个月份或日期。").format(date=as_of),
            _("请写成 2026-10 或 2026-10-31 这样。"),
            date=as_of,
        ) from None
    return as_of
