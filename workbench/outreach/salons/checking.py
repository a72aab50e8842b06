"""What a salon may be: its words, kind, day, seats and money."""

from collections.abc import Sequence

from db.values import Value
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas
from workbench.base.money import to_fen
from workbench.outreach.promises.room import checked_day
from workbench.outreach.salons.salon import NewSalon
from workbench.rules.parameters import Rules
from workbench.rules.red_lines import RedLine, hold


def kinds(rules: Rules) -> dict[str, str]:
    """Code of a kind of salon -> its name."""
    return {code: rules.text(f"salon.kind.{code}") for code in rules.words("salon.kinds")}


def checked_salon(
    new: NewSalon, first: str, rules: Rules, lines: Sequence[RedLine] | None = None
) -> dict[str, Value]:
    """The columns of a salon on or after a day (ISO). `lines`: the red lines in force, None: the shipped ones. Raises
    WorkbenchError no_text, too_long, red_line, no_such_kind, bad_date, past_date, bad_count, bad_amount."""
    name = within(new.name, "salon.name_most", _("名称"), rules, lines)
    if not name:
        raise WorkbenchError("no_text", _("没有写活动名称。"), _("请写一个,例如:防诈骗讲座。"))
    if new.kind not in kinds(rules):
        raise WorkbenchError(
            "no_such_kind",
            _("没有「{kind}」这种活动。").format(kind=new.kind),
            _("可以用:{names}。").format(names=commas(kinds(rules).values())),
        )
    if new.seats is not None and new.seats < 1:
        raise WorkbenchError("bad_count", _("座位至少是 1。"), _("不限人数请留空。"))
    return {
        "name": name,
        "kind": new.kind,
        "date": checked_day(new.date, first),
        "time": within(new.time, "salon.name_most", _("时间"), rules, lines) or None,
        "place": within(new.place, "salon.name_most", _("地点"), rules, lines) or None,
        "seats": new.seats,
        "budget": _money(new.budget),
        "note": within(new.note, "salon.note_most", _("备注"), rules, lines) or None,
    }


def within(text: str, most: str, what: str, rules: Rules, lines: Sequence[RedLine] | None = None) -> str:
    """The text in one line, across no red line (domain 8.5). Raises WorkbenchError too_long, red_line."""
    plain, longest = " ".join(text.split()), rules.whole(most)
    if len(plain) > longest:
        raise WorkbenchError(
            "too_long",
            _("{what}有 {n} 个字,最多 {most} 个字。").format(what=what, n=len(plain), most=longest),
            _("请写短一些再记下。"),
        )
    return hold(plain, what, lines)


def _money(text: str) -> int | None:
    if not text.strip():
        return None
    fen = to_fen(text)
    if fen is None or fen < 0:
        raise WorkbenchError(
            "bad_amount", _("「{text}」不是金额。").format(text=text), _("请写金额,例如 3000 或 1万。")
        )
    return fen
