"""S7: the anchor of the relationship is lost: pay, settlement, direct debits or renewals (domain 4.3)."""

import datetime as dt

from sqlalchemy import FromClause, Select, and_, case, func, literal, or_, select, union_all

from db.tables import holdings, payrolls
from workbench.base.expressions import (
    Expr,
    fall,
    graded,
    how_many,
    no_count,
    nothing,
    share,
    text_or_null,
    untold,
)
from workbench.insight.churn.signals.payday import Paydays
from workbench.insight.churn.signals.signal import Signal, SignalKind
from workbench.insight.churn.window import Window
from workbench.rules.parameters import Rules


def anchor(window: Window, rules: Rules) -> Signal:
    """Months without the usual pay or takings, pay that leaves at once, a direct debit that ended, matured money not
    renewed (承接率)."""
    anchors = rules.numbers("grade.anchors")
    regular = rules.whole("S7.regular")
    listed = _payroll_lists(window)
    paid = [_paid(window, k, listed) for k in range(9)]
    trading = [window.raw("merchant_amount", k) > 0 for k in range(9)]
    paydays = Paydays(window, rules)
    missed = window.keep("payroll_missed", _missed(paid, regular))
    # the newest month's pay may be a few days late: the months before it are judged alone, if any was missed
    late = and_(missed > 0, paydays.may_still_come())
    missed = case((and_(late, missed == 1), None), (late, missed - 1), else_=missed)
    emptied, leaving = paydays.emptied()
    unheard = window.keep("merchant_missed", _missed(trading, regular))
    repaying = [window.raw("loan_autopay", k) == 1 for k in range(9)]
    unpaid = window.keep("loan_missed", _missed(repaying, regular))
    renewal, renewal_evidence = _renewal(window, rules)
    debits = [window.at("utility_autopay", k) for k in range(regular + 1)]
    return Signal(
        "S7",
        {
            "payroll": _by_months(missed, anchors),
            "merchant": _by_months(unheard, anchors),
            "emptied": emptied,
            # a loan that was paid back needs no debits any more
            "loan": case((window.at("loan_balance") <= 0, literal(0.0)), else_=_by_months(unpaid, anchors)),
            "utility": case(
                (debits[0].is_(None) | (how_many(debits) < 2), None),
                (
                    and_(debits[0] == 0, *(column == 1 for column in debits[1:])),
                    literal(rules.number("S7.utility")),
                ),
                else_=literal(0.0),
            ),
            "maturity": renewal,
        },
        {
            "payroll_missed": missed,
            "merchant_missed": unheard,
            "loan_missed": unpaid,
            **leaving,
            **renewal_evidence,
        },
    )


S7 = SignalKind("S7", anchor)


def _paid(window: Window, back: int, listed: FromClause | None) -> Expr:
    """Whether pay arrived in a month: by the amount, else by the date, else by the flag, else by the payroll list."""
    amount, date = window.raw("payroll_amount", back), window.raw("last_payroll_date", back)
    flag = window.raw("is_payroll", back) == 1
    told = not all(untold(one) for one in (amount, date, flag))
    if listed is not None and window.months[back] in window.coverage.payrolls:
        # a customer who is not on an imported payroll list got no pay
        flag = func.coalesce(flag, func.coalesce(listed.c[f"paid{back}"], 0) == 1)
    if not told:
        return flag
    return case(
        (amount.is_not(None), amount > 0),
        (date.is_not(None), func.substr(date, 1, 7) == window.months[back]),
        else_=flag,
    )


def _payroll_lists(window: Window) -> FromClause | None:
    """Per customer: 1 for each month of the window in which a payroll list names them."""
    months = [month for month in window.months if month in window.coverage.payrolls]
    if not months:
        return None
    p = payrolls.c
    paid = [
        func.max(case((p.month == month, 1))).label(f"paid{window.months.index(month)}") for month in months
    ]
    lists = (
        select(p.customer_id, *paid)
        .where(p.month.in_(months), p.date <= window.as_of)
        .group_by(p.customer_id)
        .subquery("payroll_lists")
    )
    window.join(lists)
    return lists


def _missed(came: list[Expr], regular: int) -> Expr:
    """Months since pay last came after a regular run; 0 when it came this month or never was regular.

    NULL when this month or all those before it are unknown.
    """
    steps = []
    if untold(came[0]) or all(untold(month) for month in came[1:]):
        return no_count()
    for gone in range(1, len(came) - regular + 1):
        if any(untold(month) for month in came[: gone + regular]):
            break
        silent = [~month for month in came[:gone]]
        steps.append((and_(*silent, *came[gone : gone + regular]), literal(gone)))
    unknown = came[0].is_(None) | (how_many(came[1:]) == 0)
    return case((unknown, None), (came[0], literal(0)), *steps, else_=literal(0))


def _by_months(missed: Expr, anchors: tuple[float, ...]) -> Expr:
    if untold(missed):
        return nothing()
    return case(
        (missed.is_(None), None),
        (missed >= 3, literal(anchors[2])),
        (missed == 2, literal(anchors[1])),
        (missed == 1, literal(anchors[0])),
        else_=literal(0.0),
    )


# -- matured money -------------------------------------------------------------------------------------------------


def _renewal(window: Window, rules: Rules) -> tuple[Expr, dict[str, Expr]]:
    """The renewal rate (承接率; domain 20, golden 5): purchases since, over what matured 30 to about 90 days ago.

    Purchases = invested now - invested at the month's end before the first maturity + all that matured since. Invested
    is AUM without demand deposits, or without these figures the sum of the holdings listed.
    """
    lines = _matured_lines(window)
    none = {"matured_fen": nothing(), "renewed_fen": nothing(), "renewed_share": nothing()}
    if lines is None:
        return nothing(), none | {"first_maturity": text_or_null()}
    over = dt.date.fromisoformat(window.as_of) - dt.timedelta(days=rules.whole("S7.renew_days"))
    every = lines.subquery("matured_lines")
    due = case((every.c.maturity_date <= over.isoformat(), every.c.amount), else_=0)
    matured = (
        select(
            every.c.customer_id,
            func.sum(every.c.amount).label("matured"),
            func.sum(due).label("due"),
            func.min(every.c.maturity_date).label("first"),
        )
        .group_by(every.c.customer_id)
        .subquery("matured")
    )
    window.join(matured)
    held = _held(window, rules)
    if held is not None:
        window.join(held)
    invested = [_invested(window, held, k) for k in range(4)]
    before = case(
        *[(func.substr(matured.c.first, 1, 7) == window.months[k], invested[k + 1]) for k in range(3)]
    )
    fell_due = window.keep("fell_due", matured.c.due)
    first = window.keep("first_maturity", matured.c.first)
    bought = window.keep("bought", invested[0] - before + matured.c.matured)
    renewed = case((bought < 0, literal(0)), (bought > fell_due, fell_due), else_=bought)
    short = fall(renewed, fell_due)
    grade = case(
        (fell_due.is_(None), literal(0.0)),
        (fell_due < rules.number("S7.least_matured") * 100, literal(0.0)),
        # a shortfall exactly on a line stays below it
        else_=graded(short - 1e-9, rules.numbers("S7.shortfall"), rules.numbers("grade.anchors")),
    )
    return grade, {
        "matured_fen": fell_due,
        "renewed_fen": renewed,
        "renewed_share": share(renewed, fell_due),
        "first_maturity": first,
    }


def _matured_lines(window: Window) -> Select[tuple[int, str, int]] | None:
    """Lines that matured in this month or the two before.

    From the maturity lists; without any, from the holdings at the end of the month before each maturity.
    """
    coverage = window.coverage
    h = holdings.c
    first, last = window.months[2] + "-01", window.as_of
    listed = [month for month in window.months[:3] if month in coverage.maturities]
    if listed:
        # several months' lists repeat the same line
        return (
            select(h.customer_id, h.maturity_date, h.amount, h.product_code, h.product_name, h.line)
            .distinct()
            .where(h.kind == "maturity", h.month.in_(listed), h.maturity_date.between(first, last))
        )
    held = [k for k in (1, 2, 3) if window.months[k] in coverage.holdings]
    if not held:
        return None
    parts = [
        select(h.customer_id, h.maturity_date, h.amount).where(
            h.kind == "holding",
            h.month == window.months[k],
            h.maturity_date.between(window.months[k - 1] + "-01", min(window.months[k - 1] + "-31", last)),
        )
        for k in held
    ]
    every = union_all(*parts).subquery("matured_held")
    return select(every.c.customer_id, every.c.maturity_date, every.c.amount)


def _held(window: Window, rules: Rules) -> FromClause | None:
    """The sums in fen held at the last four months' ends, without demand deposits."""
    h = holdings.c
    months = [month for month in window.months[:4] if month in window.coverage.holdings]
    if not months:
        return None
    counted = or_(h.category.is_(None), h.category.not_in(rules.words("S7.demand")))
    sums = [
        func.sum(case((and_(h.month == month, counted), h.amount), else_=0)).label(
            f"held{window.months.index(month)}"
        )
        for month in months
    ]
    return (
        select(h.customer_id, *sums)
        .where(h.kind == "holding", h.month.in_(months))
        .group_by(h.customer_id)
        .subquery("held")
    )


def _invested(window: Window, held: FromClause | None, back: int) -> Expr:
    of_balances = window.raw("aum_balance", back) - window.raw("demand_balance", back)
    if held is None or window.months[back] not in window.coverage.holdings:
        return of_balances
    # a customer without a line in an imported list holds nothing
    return func.coalesce(of_balances, held.c[f"held{back}"], 0)
