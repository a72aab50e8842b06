"""The sentences about outcomes, and a light as JSON."""

from collections.abc import Sequence
from typing import Any

from workbench.base.i18n import _, bracketed
from workbench.base.money import wan
from workbench.outreach.outcomes.contacts import ReachedContact, TouchComparison
from workbench.outreach.outcomes.counts import JudgedLight, OutcomeShare
from workbench.outreach.outcomes.lights import OutcomeRow
from workbench.rules.parameters import Rules


def ended(row: OutcomeRow) -> str:
    """How lights ended: '留住 60,挽回 5(12.3万,其中联系过 2 户),流失 40,未到期 10(其中 3 户已不到一半)'. While no window
    has ended, nobody is counted as kept or lost, so that no 0 is told of them."""
    counts = row.counts
    won_back = _("挽回 {n}").format(n=f"{counts['won_back']:,}")
    if counts["won_back"]:
        won_back = bracketed(won_back, won_back_words(row))
    early = _("未到期 {n}").format(n=f"{counts['too_early']:,}")
    if counts.low_so_far:
        early += _("(其中 {n} 户已不到一半)").format(n=f"{counts.low_so_far:,}")
    ended_ = counts.stayed.n > 0
    parts = [
        _("留住 {n}").format(n=f"{counts['kept']:,}") if ended_ or counts["kept"] else "",
        won_back,
        _("流失 {n}").format(n=f"{counts['lost']:,}") if ended_ or counts["lost"] else "",
        early,
        _("无法判断 {n}").format(n=f"{counts['censored']:,}") if counts["censored"] else "",
    ]
    return _(",").join(filter(None, parts))


def won_back_words(row: OutcomeRow) -> str:
    """What was won back, and how many of those a contact had reached; where none of the row was reached the log may as well be
    missing, and no 0 is told."""
    counts = row.counts
    if not row.touched.n:
        return wan(counts.won_back_fen)
    words = _("{amount},其中联系过 {n} 户")
    return words.format(amount=wan(counts.won_back_fen), n=f"{row.touched['won_back']:,}")


def headline(row: OutcomeRow, months: Sequence[str], as_of: str, window: int) -> str:
    """What became of the lights of some months; what is needed while nothing can be told yet."""
    first, last, n = min(months), max(months), f"{len(row.lights):,}"
    if len(months) == 1 and not row.lights:
        words = _(
            "只有 {month} 的名单,没有人亮灯,还没有成效可看。灯亮了以后,下个月的名单说得出挽回和销户,"
            "之后 {window} 个月的名单说得出留住还是流失。"
        )
        return words.format(month=last, window=window)
    if not row.lights:
        words = _("{first} 到 {last} 没有人亮灯,所以没有成效可看。数据日期 {as_of}。")
        return words.format(first=first, last=last, as_of=as_of)
    if len(months) == 1:
        words = _(
            "只看了 {month} 的灯,{n} 户:{ended}。下个月的名单一到,看得到挽回和销户;"
            "之后 {window} 个月的名单到齐,才说得出留住还是流失。"
        )
        return words.format(month=last, n=n, ended=ended(row), window=window)
    words = _("{first} 到 {last} 亮过灯的 {n} 户(每户只算第一次):{ended}。数据日期 {as_of}。")
    return words.format(first=first, last=last, n=n, ended=ended(row), as_of=as_of)


def last_month_words(row: OutcomeRow) -> str:
    """The line on 本周 about the lights of the month before."""
    words = _("{month} 亮灯 {n} 户:{ended}")
    return words.format(month=row.month, n=f"{len(row.lights):,}", ended=ended(row))


def share_words(share: OutcomeShare) -> str:
    """A share with its interval: '60%(53%–67%)'; '—' without any."""
    if share.share is None:
        return "—"
    low, high = share.interval
    return _("{share}({low}–{high})").format(share=f"{share.share:.0%}", low=f"{low:.0%}", high=f"{high:.0%}")


def interval_verdict(low: float, high: float) -> str:
    """What an interval of contacted minus not contacted shows."""
    if low <= 0 <= high:
        return _("区间跨过 0,看不出差别")
    return _("联系过的留住得多") if low > 0 else _("联系过的留住得少")


def compared(comparison: TouchComparison) -> str:
    """Touched beside untouched, what the interval shows, and what it cannot show."""
    touched, untouched, difference = comparison.touched, comparison.untouched, comparison.difference
    if difference is None:
        words = _(
            "已有结论的客户里,联系过 {touched} 户,没联系 {untouched} 户;两边各满 {least} 户才相比,现在样本不足。"
        )
        return words.format(
            touched=f"{touched.n:,}", untouched=f"{untouched.n:,}", least=f"{comparison.least:,}"
        )
    low, high = comparison.interval
    words = _(
        "已有结论的客户里,联系过的 {touched} 户留住或挽回 {touched_share},没联系的 {untouched} 户 {untouched_share};"
        "相差 {difference} 个百分点,95% 区间 {low} 到 {high}:{verdict}。联系谁是挑选的,不是随机分的,"
        "这个差别不能当作联系的效果。"
    )
    return words.format(
        touched=f"{touched.n:,}", touched_share=share_words(touched), untouched=f"{untouched.n:,}",
        untouched_share=share_words(untouched), difference=f"{difference * 100:+.1f}", low=f"{low * 100:+.1f}",
        high=f"{high * 100:+.1f}", verdict=interval_verdict(low, high),
    )  # fmt: skip


def person_json(customer_no: str, name: str, light: JudgedLight, rules: Rules) -> dict[str, Any]:
    """A customer's light for programs; won back in yuan."""
    judged = light.judged
    return {
        "customer_no": customer_no,
        "name": name,
        "month": light.month,
        "light": light.light,
        "risk": round(light.risk, 4),
        "outcome": judged.outcome,
        "why": judged.sentence(rules),
        "won_back_yuan": judged.won_back_fen / 100,
        "touched": light.touched,
    }


def contact_json(contact: ReachedContact) -> dict[str, Any]:
    """A contact for programs."""
    return {
        "date": contact.date,
        "channel": contact.channel,
        "result": contact.result,
        "by_customer": contact.by_customer,
    }
