"""The whole of the four pots by random values: nothing for whom consent or a limit forbids, nothing above the class, nothing past
(domain 8.1, 8.2; golden 14)."""

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.laws import law
from tests.workbench.insight.allocation.test_moves import WITH_FUND
from tests.workbench.insight.allocation.test_present import line
from workbench.base.workdays import shipped
from workbench.insight.allocation.allocation import Allocation
from workbench.insight.allocation.assembling import Assembling
from workbench.insight.allocation.bands import BOLD, GOLD, GROWTH
from workbench.insight.allocation.flows import Flow
from workbench.insight.allocation.slots import FilledSlot
from workbench.insight.allocation.taboos import Contacts
from workbench.insight.products.barring import products_barred
from workbench.insight.tags.picture import Picture
from workbench.insight.values.values import Values
from workbench.people.consent import Consent, Ground
from workbench.people.consent_rule import CODES
from workbench.rules.parameters import Rules

RULES = Rules.load()
AS_OF, DAY = "2026-10-31", dt.date(2026, 11, 16)
_FEN = st.none() | st.integers(0, 10**9)
_VALUES = st.fixed_dictionaries(
    {
        **dict.fromkeys(
            ("balance", "demand_balance", "time_deposit_balance", "wealth_balance", "yearly_income"), _FEN
        ),
        "risk_class": st.none() | st.integers(1, 5),
        "risk_valid_days": st.none() | st.integers(-100, 400),
        "age": st.none() | st.integers(20, 85),
        "journey_stage": st.sampled_from([None, "J1", "J2", "J3"]),
        "s_journey_stage_m0": st.sampled_from([None, "J3", "J5"]),
        "g_quad_now_d0": st.sampled_from([None, "new_friend", "silent_boss"]),
        "talks_90": st.none() | st.integers(0, 3),
        "loss": st.none() | st.integers(0, 10**8),
        "loss_share": st.none() | st.floats(0, 1),
        "birthday_in": st.none() | st.integers(0, 60),
        "payroll_run": st.none() | st.integers(0, 12),
        "payroll_mean": st.none() | st.integers(0, 5_000_000),
        "holds_protection": st.sampled_from([None, 0, 1]),
    }
)
_LINES = st.lists(
    st.builds(
        lambda kind, amount, days: (kind, amount, days),
        st.sampled_from(
            [("定期", "一年", 1), ("理财", "进取", 3), ("基金", "全球", 5), ("理财", "无等级", None)]
        ),
        st.integers(1, 10**9),
        st.integers(0, 80),
    ),
    max_size=4,
)


def consent(code: str | None) -> Consent:
    kinds = {
        "opted_out": "list",
        "complaint": "open",
        "bereaved": "note",
        "minor": "born",
        "unanswered": "rest",
        "tired": "often",
    }
    grounds = () if code is None else (Ground(code, f"{code}.{kinds[code]}", code, "因为如此", "", None),)
    return Consent(DAY.isoformat(), AS_OF, grounds)


def made(told: dict[str, Any], lines: list[Any], code: str | None, *, day: dt.date = DAY) -> Allocation:
    held = tuple(line(*kind, amount) for kind, amount, _days in lines)
    flows = [
        Flow("maturity", amount, (day + dt.timedelta(days=days)).isoformat(), one.band or "stable")
        for (_kind, amount, days), one in zip(lines, held, strict=True)
    ]
    values = Values({**told, "barred": code or "none"})
    return Assembling(
        customer_id=1, customer_no="0001", name="林", picture=Picture("2026-10", AS_OF, day.isoformat(), values), day=day,
        shelf=WITH_FUND, lines=held, listed=True, maturing=flows, contacts=Contacts(), consent=consent(code),
        workdays=shipped(), rules=RULES,
    ).made()  # fmt: skip


def slots(of: Allocation) -> list[FilledSlot]:
    """Every slot of the page that names a product."""
    every = [one.slot for one in of.moves]
    every += [slot for one in (of.combo.lines if of.combo else ()) for slot in one.slots]
    every += [one.slot for one in (of.ladder.rungs if of.ladder else ())]
    return [one for one in (*every, *([of.cover.slot] if of.cover else [])) if one.filled]


@law(examples=300, few=50)
@given(told=_VALUES, lines=_LINES, code=st.sampled_from([None, None, *CODES]))
def test_nobody_is_proposed_what_the_gate_consent_or_a_limit_forbids(
    told: dict[str, Any], lines: list[Any], code: str | None
) -> None:
    of = made(told, lines, code)
    barred = code is not None or bool(products_barred(Values({**told, "barred": code or "none"}), RULES))
    if barred:
        assert of.barred
        assert (of.moves, of.combo, of.ladder, of.cover) == ((), None, None, None)
    risk, days = told["risk_class"], told["risk_valid_days"]
    tested = risk is not None and days is not None and days >= 0
    assert (of.package is not None) is tested
    assert bool(of.untested) is not tested
    for slot in slots(of):
        assert slot.verdict is not None
        assert slot.verdict.may_offer
        if slot.product_code and slot.risk:
            assert slot.risk <= max(risk if tested and risk else 0, RULES.whole("suit.free_risk"))
    if of.package is not None:
        needed = {GROWTH: 3, BOLD: 4, GOLD: 3}
        for band, level in needed.items():
            if level > of.package.risk_class:
                assert of.package.ranges[band].high == 0
                assert not any(one.band == band for one in of.moves)
    for move in of.moves:
        assert not move.day or move.day >= DAY.isoformat()
        assert move.fen <= move.flow
    for rung in of.ladder.rungs if of.ladder else ():
        assert rung.matures > DAY.isoformat()
        assert shipped().is_workday(dt.date.fromisoformat(rung.matures))


@law(examples=60, few=20)
@given(told=_VALUES, lines=_LINES)
def test_data_too_old_propose_nothing(told: dict[str, Any], lines: list[Any]) -> None:
    of = made(told, lines, None, day=dt.date(2027, 6, 1))
    assert (of.moves, of.combo, of.ladder, of.cover) == ((), None, None, None)


@law(examples=60, few=20)
@given(told=_VALUES, lines=_LINES)
def test_every_figure_has_its_reason_or_the_column_that_would_tell_it(
    told: dict[str, Any], lines: list[Any]
) -> None:
    of = made(told, lines, None)
    for gap in of.gaps:
        assert gap.known or gap.columns or gap.verdict == "none"
        assert gap.verdict_name
    assert all(one.sentence and one.source for one in of.taboos)
    assert len(of.taboos) == 8
