"""What may be written into the file of a complaint: moments, texts, marks from 1 to 5, who approved."""

import datetime as dt
from collections.abc import Collection, Sequence

from workbench.base.dates import time_of_day, today
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.outreach.complaints.words import SIGNS
from workbench.rules.parameters import Rules
from workbench.rules.red_lines import RedLine, hold

#: what nobody complains about: a slip of the unit
_MOST_FEN = 10**13
_DAY, _MOMENT = "%Y-%m-%d", "%Y-%m-%d %H:%M"


def this_moment() -> str:
    """Now, 'YYYY-MM-DD HH:MM'."""
    return f"{today().isoformat()} {time_of_day():%H:%M}"


def checked_moment(text: str, what: str, since: str = "", *, timed: bool = False, after: str = "") -> str:
    """A moment 'YYYY-MM-DD HH:MM', or a day where only that is known (`timed`: then the first minute that `since` allows); '' is
    now. Neither in the future nor before `since`, which is `after` in words ('': the receipt). Raises WorkbenchError
    bad_date, date_in_future, past_date."""
    plain = " ".join(text.split()).replace("T", " ")
    if not plain:
        return this_moment()
    for form in (_MOMENT, _DAY):
        try:
            read = dt.datetime.strptime(plain, form)
        except ValueError:
            continue
        moment = read.strftime(form)
        break
    else:
        raise WorkbenchError(
            "bad_date",
            _("{what}“{text}”不是时间。").format(what=what, text=text),
            _("请写成 2026-11-23 09:30,只知道哪天就写 2026-11-23。"),
        )
    if moment > this_moment() and moment != today().isoformat():
        raise WorkbenchError(
            "date_in_future",
            _("{what}{moment}还没有到。").format(what=what, moment=moment),
            _("请填已经发生的时间。"),
        )
    if since and moment < since[: len(moment)]:
        raise WorkbenchError(
            "past_date",
            _("{what}{moment}早于{after}的{since}。").format(
                what=what, moment=moment, after=after or _("收到投诉"), since=since
            ),
            _("请填 {since} 或以后。").format(since=since),
        )
    if timed and len(moment) == len("2026-11-23"):
        moment = f"{moment} {since[11:16] if since[:10] == moment and since[11:16] else '00:00'}"
    return moment


def checked_text(text: str, what: str, rules: Rules, most: str = "complaint.words_most") -> str | None:
    """A text without spaces around it, None for an empty one. Raises WorkbenchError too_long."""
    plain = text.strip()
    longest = rules.whole(most)
    if len(plain) > longest:
        raise WorkbenchError(
            "too_long",
            _("{what}有 {n} 个字,最多 {most} 个字。").format(what=what, n=len(plain), most=longest),
            _("请写短一些再记下。"),
        )
    return plain or None


def checked_solution(text: str, rules: Rules, lines: Sequence[RedLine]) -> str | None:
    """As `checked_text`; nobody is urged to take a complaint back, and nothing is given for silence. Raises WorkbenchError
    red_line besides."""
    plain = checked_text(text, _("方案"), rules)
    why, instead = rules.text("complaint.never.why"), rules.text("complaint.never.instead")
    own = (RedLine(word, why, instead, denied=True) for word in rules.words("complaint.never_words"))
    return hold(plain, _("方案"), [*lines, *own], scene="complaint") if plain else None


def checked_mark(mark: int | None, what: str) -> int | None:
    """A mark from 1 to 5. Raises WorkbenchError bad_mark."""
    if mark is not None and not 1 <= mark <= 5:
        raise WorkbenchError("bad_mark", _("{what}要在 1 到 5 之间。").format(what=what), _("请重填。"))
    return mark


def checked_money(fen: int | None) -> int | None:
    """An amount in fen above nothing, None where it is not known. Raises WorkbenchError bad_amount."""
    if fen is not None and not 0 < fen <= _MOST_FEN:
        raise WorkbenchError(
            "bad_amount", _("涉及金额要大于 0,不超过 1000 亿元。"), _("请核对单位是不是元;不知道就空着。")
        )
    return fen


def checked_count(count: int | None, what: str) -> int | None:
    """A count of at least one, None where it is not known. Raises WorkbenchError bad_count."""
    if count is not None and count < 1:
        raise WorkbenchError("bad_count", _("{what}至少是 1。").format(what=what), _("不知道就空着。"))
    return count


def checked_signs(signs: Collection[str]) -> tuple[str, ...]:
    """Signs in their order, each once. Raises WorkbenchError no_such_sign."""
    wrong = next((one for one in signs if one not in SIGNS), None)
    if wrong is not None:
        raise WorkbenchError("no_such_sign", _("没有“{word}”这种情形。").format(word=wrong), _("请重选。"))
    return tuple(one for one in SIGNS if one in signs)
