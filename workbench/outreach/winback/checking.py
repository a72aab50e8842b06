"""What is typed of a win-back, as it is stored; what is refused, with what to do."""

import datetime as dt
from collections.abc import Iterable

from db.values import Value
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas
from workbench.base.money import to_fen
from workbench.outreach.winback.win_back import ENTRIES, SIDES, STRATEGIES, NewWinBack, RivalFact
from workbench.rules.parameters import Rules
from workbench.rules.red_lines import RedLine, hold

#: a rate above this, in percent a year, is a slip of the pen
_RATE_MOST = 20.0


def checked_words(text: str, what: str, rules: Rules) -> str:
    """A text in one line. Raises WorkbenchError too_long."""
    plain = " ".join(text.split())
    most = rules.whole("winback.words_most")
    if len(plain) > most:
        raise WorkbenchError(
            "too_long",
            _("{what}有 {n} 个字,最多 {most} 个字。").format(what=what, n=len(plain), most=most),
            _("请写短一些再记下。"),
        )
    return plain


def checked_strategy(new: NewWinBack, proposed: str, rules: Rules) -> tuple[str, str]:
    """(strategy, why another than `proposed`). Raises WorkbenchError no_such_strategy, no_reason, too_long."""
    strategy = new.strategy or proposed
    if strategy not in STRATEGIES:
        names = commas(f"{one} {rules.text(f'winback.strategy.{one}')}" for one in STRATEGIES)
        raise WorkbenchError(
            "no_such_strategy",
            _("没有“{word}”这种做法。").format(word=strategy),
            _("现有:{names}").format(names=names),
        )
    why = checked_words(new.why, _("理由"), rules)
    if strategy != proposed and not why:
        raise WorkbenchError(
            "no_reason",
            _("按确认的原因应当是“{name}”。").format(name=rules.text(f"winback.strategy.{proposed}")),
            _("换一种做法请写理由,例如:客户说是因为孩子要出国。"),
        )
    return strategy, why if strategy != proposed else ""


def rival_columns(new: NewWinBack, rules: Rules) -> dict[str, Value]:
    """What is known of the money there, as columns. Raises WorkbenchError too_long, bad_rate, bad_amount, bad_date."""
    return {
        "rival": checked_words(new.rival, _("对方银行"), rules) or None,
        "rival_product": checked_words(new.rival_product, _("对方产品"), rules) or None,
        "rival_rate": _rate(new.rival_rate),
        "rival_amount": _amount(new.rival_amount),
        "rival_due": _day(new.rival_due),
    }


def since_when(new: NewWinBack) -> str | None:
    """The day (ISO) since which the money lies there. Raises WorkbenchError bad_date, date_in_future, date_order."""
    since, due = _day(new.rival_from), _day(new.rival_due)
    if since is not None and since > today().isoformat():
        raise WorkbenchError(
            "date_in_future", _("起息日 {day} 还没有到。").format(day=since), _("请填实际的起息日。")
        )
    if since is not None and due is not None and due <= since:
        raise WorkbenchError(
            "date_order",
            _("到期日 {due} 不晚于起息日 {since}。").format(due=due, since=since),
            _("请核对这两个日期。"),
        )
    return since


def checked_entry(code: str, rules: Rules) -> str | None:
    """The code of a rigid need. Raises WorkbenchError no_such_entry."""
    if not code:
        return None
    if code not in ENTRIES:
        names = commas(f"{one} {rules.text(f'winback.entry.{one}')}" for one in ENTRIES)
        raise WorkbenchError(
            "no_such_entry",
            _("没有“{word}”这件事。").format(word=code),
            _("现有:{names}").format(names=names),
        )
    return code


def checked_facts(facts: Iterable[RivalFact], rules: Rules, lines: Iterable[RedLine]) -> list[RivalFact]:
    """Facts of the rival, each with source and day; empty ones are left out. Raises WorkbenchError no_such_side, no_source,
    bad_date, date_in_future, too_long, red_line."""
    kept, every = [], tuple(lines)
    for one in facts:
        words = checked_words(one.words, _("对方的事实"), rules)
        if not words:
            continue
        if one.side not in SIDES:
            raise WorkbenchError(
                "no_such_side",
                _("没有“{word}”这一项对比。").format(word=one.side),
                _("现有:{names}").format(
                    names=commas(f"{side} {rules.text(f'winback.fact.{side}')}" for side in SIDES)
                ),
            )
        source, day = checked_words(one.source, _("出处"), rules), _day(one.date)
        name = rules.text(f"winback.fact.{one.side}")
        if not source or day is None:
            raise WorkbenchError(
                "no_source",
                _("“{name}”没有写出处或日期。").format(name=name),
                _("对比只用有出处和日期的事实,例如:对方官网,2026-11-20。"),
            )
        if day > today().isoformat():
            raise WorkbenchError(
                "date_in_future", _("{day} 还没有到。").format(day=day), _("请填查看的那一天。")
            )
        hold(words, name, every)
        kept.append(RivalFact(one.side, words, source, day))
    return kept


def _rate(text: str) -> float | None:
    plain = text.strip().rstrip("%").strip()
    if not plain:
        return None
    try:
        percent = float(plain)
    except ValueError:
        percent = -1.0
    if not 0 <= percent <= _RATE_MOST:
        raise WorkbenchError(
            "bad_rate", _("「{text}」不是年利率。").format(text=text), _("请写百分数,例如 1.85。")
        )
    return round(percent / 100, 6)


def _amount(text: str) -> int | None:
    if not text.strip():
        return None
    fen = to_fen(text)
    if fen is None or fen <= 0:
        raise WorkbenchError(
            "bad_amount", _("「{text}」不是金额。").format(text=text), _("请写元,例如 200000。")
        )
    return fen


def _day(text: str) -> str | None:
    if not text.strip():
        return None
    try:
        return dt.date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise WorkbenchError(
            "bad_date", _("「{text}」不是日期。").format(text=text), _("请写成 2026-11-23 这样。")
        ) from None
