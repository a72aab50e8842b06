"""What a week is called, and what a plan must look like to be stored (domain 5)."""

from db.engine import Book
from workbench.base.dates import today, week_of
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _, commas
from workbench.base.workdays import shipped, workdays_of
from workbench.outreach.draft import WeekPlan

FIVE, THREE = 5, 3


def known_week(book: Book, week: str | None) -> str:
    """The week 'YYYY-Www'; None: the week to plan now. Raises WorkbenchError bad_week."""
    if not week:
        with in_words(), book.read() as conn:
            return workdays_of(conn).planning_week(today())
    text = week
    try:
        if text != week_of(shipped().week(text).days[0]):
            raise ValueError(text)
    except ValueError:
        raise WorkbenchError(
            "bad_week",
            _("「{week}」不是一个周次。").format(week=text),
            _("请写成 2026-W47 这样(年份和第几周)。"),
        ) from None
    return text


def check_shape(plan: WeekPlan) -> None:
    """Raises WorkbenchError not_531, twice_on_plan (facts: tails)."""
    shape = (len(plan.quick_wins), len(plan.needs_resources), len(plan.this_week))
    if shape != (FIVE, THREE, 1):
        raise WorkbenchError(
            "not_531",
            _("计划要有 5 个方法、3 个动作、1 个事项,现在是 {five}、{three}、{one}。").format(
                five=shape[0], three=shape[1], one=shape[2]
            ),
            _("请补齐或删去多出的行,再保存。"),
        )
    seen: set[int] = set()
    twice: set[str] = set()
    for item in plan.quick_wins:
        for customer in item.customers:
            if customer.customer_id in seen:
                twice.add(customer.customer_no[-4:])
            seen.add(customer.customer_id)
    if twice:
        raise WorkbenchError(
            "twice_on_plan",
            _("客户号尾号 {tails} 的客户出现在两个方法里。").format(tails=commas(sorted(twice))),
            _("一位客户一周只放在一个方法里,请删去一处。"),
        )
