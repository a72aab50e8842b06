"""Who settles a complaint is never whom it is about (回避, domain 9): names compared as people write them."""

import json
import re
import unicodedata

from sqlalchemy import Connection, select

from db.record import settings
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.people.names import pinyin

#: what stands before or behind a name and is no part of it, longer ones first
_TITLES = (
    "客户经理", "理财经理", "大堂经理", "营业经理", "副行长", "副主任", "副经理", "负责人", "经理", "主任", "行长", "主管",
    "柜员", "组长", "老师", "先生", "女士", "同志", "员工",
)  # fmt: skip
#: said before a surname of somebody one knows
_FAMILIAR = ("小", "老")
#: between the names of several people
_BETWEEN = re.compile("[、,;/&]")
#: a remark in brackets; one with a digit may be the number that tells namesakes apart
_REMARK = re.compile(r"\([^()\d]*\)")
#: how long a name behind a title is
_NAME = range(2, 5)


def book_manager(conn: Connection) -> str:
    """The manager of the book as it was entered, '' where nobody is."""
    kept = conn.execute(select(settings.c.value).where(settings.c.key == "manager")).scalar()
    named = json.loads(kept) if kept else ""
    return named.strip() if isinstance(named, str) else ""


def same_person(one: str, other: str) -> bool:
    """Whether two names, as somebody typed them, may be one person: written or spoken alike, without a title before or behind; a
    surname with a title is everybody of that surname. Numbers behind a name tell namesakes apart. Of several people in one
    text each is compared."""
    return any(_alike(mine, his) for mine in _people(one) for his in _people(other))


def _people(text: str) -> list[str]:
    """The people that a text names, without remarks in brackets."""
    return [
        one for one in _BETWEEN.split(_REMARK.sub("", unicodedata.normalize("NFKC", text))) if one.strip()
    ]


def _alike(one: str, other: str) -> bool:
    (plain, titled), (against, named) = _bare(one), _bare(other)
    if not plain or not against:
        return False
    spoken = pinyin([plain, against])[0]
    if plain == against or (spoken[0] and spoken[0] == spoken[1]):
        return True
    short, long = sorted((plain, against), key=len)
    return len(short) == 1 and (titled or named) and long.startswith(short)


def checked_owner(owner: str, against: str, manager: str) -> str:
    """Who settles it: `owner`, or the manager of the book where nobody is named. Raises WorkbenchError same_person."""
    plain = " ".join(owner.split())
    settles = plain or manager
    if settles and same_person(settles, against):
        words = _("投诉的就是{name}本人,不能由他承办。")
        if not plain:
            words = _("投诉的就是本账本的客户经理{name},不能由自己承办。")
        raise WorkbenchError(
            "same_person",
            words.format(name=settles),
            _("请写另一位同事承办;同音的两个人,请在姓名后加工号。"),
        )
    return settles


def avoiding_words(owner: str, against: str) -> str:
    """What cannot be told of it; '' where both are known."""
    if not against.strip():
        return _("没写投诉的是谁,承办人是否要回避无法核对;问清后补上。")
    if not owner.strip():
        return _("还没有定由谁承办,请定一位被投诉人以外的同事。")
    return ""


def _bare(name: str) -> tuple[str, bool]:
    """A name without its title, and whether it had one."""
    plain = name.replace(" ", "").lower()
    for title in _TITLES:
        before, title_in, behind = plain.rpartition(title)
        if title_in and len(behind) in _NAME:
            return behind, True
        if title_in and before and not behind:
            return before, True
    if len(plain) == len("小王") and plain[0] in _FAMILIAR:
        return plain[1], True
    return plain, False
