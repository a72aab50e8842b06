"""What may be given: words that no gift may have (domain 8.5), what a customer may be given in a year."""

from sqlalchemy import Connection, func, select

from db.year import gifts
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.base.money import exact_yuan, to_fen
from workbench.outreach.gifts.from_benefits import given_by_benefits
from workbench.people.consent import REFUSED, held
from workbench.rules.parameters import Rules


def checked_words(text: str, what: str, rules: Rules, most: str = "gift.words_most") -> str:
    """The text in one line. Raises WorkbenchError too_long, forbidden_gift."""
    plain = " ".join(text.split())
    longest = rules.whole(most)
    if len(plain) > longest:
        raise WorkbenchError(
            "too_long",
            _("{what}有 {n} 个字,最多 {most} 个字。").format(what=what, n=len(plain), most=longest),
            _("请写短一些再记下。"),
        )
    for key, why in (
        ("gift.never", _("现金和可以当钱用的卡券不能作礼品")),
        ("gift.tied", _("礼品不能与存款金额挂钩")),
    ):
        for word in rules.words(key):
            if word in plain:
                raise WorkbenchError(
                    "forbidden_gift",
                    _("{what}里有“{word}”:{why}。").format(what=what, word=word, why=why),
                    _("请换一样实物或服务;这些词在设置的规则里可以改。"),
                    word=word,
                )
    return plain


def checked_amount(text: str) -> int:
    """The price in fen of an amount in yuan. Raises WorkbenchError bad_amount."""
    fen = to_fen(text) if text.strip() else None
    if fen is None or fen < 0:
        raise WorkbenchError(
            "bad_amount", _("「{text}」不是金额。").format(text=text), _("请写一件多少元,例如 68。")
        )
    return fen


def check_cap(
    conn: Connection, customer: int, year: int, value_fen: int, rules: Rules, *, but: int = 0
) -> None:
    """Raises WorkbenchError over_cap where a gift would bring a customer (id) over what he may be given in a year, things given
    by benefits included; `but`: the gift (id) that is written anew."""
    counted = func.substr(func.coalesce(gifts.c.given, gifts.c.needed_by), 1, 4) == f"{year:04d}"
    sum_of = select(func.coalesce(func.sum(gifts.c.value), 0)).where(
        gifts.c.customer_id == customer, gifts.c.state != "dropped", gifts.c.id != but, counted
    )
    so_far = int(conn.execute(sum_of).scalar_one()) + given_by_benefits(conn, customer, year)
    cap = rules.whole("gift.cap") * 100
    if so_far + value_fen > cap:
        words = _("这位客户 {year} 年的礼品已记 {so_far} 元,再加 {value} 元,超过一年 {cap} 元的上限。")
        raise WorkbenchError(
            "over_cap",
            words.format(year=year, so_far=_yuan(so_far), value=_yuan(value_fen), cap=_yuan(cap)),
            _("请换便宜一些的,或者先划掉别的打算。"),
            year=year,
        )


def check_consent(conn: Connection, customer: int, rules: Rules) -> None:
    """Raises WorkbenchError barred for a customer (id) who wants nothing from us, by any way."""
    consent = held(conn, today().isoformat(), None, rules, [customer]).get(customer)
    if consent is not None and wants_nothing(consent.grounds[0].kind):
        raise WorkbenchError(
            "barred",
            _("不能给该客户送礼:{why}。").format(why=consent.sentence),
            _("如客户改变意愿,请先在客户资料里更正。"),
        )


def wanting_nothing(conn: Connection, rules: Rules) -> frozenset[int]:
    """The customers (ids) for whom `check_consent` raises."""
    everyone = held(conn, today().isoformat(), None, rules)
    return frozenset(who for who, one in everyone.items() if wants_nothing(one.grounds[0].kind))


def wants_nothing(kind: str) -> bool:
    """Whether a ground against marketing (its kind) is a refusal of everything, not of one channel."""
    return kind == f"{REFUSED}.list"


def _yuan(fen: int) -> str:
    return exact_yuan(fen).removesuffix(".00")
