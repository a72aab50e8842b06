"""What the funnel counts, read from the book: askings without a referral, referrals with or without the asking behind them."""

from sqlalchemy import Connection, select

from db.mgm import referral_asks
from workbench.base.dates import days_after
from workbench.outreach.referrals.funnel import FUNNEL_STAGES, FunnelCase, FunnelStage
from workbench.outreach.referrals.reading import tasks
from workbench.outreach.referrals.task import ReferralTask
from workbench.rules.parameters import Rules


def funnel_cases(conn: Connection, rules: Rules, day: str) -> list[FunnelCase]:
    """Every asking and every referral as they stand on a day (ISO)."""
    a = referral_asks.c
    query = select(a.id, a.customer_id, a.date, a.answer).where(a.date <= day).order_by(a.date, a.id)
    asks = {row.id: (row.customer_id, row.date, row.answer) for row in conn.execute(query)}
    read = [one for one in tasks(conn, rules, day) if one.date <= day]
    followed = {one.ask_id for one in read}
    cases = [
        _requests(giver, date, answer)
        for number, (giver, date, answer) in asks.items()
        if number not in followed
    ]
    young = days_after(day, -rules.whole("funnel.open_days"))
    funded = round(rules.number("referrals.funded") * 100)
    for one in read:
        ask = asks.get(one.ask_id) if one.ask_id is not None else None
        cases.append(_referred(one, ask[1] if ask else None, day, funded, young=one.date > young))
    return cases


def _requests(giver: int, date: str, answer: str) -> FunnelCase:
    """An asking that no referral follows: declined, not answered yet, or a name of which nothing further was entered."""
    named = {"gave": True, "declined": False}.get(answer)
    later = False if named is False else None
    reached: dict[FunnelStage, bool | None] = dict.fromkeys(FUNNEL_STAGES, later)
    reached |= {"asked": True, "named": named}
    return FunnelCase(giver, date, answer, reached, {"asked": date})


def _referred(
    one: ReferralTask, ask_day: str | None, day: str, funded_fen: int, *, young: bool
) -> FunnelCase:
    """A referral. Who is still worked on and young has time to come further: what he did not reach is not told yet."""
    not_yet = None if young and one.state == "open" else False
    met = one.meeting is not None and one.meeting <= day
    contacted = met or (one.contacted is not None and one.contacted[:10] <= day)
    opened = one.account_no is not None
    brought = bool(one.amount_fen) or (one.assets_fen or 0) >= funded_fen
    untold = opened and not one.amount_fen and one.assets_fen is None
    reached: dict[FunnelStage, bool | None] = {
        "asked": True,
        "named": True,
        "consented": one.agreed,
        "contacted": contacted or not_yet,
        "met": met or not_yet,
        "opened": opened or not_yet,
        "funded": brought or (None if untold else not_yet),
    }
    days: dict[FunnelStage, str | None] = {
        "asked": ask_day, "named": one.date, "consented": one.agreed_at, "contacted": one.contacted,
        "met": one.meeting if met else None, "opened": one.opened,
    }  # fmt: skip
    known = {stage: date[:10] for stage, date in days.items() if date}
    answer = None if ask_day is None else "gave"
    return FunnelCase(one.giver_id, ask_day or one.date, answer, reached, known, imported=not one.by_hand)
