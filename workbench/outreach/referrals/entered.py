"""What may be written on a task sheet: each field checked, the gates of consent, and the order of the days (domain 7, 17)."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from workbench.base.dates import now, today
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas
from workbench.base.money import to_fen
from workbench.outreach.referrals.task import GIVER_KINDS, MOMENTS, ReferralTask
from workbench.people.prospects import checking
from workbench.rules.parameters import Rules

_TIMED = 16
#: field of `ReferralTask` -> what it is called
_LABELS: Final[Mapping[str, Callable[[], str]]] = {
    "date": lambda: _("开口日期"), "channel": lambda: _("开口方式"), "giver_way": lambda: _("转介人同意方式"),
    "agreed_way": lambda: _("本人同意方式"), "agreed_at": lambda: _("本人同意时间"), "name": lambda: _("被转介人"),
    "relation": lambda: _("关系"), "industry": lambda: _("行业"), "need": lambda: _("需求线索"),
    "owner": lambda: _("承接人"), "contacted": lambda: _("首触日期"), "result": lambda: _("首触结果"),
    "meeting": lambda: _("见面日期"), "product": lambda: _("成交产品"), "amount_fen": lambda: _("成交金额"),
    "feedback": lambda: _("反馈转介人日期"), "thanked": lambda: _("感谢转介人日期"), "status": lambda: _("状态"),
    "close_reason": lambda: _("关闭原因"), "phone": lambda: _("电话"), "agreed": lambda: _("本人是否同意"),
    "giver_agreed": lambda: _("转介人是否同意"), "moment": lambda: _("良机"), "giver": lambda: _("转介人类型"),
    "loan": lambda: _("是否为贷款而来"),
}  # fmt: skip
FIELDS: Final = tuple(_LABELS)
_FLAGS: Final = ("giver_agreed", "agreed", "loan")
_DAYS: Final = ("date", "meeting", "feedback", "thanked")
_MOMENTS: Final = ("agreed_at", "contacted")
#: which days may lie ahead
_AHEAD: Final = ("meeting",)


def label_of(field: str) -> str:
    """What a field of the sheet is called. Raises KeyError for another one."""
    return _LABELS[field]()


@dataclass(frozen=True, slots=True)
class EnteredReferral:
    """A referral as typed; '' for what is not known. `date`, `agreed_at`: ISO, '' for today or now; flags 'yes', 'no', 'unknown';
    `ask_id`: the asking that it came of; `reward`: code of the benefit that was promised."""

    giver_no: str
    name: str
    date: str = ""
    giver: str = ""
    moment: str = ""
    channel: str = ""
    giver_agreed: str = "unknown"
    giver_way: str = ""
    agreed: str = "unknown"
    agreed_way: str = ""
    agreed_at: str = ""
    phone: str = ""
    relation: str = ""
    industry: str = ""
    need: str = ""
    loan: str = "unknown"
    owner: str = ""
    reward: str = ""
    ask_id: int | None = None

    @property
    def given(self) -> dict[str, str]:
        """The fields of the sheet that were typed."""
        return {name: text for name in FIELDS if (text := str(getattr(self, name, "") or ""))}


def filled_in(task: ReferralTask, given: Mapping[str, str], rules: Rules) -> ReferralTask:
    """The sheet with fields of `FIELDS` set as typed ('' blanks one), once all of it may be written.

    Raises WorkbenchError bad_date, date_in_future, no_such_choice, no_such_answer, too_long, id_number, no_name, number_as_name,
    bad_phone, masked_phone, placeholder_phone, bad_amount, and as `check`; KeyError for another field.
    """
    changed = replace(task, **{field: _read(field, text, rules) for field, text in given.items()})
    if changed.agreed and not task.agreed and changed.agreed_at is None:
        changed = replace(changed, agreed_at=minute_now())
    if not changed.agreed:
        changed = replace(changed, agreed_at=None)
    check(changed, frozenset(given))
    return changed


def minute_now() -> str:
    """The minute by the clock; the day alone where another day stands for today."""
    moment, day = now()[:_TIMED], today().isoformat()
    return moment if moment.startswith(day) else day


def check(task: ReferralTask, given: frozenset[str]) -> None:
    """Refuse what consent does not allow, and days out of order. Only what is given is refused: an imported line may be as it is.

    Raises WorkbenchError giver_not_agreed, declined_not_kept, no_evidence, phone_needs_consent, no_consent, out_of_order.
    """
    if (
        task.giver_agreed is False
        and given & {"name", "phone", "agreed", "contacted", "giver_agreed"}
        and task.name
    ):
        raise WorkbenchError(
            "giver_not_agreed",
            _("转介人不同意说出是谁介绍的,不登记这位朋友。"),
            _("可以请转介人自己把我们的名片转给对方。"),
        )
    if task.agreed is False and given & {"name", "phone", "contacted", "meeting"}:
        raise WorkbenchError(
            "declined_not_kept",
            _("本人不同意联系,不登记姓名和电话。"),
            _("请谢谢转介人,不说明原因。"),
        )
    if task.agreed and not task.agreed_way and given & {"agreed", "agreed_way"}:
        raise WorkbenchError(
            "no_evidence",
            _("没有写本人是怎样同意的。"),
            _("请写一句,例如:本人微信回复可以联系。"),
        )
    if task.phone and not task.agreed and "phone" in given:
        raise WorkbenchError(
            "phone_needs_consent",
            _("本人还没有同意联系,先不记电话。"),
            _("请转介人先问对方,或者把我们的电话给对方。"),
        )
    if "contacted" in given and task.contacted and not task.agreed:
        raise WorkbenchError(
            "no_consent",
            _("还没有记本人同意联系,不能记首触。"),
            _("请先补记本人是否同意、怎样同意。"),
        )
    _check_order(task, given)


def _check_order(task: ReferralTask, given: frozenset[str]) -> None:
    """What is recorded must be in the order of the days."""
    first = task.contacted[:10] if task.contacted else None
    agreed = task.agreed_at[:10] if task.agreed_at else None
    for field, after, known in (
        ("agreed_at", "date", task.date), ("contacted", "date", task.date), ("contacted", "agreed_at", agreed),
        ("meeting", "contacted", first), ("feedback", "contacted", first), ("thanked", "date", task.date),
    ):  # fmt: skip
        day = getattr(task, field)
        if day and known and day[:10] < known and given & {field, after}:
            words = _("{what}是 {day},早于{other} {known}。")
            raise WorkbenchError(
                "out_of_order",
                words.format(what=label_of(field), day=day[:10], other=label_of(after), known=known),
                _("请核对日期后再记。"),
            )
    timed = task.contacted and task.agreed_at and len(task.contacted) == _TIMED
    if timed and "contacted" in given and str(task.contacted) < str(task.agreed_at):
        words = _("{what}是 {day},早于{other} {known}。")
        raise WorkbenchError(
            "out_of_order",
            words.format(
                what=label_of("contacted"),
                day=task.contacted,
                other=label_of("agreed_at"),
                known=task.agreed_at,
            ),
            _("请核对日期后再记。"),
        )
    for field in ("meeting", "feedback", "product", "amount_fen"):
        if field in given and getattr(task, field) and first is None:
            raise WorkbenchError(
                "out_of_order",
                _("还没有首触日期,不能记“{what}”。").format(what=label_of(field)),
                _("请先记首触的日期和结果。"),
            )


def _read(field: str, text: str, rules: Rules) -> Any:
    """The value of a field that was typed; None or '' for a blank."""
    label, plain = label_of(field), text.strip()
    if field == "name":
        return checking.checked_name(text, rules) if plain else ""
    if field == "phone":
        return checking.checked_phone(text, rules) or ""
    if field in _FLAGS:
        answer = checking.checked_answer(plain or "unknown")
        return None if answer is None else bool(answer)
    if field == "moment":
        return _chosen(plain, {code: rules.text(f"referrals.moment.{code}") for code in MOMENTS}, label)
    if field == "giver":
        return _chosen(plain, {code: rules.text(f"referrals.giver.{code}") for code in GIVER_KINDS}, label)
    if field in _DAYS:
        return _day(plain, label, ahead=field in _AHEAD) if plain else None
    if field in _MOMENTS:
        return _moment(plain, label) if plain else None
    if field == "amount_fen":
        return _amount(plain) if plain else None
    return checking.checked_words(text, rules, label, "referrals.words_most") or ""


def _chosen(word: str, names: Mapping[str, str], label: str) -> str | None:
    if not word:
        return None
    for code, name in names.items():
        if word in (code, name, name[:1]):
            return code
    raise WorkbenchError(
        "no_such_choice",
        _("“{label}”里没有“{word}”。").format(label=label, word=word),
        _("可以用:{names}。").format(names=commas(names.values())),
    )


def _day(text: str, label: str, *, ahead: bool = False) -> str:
    try:
        day = dt.date.fromisoformat(text).isoformat()
    except ValueError:
        raise WorkbenchError(
            "bad_date",
            _("“{label}”的“{text}”不是日期。").format(label=label, text=text),
            _("请写成 2026-11-23 这样。"),
        ) from None
    if not ahead and day > today().isoformat():
        raise WorkbenchError(
            "date_in_future",
            _("“{label}”是 {day},还没有到。").format(label=label, day=day),
            _("请填今天或以前的日期。"),
        )
    return day


def _moment(text: str, label: str) -> str:
    """'YYYY-MM-DD', or with 'HH:MM' behind it."""
    day = _day(text[:10], label)
    rest = text[10:].strip().removeprefix("T")
    if not rest:
        return day
    try:
        time = dt.time.fromisoformat(rest)
    except ValueError:
        raise WorkbenchError(
            "bad_date",
            _("“{label}”的“{text}”不是时间。").format(label=label, text=text),
            _("请写成 2026-11-23 15:30 这样,或者只写日期。"),
        ) from None
    return f"{day} {time:%H:%M}"


def _amount(text: str) -> int:
    fen = to_fen(text)
    if fen is None or fen <= 0:
        raise WorkbenchError(
            "bad_amount",
            _("“{text}”不是成交金额。").format(text=text),
            _("请写多少元,例如 50000 或 5万。"),
        )
    return fen
