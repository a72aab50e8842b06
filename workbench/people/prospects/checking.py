"""What may be written of a person without an account; every refusal is one sentence with what would do."""

import datetime as dt
import re
import unicodedata

from workbench.base.dates import days_after
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas
from workbench.people.dialling import written_number
from workbench.people.privacy import mask_phone, masked_as
from workbench.people.prospects.prospect import ANSWERS, SOURCES
from workbench.rules.parameters import Rules

#: an identity number, or an account: what may not be kept of somebody without an account
_LONG_NUMBER = re.compile(r"\d{14,}")
_DIGITS = re.compile(r"\d{7,}")


def checked_name(text: str, rules: Rules) -> str:
    """A name or how he is called. Raises WorkbenchError no_name, too_long, number_as_name."""
    name = _one_line(text)
    if not name:
        raise WorkbenchError("no_name", _("还没有写称呼。"), _("写姓氏就行,例如:赵先生。"))
    if _DIGITS.search(name):
        raise WorkbenchError(
            "number_as_name", _("称呼里有一串号码。"), _("号码请写在“电话”里;证件号码不要写。")
        )
    return _within(name, rules.whole("prospects.name_most"), _("称呼"))


def checked_phone(text: str, rules: Rules) -> str | None:
    """One telephone as plain digits; None for none. Raises WorkbenchError bad_phone, masked_phone, placeholder_phone."""
    typed = "".join(unicodedata.normalize("NFKC", text).split())
    if not typed:
        return None
    number = written_number(typed)
    if number is None:
        raise WorkbenchError(
            "bad_phone",
            _("“{text}”不像电话号码。").format(text=masked_as("all", typed)),
            _("请写 11 位手机号,或带区号的座机;只写一个。"),
        )
    if "*" in number:
        raise WorkbenchError(
            "masked_phone",
            _("号码有几位是遮住的({phone})。").format(phone=mask_phone(number)),
            _("请写完整号码,或者先不写。"),
        )
    if number in rules.words("intake.placeholder_phones"):
        raise WorkbenchError(
            "placeholder_phone", _("这是占位号码,不能拨打。"), _("还不知道号码的话,先不写。")
        )
    return number


def checked_words(text: str, rules: Rules, label: str, most: str = "prospects.words_most") -> str | None:
    """A few words of one line; None for none. Raises WorkbenchError too_long, id_number."""
    words = _one_line(text)
    if _LONG_NUMBER.search(unicodedata.normalize("NFKC", words).replace(" ", "")):
        raise WorkbenchError(
            "id_number",
            _("“{label}”里有证件号或账号那样的长号码。").format(label=label),
            _("还没有开户的人不记证件号和账号,请去掉。"),
        )
    return _within(words, rules.whole(most), label) or None


def checked_source(code: str, rules: Rules) -> str:
    """The code of a source, by its code or its word. Raises WorkbenchError no_such_source."""
    named = {rules.text(f"prospect.source.{one}"): one for one in SOURCES}
    source = named.get(code.strip(), code.strip())
    if source not in SOURCES:
        raise WorkbenchError(
            "no_such_source",
            _("没有“{source}”这种来源。").format(source=code),
            _("可以用:{codes}。").format(codes=commas(f"{one}({word})" for word, one in named.items())),
        )
    return source


def checked_answer(answer: str) -> int | None:
    """1, 0 or None (not known) for yes, no or unknown. Raises WorkbenchError no_such_answer."""
    if answer.strip() not in ANSWERS:
        raise WorkbenchError(
            "no_such_answer",
            _("“是否同意联系”写成 {answer},看不懂。").format(answer=answer),
            _("请写 yes、no 或 unknown。"),
        )
    return {"yes": 1, "no": 0}.get(answer.strip())


def checked_expiry(typed: str, created: str, today: str, rules: Rules) -> str:
    """The first day (ISO) on which he is no longer kept. Raises WorkbenchError bad_date, past_date, kept_too_long."""
    try:
        day = dt.date.fromisoformat(typed.strip()).isoformat()
    except ValueError:
        raise WorkbenchError(
            "bad_date", _("“{text}”不是日期。").format(text=typed), _("请写成 2026-11-23 这样。")
        ) from None
    if day <= today:
        raise WorkbenchError(
            "past_date", _("到期日 {day} 不晚于今天。").format(day=day), _("请写今天以后的日期。")
        )
    last = days_after(created, rules.whole("prospects.longest"))
    if day > last:
        raise WorkbenchError(
            "kept_too_long",
            _("从 {created} 登记起,最多保留到 {last}。").format(created=created, last=last),
            _("还在谈的话,到期后征得本人同意再重新登记。"),
        )
    return day


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _within(text: str, most: int, label: str) -> str:
    if len(text) > most:
        raise WorkbenchError(
            "too_long",
            _("“{label}”有 {n} 个字,最多 {most} 个字。").format(label=label, n=len(text), most=most),
            _("请写短一些。"),
        )
    return text
