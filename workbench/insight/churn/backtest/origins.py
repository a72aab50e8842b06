"""Which months are looked back at, and the refusal of a book that is too young for it (domain 4.6, 20-15)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from workbench.base.dates import shift_month
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, sentences
from workbench.base.months import data_date
from workbench.insight.churn.assessing import guard_of
from workbench.insight.churn.backtest.size import BookSize
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class PlannedOrigin:
    """A month with its data date and the months in which its outcome shows."""

    month: str
    as_of: str
    headline: bool
    #: lists of the outcome window whose figures are not in doubt, oldest first
    after: tuple[str, ...]
    #: the last list of the window
    last: str
    #: the last month of the window
    end: str


@dataclass(frozen=True, slots=True)
class OriginPlan:
    """The origins, oldest first, the months reported, and those whose figures are in doubt (domain 4.5-9)."""

    origins: tuple[PlannedOrigin, ...]
    months: tuple[str, ...]
    doubtful: tuple[str, ...]


def too_short(months: Sequence[str], rules: Rules) -> int:
    """How many monthly lists are missing for one origin; 0 for none."""
    needed = rules.whole("backtest.look_back") + rules.whole("outcomes.window")
    return max(needed - len(months), 0)


def planned_origins(conn: Connection, months: Sequence[str], rules: Rules) -> OriginPlan:
    """Every month with enough lists before and after it; of the headline those whose windows do not overlap, counted from
    the newest back. A month in doubt is none, and its figures tell of nobody."""
    horizon, back = rules.whole("outcomes.window"), rules.whole("backtest.look_back")
    least = rules.whole("outcomes.least_after")
    doubtful = tuple(month for month in months if guard_of(conn, month) is not None)
    origins: list[PlannedOrigin] = []
    next_one: str | None = None
    for month in reversed(months):
        end, first = shift_month(month, horizon), shift_month(month, 1 - back)
        window = [one for one in months if month < one <= end]
        after = tuple(one for one in window if one not in doubtful)
        before = sum(first <= one <= month for one in months)
        if month in doubtful or end > months[-1] or before < back or len(after) < least:
            continue
        headline = next_one is None or end <= next_one
        next_one = month if headline else next_one
        as_of = data_date(conn, month) or month
        origins.append(PlannedOrigin(month, as_of, headline, after, window[-1], end))
    return OriginPlan(tuple(reversed(origins)), tuple(months), doubtful)


def short_history(months: Sequence[str], size: BookSize, rules: Rules) -> WorkbenchError:
    """The refusal of a book with too few lists: what it lacks, and what a book of this size can show at all."""
    back, horizon = rules.whole("backtest.look_back"), rules.whole("outcomes.window")
    missing = too_short(months, rules)
    if missing:
        words = _(
            "历史不足,仅展示规则:账本里有 {months} 个月的名单,回测至少要 {needed} 个月(之前 {back} 个月加之后 {horizon} 个月)。"
        )
        hint = _("再导入 {missing} 个月的名单才够月数。").format(missing=missing)
    else:
        words = _(
            "历史不连续,仅展示规则:账本里有 {months} 个月的名单,没有一个月的前面连着 {back} 个月、后面又有 {horizon} 个月。"
        )
        hint = _("请补上缺的月份再回测。")
    message = words.format(months=len(months), needed=back + horizon, back=back, horizon=horizon)
    return WorkbenchError(
        "short_history", message, sentences([hint, size.sentence]), months=len(months), needed=back + horizon, size=size.as_json()
    )  # fmt: skip
