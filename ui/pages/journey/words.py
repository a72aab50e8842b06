"""What a card of the board says: who, how long, why, what next."""

from ui.pages.journey.card_list import CardLine
from ui.words import brief, who
from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.insight.journey.facts import NEWCOMER, BoardRow, HandMove
from workbench.insight.journey.tasks import StageTask
from workbench.rules.parameters import Rules


def card_lines(rules: Rules, row: BoardRow) -> tuple[CardLine, ...]:
    """The lines of a card from the top: name and assets, days and where from, the reason, the next task."""
    card = row.card
    lines = [CardLine(who(row.name, row.customer_no), bold=True, right=wan(row.aum_fen))]
    days = [] if card.days is None else [_("{n} 天").format(n=f"{card.days:,}")]
    if row.moved_from is not None:
        days.append(_origin(rules, row))
    if days:
        lines.append(CardLine(" · ".join(days), "accent" if row.moved_from else "second"))
    lines.append(CardLine(brief(rules, card.as_of, card.reason), "second"))
    if row.by_hand is not None:
        lines.append(CardLine(by_hand_words(rules, row.by_hand), "accent"))
    task = next((one for one in card.due if one.is_open), None)
    if task is not None:
        lines.append(CardLine(_task(task, row), "red" if _late(task, row) else "ink"))
    return tuple(lines)


def card_tip(row: BoardRow) -> str:
    """How the stage ends."""
    return row.card.exit


def by_hand_words(rules: Rules, move: HandMove) -> str:
    """Until when a move by hand counts, and what the machine says."""
    words = _("手工到 {until} 为止;系统判断:{stage}")
    return words.format(until=move.until, stage=stage_word(rules, move.machine))


def stage_word(rules: Rules, code: str | None) -> str:
    """The name of a stage; 无法判断 for None."""
    return rules.text(f"journey.{code or 'unknown'}")


def month_number(month: str) -> int:
    """1 to 12 of a month (YYYY-MM)."""
    return int(month[5:7])


def _origin(rules: Rules, row: BoardRow) -> str:
    if row.moved_from == NEWCOMER:
        return _("{m}月新进名单").format(m=month_number(row.month))
    stage = stage_word(rules, row.moved_from)
    if row.by_hand is not None:
        return _("手工由{stage}转来").format(stage=stage)
    return _("{m}月由{stage}转来").format(m=month_number(row.month), stage=stage)


def _task(task: StageTask, row: BoardRow) -> str:
    if task.due is None:
        return _("下一步 {task}").format(task=task.name)
    # the year where it is another one than that of the data
    year = f"{(row.seen_on or row.card.as_of or '')[:4]}-"
    words = _("逾期 {day} {task}") if _late(task, row) else _("{day} 前 {task}")
    return words.format(day=task.due.removeprefix(year), task=task.name)


def _late(task: StageTask, row: BoardRow) -> bool:
    return task.due is not None and row.seen_on is not None and task.due < row.seen_on
