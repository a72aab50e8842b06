"""A customer's habits by transactions, pay and balances (domain 10.5).

The summary columns of the customer list stand in where no transactions were imported; NULL where neither has it.
"""

from sqlalchemy import FromClause, and_, case, func, literal

from db.functions import rounded
from workbench.base.expressions import (
    Expr,
    count_of,
    day_number,
    highest,
    how_many,
    lowest,
    mean,
    no_count,
    nothing,
    share,
    text_or_null,
)
from workbench.insight.measures.flow_facts import (
    QUARTER,
    RECENT,
    YEAR,
    FlowFacts,
    big,
    flow_facts,
)
from workbench.insight.measures.outgoing import for_later, idle, sum_of_known, third_share
from workbench.insight.measures.pay_facts import kept_after_pay, listed_pay, pays
from workbench.insight.measures.scope import Scope, Second
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder

#: measure -> class of counterparty
_CLASS_OF = {
    "out_house": "property", "out_school": "school", "out_hospital": "hospital", "out_broker": "securities",
    "out_insurance": "insurance", "out_bank": "same_name", "out_internet": "internet",
}  # fmt: skip


def columns(scope: Scope, rules: Rules) -> dict[str, Expr]:
    """The measures of section [behaviour]: money in fen, shares of 1, days and counts whole, flags 0/1."""
    facts = flow_facts(scope)
    inflow = [facts.at("inflow", back, "inflow") for back in QUARTER]
    outflow = [facts.outflow(back, rules) for back in QUARTER]
    claim = facts.claim(0)
    least = round(rules.number("behaviour.least_flow") * 100)
    return {
        **_rfm(scope, facts, rules),
        "inflow_1m": inflow[0],
        "net_outflow": claim.lost(rules),
        "flow_gap": claim.gap(),
        "flows_differ": claim.differs(rules),
        "retention": case((inflow[0] >= least, share(_demand(scope), inflow[0]))),
        **_pay(scope, facts, rules),
        **_same_name(scope, facts, rules),
        "third_count": facts.at("third_party_count", 0, "third_party_outflow_count"),
        "merchant_growth": _merchant_growth(scope, least),
        **_big(facts, rules),
        "flow_season": _grown(inflow[0], facts.at("inflow", YEAR, "inflow"), least),
        **_classes(scope, facts, rules),
        **for_later(scope, facts, inflow, outflow),
        "_pass_through": scope.at("is_pass_through"),
        "_demand_kept": _demand(scope),
    }


def sum_of(values: list[Expr]) -> Expr:
    """The sum of the values; NULL when one of them is."""
    total = values[0]
    for value in values[1:]:
        total = total + value
    return total


def _demand(scope: Scope) -> Expr:
    """Demand deposits by daily average, by balance where the list has no average (domain 0-5)."""
    return func.coalesce(scope.at("demand_daily_average"), scope.at("demand_balance"))


def _grown(now: Expr, before: Expr, least: int) -> Expr:
    """The growth as a share of 1; NULL when `before` is below `least` fen, too little to compare with."""
    return case((before >= least, share(now - before, before)))


# -- RFM -----------------------------------------------------------------------------------------------------------


def _rfm(scope: Scope, facts: FlowFacts, rules: Rules) -> dict[str, Expr]:
    days = _active_days(scope, facts)
    active = _active_90(scope, facts)
    txn_amounts = sum_of([scope.at("txn_amount_1m", back) for back in QUARTER])
    amount: Expr = func.coalesce(scope.at("txn_amount_3m"), txn_amounts)
    if facts.covers(QUARTER):
        amount = _of_transactions(facts, facts.late("amount"), amount)
    return {
        "active_days": days,
        "active_1m": facts.at("active_count", 0, "txn_count_1m"),
        "active_90": active,
        "amount_90": amount,
        "rfm_m": _volume(scope, rules),
    }


def refined(first: Second, rules: Rules, _facts: FromClause | None = None) -> dict[str, Expr]:
    """The figures of the second step: those over several months' flows, the RFM class, idle deposits."""
    r, f, m = rules.numbers("behaviour.high")
    days, active, volume = first["active_days"], first["active_90"], first["rfm_m"]
    recency = case(
        *[(days <= line, 5 - place) for place, line in enumerate(rules.numbers("behaviour.recency"))],
        (days.is_not(None), 1),
    )
    frequency = case(
        *[(active >= line, 5 - place) for place, line in enumerate(rules.numbers("behaviour.frequency"))],
        (active.is_not(None), 1),
    )
    # without a transaction in 90 days the customer is not recent, even where the date of the last one is unknown
    recent = case((recency.is_not(None), recency >= r), (active == 0, literal(False)))
    frequent, ample = frequency >= f, volume >= m

    def of(importance: str) -> Expr:
        """The class by recency and frequency, its code beginning with 'important' or 'general'."""
        return case(
            (
                recent,
                case(
                    (frequent, literal(f"{importance}_value")), (~frequent, literal(f"{importance}_develop"))
                ),
            ),
            (
                ~recent,
                case(
                    (frequent, literal(f"{importance}_keep")), (~frequent, literal(f"{importance}_win_back"))
                ),
            ),
        )

    return {
        "rfm_r": recency,
        "rfm_f": frequency,
        "rfm": case((ample, of("important")), (~ample, of("general"))),
        **_three_months(first, rules),
        "pass_through": _pass_through(first, rules),
        **_by_class(first),
        **idle(first, rules),
        "third_share": third_share(first, rules),
    }


def _active_days(scope: Scope, facts: FlowFacts) -> Expr:
    """Days from the last active transaction to the data date."""
    seen = facts.latest("last_active", (*RECENT, YEAR))
    if facts.recent:
        # a later day without an activity count leaves it open
        later = facts.latest("last_open")
        seen = case((later > func.coalesce(seen, ""), None), else_=seen)
    listed = scope.at("last_txn_date")
    date = func.coalesce(seen, case((listed <= scope.as_of, listed)))
    return day_number(literal(scope.as_of)) - day_number(date)


def _active_90(scope: Scope, facts: FlowFacts) -> Expr:
    counts = sum_of([scope.at("txn_count_1m", back) for back in QUARTER])
    listed = func.coalesce(scope.at("txn_count_3m"), counts)
    return _of_transactions(facts, facts.late("active_count"), listed) if facts.covers(QUARTER) else listed


def _of_transactions(facts: FlowFacts, figure: Expr, listed: Expr) -> Expr:
    """The figure of the transactions for customers with any in the recent months; else the customer list's, else 0."""
    any_rows = facts.sum_of("rows") > 0
    return func.coalesce(case((any_rows, figure)), listed, case((~any_rows, 0)))


def _volume(scope: Scope, rules: Rules) -> Expr:
    """M of RFM by level: 1 for the lowest of the ladder, up to 5."""
    lines = Ladder.of(rules).lines[1:5]
    average = scope.average()
    steps = [(average >= line, place) for place, line in reversed(list(enumerate(lines, 2)))]
    return case(*steps, (average.is_not(None), 1))


# -- flows and balances --------------------------------------------------------------------------------------------


def _pass_through(first: Second, rules: Rules) -> Expr:
    """Whether money only passes through (过路户): the bank's own flag, else daily average against outflow (R4)."""
    outflow = first["_out_0"]
    enough = outflow >= rules.number("behaviour.pass_through_least") * 100
    kept = share(first["_demand_kept"], outflow)
    return func.coalesce(
        first["_pass_through"],
        case(
            (and_(enough, kept < rules.number("behaviour.pass_through")), 1),
            (and_(enough, kept.is_not(None)), 0),
            (~enough, 0),
        ),
    )


def _three_months(first: Second, rules: Rules) -> dict[str, Expr]:
    """Inflow and outflow of one month and of three, and their ratio."""
    least = round(rules.number("behaviour.least_flow") * 100)
    in_3, out_3 = (sum_of([first[f"_{way}_{back}"] for back in QUARTER]) for way in ("in", "out"))
    return {
        "outflow_1m": first["_out_0"],
        "inflow_3m": in_3,
        "outflow_3m": out_3,
        "flow_ratio": case((in_3 >= least, share(out_3, in_3))),
    }


def _merchant_growth(scope: Scope, least: int) -> Expr:
    """Merchant takings of three months against the three before, as a share of 1."""
    amount = "merchant_amount"
    return _grown(scope.mean(amount, 0, 2, 2), scope.mean(amount, 3, 5, 2), least)


def _big(facts: FlowFacts, rules: Rules) -> dict[str, Expr]:
    """The sums in fen of big amounts of the last 90 days."""
    if not facts.covers(QUARTER):
        return {"big_out": nothing(), "big_in": nothing()}
    # large outflows do not count where the balances of a month contradict them
    denied = count_of([facts.claim(back).contradicted(rules) == 1 for back in QUARTER])
    return {
        "big_out": case((denied == 0, big(facts, rules, "outflow"))),
        "big_in": big(facts, rules, "inflow"),
    }


# -- pay -----------------------------------------------------------------------------------------------------------


def _pay(scope: Scope, facts: FlowFacts, rules: Rules) -> dict[str, Expr]:
    listed = pays(scope, RECENT)
    joined = None if listed is None else scope.join(listed)
    paid = [_paid(scope, joined, back) for back in RECENT]
    amounts = [
        func.coalesce(joined.c[f"amount_{back}"], scope.at("payroll_amount", back))
        if joined is not None
        else scope.at("payroll_amount", back)
        for back in QUARTER
    ]
    kept = kept_after_pay(scope, facts, rules)
    run = case(
        (paid[0].is_(None), None),
        *[(func.coalesce(paid_month, 0) == 0, literal(place)) for place, paid_month in enumerate(paid)],
        else_=len(paid),
    )
    return {
        "payroll_3": sum_of(paid[:3]),
        "payroll_run": func.coalesce(scope.at("payroll_months"), run),
        "payroll_mean": rounded(mean([case((amount > 0, amount)) for amount in amounts])),
        "payday_kept": nothing() if kept is None else scope.join(kept).c.kept,
    }


def _paid(scope: Scope, payroll: FromClause | None, back: int) -> Expr:
    """1 when pay came in a month, 0 when it did not: by the payroll list, else by amount, date or flag."""
    amount, date = scope.at("payroll_amount", back), scope.at("last_payroll_date", back)
    month = scope.months(back, back)[0]
    in_list = case(
        (amount.is_not(None), case((amount > 0, 1), else_=0)),
        (date.is_not(None), case((func.substr(date, 1, 7) == month, 1), else_=0)),
        else_=scope.at("is_payroll", back),
    )
    if payroll is None:
        return in_list
    return func.coalesce(payroll.c[f"paid_{back}"], in_list, case((listed_pay(month), 0)))


# -- where the money goes --------------------------------------------------------------------------------------------


def _same_name(scope: Scope, facts: FlowFacts, rules: Rules) -> dict[str, Expr]:
    """Transfers to oneself at another bank within six months: in how many months, how much, and whether regularly."""
    flags = [scope.at("same_name_outflow", back) for back in RECENT]
    flagged = case((_count_of_known(flags) >= rules.whole("behaviour.least_months"), sum_of_known(flags)))
    if not facts.backs.intersection(RECENT):
        return {"same_name_months": flagged, "same_name_mean": nothing(), "same_name_regular": nothing()}
    enough = len(facts.backs.intersection(RECENT)) >= rules.whole("behaviour.least_months")
    sums = facts.each("to_self")
    days = facts.each("to_self_day")
    seen, total = how_many(sums), facts.sum_of("to_self")
    squares: Expr = literal(0.0)
    for month_sum in sums:
        squares = squares + func.coalesce(month_sum * 1.0 * month_sum, 0.0)
    without = facts.sum_of("rows") == facts.sum_of("same_name_told")
    none_seen = case((and_(seen == 0, without), literal(0))) if enough else no_count()
    months = func.coalesce(case((seen > 0, seen)), flagged, none_seen)
    spread = highest(*days) - lowest(*days)
    # the squared coefficient of variation, which needs no square root
    variation = seen * squares / (total * 1.0 * total) - 1
    worth = total >= seen * rules.number("behaviour.regular_least") * 100
    often = and_(seen >= rules.whole("behaviour.regular_months"), worth)
    regular = case(
        (
            often,
            case(
                (
                    and_(
                        variation < rules.number("behaviour.regular_cv") ** 2,
                        spread <= rules.whole("behaviour.regular_days"),
                    ),
                    1,
                ),
                else_=0,
            ),
        ),
        (and_(without, literal(enough)), 0),
    )
    return {
        "same_name_months": months,
        "same_name_mean": case((seen > 0, rounded(total * 1.0 / seen))),
        "same_name_regular": regular,
    }


def _classes(scope: Scope, facts: FlowFacts, rules: Rules) -> dict[str, Expr]:
    """Outflow in fen of six months by class of counterparty, as far as it is known, for the second step."""
    if not facts.recent:
        return {"school_last": text_or_null()}
    enough = len(facts.recent) >= rules.whole("behaviour.least_months")
    clear = and_(facts.sum_of("rows") == facts.sum_of("classed"), literal(enough))
    return {
        **{f"_{name}": facts.known(f"to_{code}") for name, code in _CLASS_OF.items()},
        "_broker_times": facts.sum_of("securities_times"),
        "_clear": case((clear, 0)),
        "school_last": facts.latest("school_last"),
    }


def _by_class(first: Second) -> dict[str, Expr]:
    """Outflow in fen by class; 0 only when enough months are there and all classed."""
    clear, times = first["_clear"], first["_broker_times"]
    amounts: dict[str, Expr] = {name: func.coalesce(first[f"_{name}"], clear) for name in _CLASS_OF}
    return {**amounts, "broker_times": func.coalesce(case((times > 0, times)), clear)}


def _count_of_known(values: list[Expr]) -> Expr:
    total: Expr = literal(0)
    for value in values:
        total = total + case((value.is_not(None), 1), else_=0)
    return total
