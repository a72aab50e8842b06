"""Assembles the portrait of one customer: what the lists tell, with source rows, and what is concluded from it."""

import datetime as dt
from dataclasses import replace

from sqlalchemy import Connection

from db.engine import Book
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.base.sensitivity import sensitivity_of
from workbench.base.terms import Term
from workbench.base.workdays import workdays_of
from workbench.insight.churn.cadence import own_days
from workbench.insight.churn.cause_facts import cause_facts
from workbench.insight.churn.causes import Cause, causes, with_confirmed
from workbench.insight.churn.decisions import UNDECIDED, decisions_on
from workbench.insight.genes.card import card
from workbench.insight.genes.room import Genes
from workbench.insight.journey.marked import with_hook
from workbench.insight.journey.of_customer import stage_by
from workbench.insight.measures.freshness import freshness
from workbench.insight.measures.reconciling import flow_problems
from workbench.insight.portrait import behaviour, provenance
from workbench.insight.portrait.advice import next_actions
from workbench.insight.portrait.chips import head_chips
from workbench.insight.portrait.needs import Rate, need_rates
from workbench.insight.portrait.portrait import Portrait
from workbench.insight.portrait.reported import ImportSources, months_of, reported
from workbench.insight.portrait.situation import Situation
from workbench.insight.portrait.unsaid import do_not_say
from workbench.insight.portrait.untold import untold
from workbench.insight.products.room import Matrix
from workbench.insight.tags.engine import Engine
from workbench.insight.tags.explain import tags_of
from workbench.insight.tags.layers import last_run
from workbench.insight.tags.picture import Picture
from workbench.insight.towers.tier_position import standing
from workbench.people.consent import consent_of
from workbench.people.corrections import of_customer
from workbench.people.find import customer
from workbench.people.links import household
from workbench.rules.parameters import Rules


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
        months = months_of(conn, person["id"], last)
        newest = months[-1] if months else None
        picture = self._engine.of_customer(
            conn, person["id"], last if as_of else None, as_of if as_of and len(as_of) > 7 else None
        )
        portrait = replace(
            reported(conn, person, months, as_of, rules, picture),
            picture=picture,
            household=household(conn, person["id"], newest["month"] if newest else None, rules),
            problems=flow_problems(conn, person["id"], newest["month"], rules, ImportSources(conn).of)
            if newest
            else (),
            consent=consent_of(conn, person["id"], picture.day, picture.month, rules),
            corrections=of_customer(conn, person["id"], picture.day, lambda key: self._term(conn, key)),
        )
        whole = self._judged(conn, portrait, picture) if picture.values else portrait
        blind = untold(whole.reported, whole.risk, whole.behaviour, whole.tags, rules)
        return replace(whole, chips=head_chips(whole.head, rules), untold=blind)

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
            at_first=tuple(_(text) for text in quadrant.first) if quadrant else (),
            forbidden=tuple(_(text) for text in quadrant.forbidden) if quadrant else (),
            own_interval=own_days(conn, portrait.customer_id),
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
            behaviour=behaviour.picture(
                values, rules, as_of=picture.as_of, day=picture.day, rates=self._need_rates(conn)
            ),
            stage=card_of,
            tags=tags_of(picture, self._engine.library, rules),
            offers=offers,
            hook=hook,
            causes=likely,
            next_actions=next_actions(situation, rules),
            do_not_say=do_not_say(situation, rules),
        )


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
