"""Who is told of no product now: one answer in Python, as SQL and as words, and nobody who is barred is named one anywhere."""

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import select

from db.tables import complaints, customers, holdings, snapshots, touches
from tests.laws import law
from tests.workbench.conftest import AS_OF, MONTH, SmallBook
from workbench.insight.journey.tasks import card_tasks
from workbench.insight.portrait.advice import next_actions
from workbench.insight.portrait.chips import chip_rules
from workbench.insight.portrait.situation import Situation
from workbench.insight.portrait.unsaid import barred_by, do_not_say
from workbench.insight.products import barring
from workbench.insight.products.offers import offers
from workbench.insight.shelf.families import families
from workbench.insight.values.values import Values
from workbench.people.consent_rule import CODES, FREE
from workbench.rules.parameters import Rules

RULES = Rules.load()
DAY = "2026-11-02"
#: actions that speak of products or of the next level's money
SELLING = {"offer", "idle", "raise"}
#: somebody to whom much could be sold
WILLING: dict[str, Any] = {
    **{family.column: 0 for family in families()}, "holds_demand": 1, "demand": 12_000_000, "deposit": 15_000_000,
    "balance": 15_000_000, "average": 19_000_000, "line_next": 20_000_000, "line_own": 5_000_000, "deposit_share": 1.0,
    "demand_share": 0.8, "idle_demand": 9_000_000, "idle_months": 3, "matures_30": 0, "age": 45, "risk_class": 3,
    "risk_level": "C3", "risk_valid_days": 200, "families": 2,
}  # fmt: skip
VALUES = some.fixed_dictionaries(
    {
        "g_quad_now_d0": some.sampled_from([None, "silent_boss", "new_friend", "old_friend", "patron"]),
        "talks_90": some.sampled_from([None, 0, 1, 2, 5]),
        "s_journey_stage_m0": some.sampled_from([None, "J0", "J1", "J2", "J3", "J4", "J5"]),
        "overdue_days": some.sampled_from([None, 0, 1, 90]),
        "loss": some.sampled_from([None, 0, 99_999, 1_000_000]),
        "loss_share": some.sampled_from([None, 0.0, 0.029, 0.03]),
        "days_since_talk": some.sampled_from([None, 0, 30, 31]),
        "birthday_in": some.sampled_from([None, 0, 1, 200]),
        "barred": some.sampled_from([None, FREE, *CODES]),
    }
)


@given(VALUES)
@law(examples=5_000, few=200)
def test_whoever_is_barred_is_offered_nothing(drawn: dict[str, Any]) -> None:
    values = Values({**WILLING, **drawn})
    situation = Situation(values, DAY, AS_OF, offers=(("稳享", "有闲置"),), at_first=("前两次不推",))
    limit = barred_by(do_not_say(situation, RULES), barring.PRODUCTS)
    code = barring.products_barred(values, RULES)
    # consent speaks for itself; everything else is a limit that the portrait tells, and the reverse
    assert (limit is None) == (barring.products_barred(Values({**drawn, "barred": None}), RULES) == "")
    named = {one.code for one in next_actions(situation, RULES)} & SELLING
    if code:
        assert offers(values, RULES) == ()
        assert not named
    else:
        assert offers(values, RULES)
        assert named


def _mixed(small: SmallBook, seed: int) -> None:
    """Forty customers as they come: contacts, losses, money overdue, complaints, birthdays, and large strangers."""
    draw = Random(seed)
    log, lines, cases = [], [], []
    with small.book.write("import", "mixed") as writer:
        conn = writer.conn
        months = {
            row.customer_id: row.id for row in conn.execute(select(snapshots.c.customer_id, snapshots.c.id))
        }
        for id_ in small.ids.values():
            if draw.random() < 0.4:
                large = {"aum_daily_average": 90_000_000, "aum_balance": 90_000_000}
                writer.update(snapshots, months[id_], large)
            if draw.random() < 0.2:
                writer.update(snapshots, months[id_], {"overdue_days": draw.choice((0, 5))})
            if draw.random() < 0.2:
                writer.update(
                    customers, id_, {"birth_date": f"1980-{draw.choice(('11-02', '11-05', '03-01'))}"}
                )
            for _time in range(draw.choice((0, 1, 2, 3))):
                day = f"2026-{draw.choice((8, 9, 10)):02d}-{draw.randint(1, 30):02d}"
                log.append(
                    {"customer_id": id_, "date": day, "channel": "phone", "result": "reached", "initiated_by": "manager"}
                )  # fmt: skip
            if draw.random() < 0.5:
                lines.append(
                    {
                        "customer_id": id_, "month": MONTH, "as_of": AS_OF, "batch_id": 1, "source_row": 4, "kind": "holding",
                        "line": 2, "category": "基金", "product_name": "某基金", "product_risk": "R3", "amount": 5_000_000,
                        "profit": draw.choice((-1_500_000, 100_000)),
                    }
                )  # fmt: skip
            if draw.random() < 0.1:
                cases.append({"customer_id": id_, "date": "2026-10-20", "status": "处理中"})
        writer.insert(touches, log)
        writer.insert(holdings, lines)
        writer.insert(complaints, cases)


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.long)])
def test_in_a_book_nobody_who_is_barred_is_named_a_product_anywhere(forty: SmallBook, seed: int) -> None:
    _mixed(forty, seed)
    insight = forty.insight
    insight.engine.ensure()
    insight.journey.move("07", "J5", "客户已转走")
    insight.engine.ensure()
    with forty.book.read() as conn:
        layers = insight.engine.layers(conn)
        names = sorted(barring.columns_of_bars(RULES) | barring.columns_of_bars(RULES, barring.REFERRAL))
        every = layers.source({*names, "customer_no"})
        query = select(
            layers.customer_id.label("customer_id"), layers.column("customer_no").label("no"),
                barring.products_barred_sql(layers, RULES).label("code"),
                barring.topic_barred_sql(layers, RULES, barring.REFERRAL).label("referral"),
            *(layers.column(name).label(name) for name in names),
        ).select_from(every)  # fmt: skip
        rows = conn.execute(query).mappings().all()
    by_words = set(insight.picking.ids(barring.barred_words(RULES)))
    assert by_words - {row["customer_id"] for row in rows if row["code"] in CODES} == {
        row["customer_id"] for row in rows if row["code"] not in (FREE, *CODES)
    }
    code_of = {row["no"]: row["code"] for row in rows}
    assert len(code_of) == 40
    for row in rows:
        judged = barring.products_barred(Values({name: row[name] for name in names}), RULES)
        assert (judged or FREE) == row["code"], row["no"]
        judged = barring.topic_barred(Values({name: row[name] for name in names}), RULES, barring.REFERRAL)
        assert (judged or FREE) == row["referral"], row["no"]
    barred = {no for no, code in code_of.items() if code != FREE}
    assert {"quadrant", "gone", "loss", "overdue"} <= set(code_of.values())
    assert len(barred) < 40
    listed = set()
    for family in families():
        targets = insight.matrix.targets(family.code, limit=100)
        listed |= {one.customer_no for one in targets.rows}
        assert targets.count == len(targets.rows) + sum(targets.excluded.values())
    assert listed
    assert not listed & barred
    for one in insight.matrix.next_products(limit=100):
        assert bool(one.held) == (one.customer_no in barred)
        assert not (one.offers and one.held)
    asking = {rule.of for rule in chip_rules() if rule.asks == "products"}
    selling = frozenset(RULES.words("lead.journey_sells"))
    assert selling <= {task.code for task in card_tasks()}
    for no in barred:
        portrait = insight.portraits.of(no)
        assert barred_by(portrait.do_not_say, barring.PRODUCTS) is not None
        body = portrait.as_json()
        assert body["offers"] == []
        assert portrait.hook is None
        assert not {one["code"] for one in body["next_actions"]} & SELLING
        assert not {one["of"] for one in body["chips"]} & asking
        assert portrait.stage is not None
        assert not {task.code for task in portrait.stage.due} & selling


def test_the_tags_that_the_conditions_read_have_the_values_of_the_library(forty: SmallBook) -> None:
    with forty.book.read() as conn:
        words = forty.insight.engine.vocabulary(conn)
        for name, codes in barring._TAGS.items():
            term = words.find(name)
            assert term is not None
            assert {code for code, _label in term.values} == set(codes)


def test_what_bars_has_a_name_and_is_counted_in_words() -> None:
    assert set(barring.bar_names(RULES)) == {*CODES, "overdue", "gone", "loss", "quadrant", "birthday"}
    assert (
        barring.counted_bars(["loss", "loss", "gone", "complaint"], RULES)
        == "赢回先恢复联系 1 户、先解释浮亏 2 户"
    )
    assert barring.counted_bars([], RULES) == ""
