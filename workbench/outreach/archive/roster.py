"""Write the roster of experts: add one, change one, switch one off. Every write is undoable."""

from sqlalchemy import select

from db.care import expert_bookings, experts
from db.engine import Book
from db.journal import Writer
from db.values import Value
from db.week import promises
from workbench.base.change import Change
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _, commas
from workbench.rules.parameters import Rules


def add_expert(
    book: Book, rules: Rules, name: str, field: str, *, reached: str = "", note: str = ""
) -> Change:
    """Add an expert. Raises WorkbenchError no_text, too_long, no_such_field, expert_known."""
    row = _checked(rules, name, field, reached, note)
    with in_words(), book.write("expert", "add") as writer:
        _only_one(writer, row)
        writer.insert(experts, [{**row, "off": 0}])
        return Change.by(writer, 1)


def change_expert(
    book: Book, rules: Rules, expert: int, name: str, field: str, *, reached: str = "", note: str = ""
) -> Change:
    """Change what is written of an expert; what was promised with his name follows a new one. Raises WorkbenchError
    no_such_expert, and as `add_expert`."""
    row = _checked(rules, name, field, reached, note)
    with in_words(), book.write("expert", "change") as writer:
        old = known_expert(writer, expert)
        _only_one(writer, row, expert)
        writer.update(experts, expert, row)
        if old != row["name"]:
            _rename_promises(writer, expert, old, str(row["name"]))
        return Change.by(writer, 1)


def switch_expert(book: Book, expert: int, *, off: bool) -> Change:
    """Take an expert off the roster, or put him on it again; what he is booked for stays. Raises WorkbenchError
    no_such_expert."""
    with in_words(), book.write("expert", "off" if off else "on") as writer:
        known_expert(writer, expert)
        writer.update(experts, expert, {"off": int(off)})
        return Change.by(writer, 1)


def known_expert(writer: Writer, expert: int, *, working: bool = False) -> str:
    """The name of an expert; `working`: only one who can be booked. Raises WorkbenchError no_such_expert, expert_off."""
    row = writer.conn.execute(
        select(experts.c.name, experts.c.off).where(experts.c.id == expert)
    ).one_or_none()
    if row is None:
        raise WorkbenchError(
            "no_such_expert", _("没有第 {n} 号专家。").format(n=expert), _("请在三塔页的“专家”里核对。")
        )
    if working and row.off:
        raise WorkbenchError(
            "expert_off",
            _("专家{name}已经停用,不能再约。").format(name=row.name),
            _("请约别的专家,或者先把他启用。"),
        )
    return str(row.name)


def short(rules: Rules, text: str, what: str) -> str:
    """A text of one line without blanks around it. Raises WorkbenchError too_long."""
    words, most = " ".join(text.split()), rules.whole("archive.words_most")
    if len(words) > most:
        raise WorkbenchError(
            "too_long",
            _("{what}有 {n} 个字,最多 {most} 个。").format(what=what, n=len(words), most=most),
            _("请写短一些。"),
        )
    return words


def _checked(rules: Rules, name: str, field: str, reached: str, note: str) -> dict[str, Value]:
    known = rules.words("archive.expert_fields")
    if field not in known:
        words = commas(f"{code}({rules.text(f'expert.{code}')})" for code in known)
        raise WorkbenchError(
            "no_such_field",
            _("没有「{field}」这个专业。").format(field=field),
            _("可以用:{codes}。").format(codes=words),
        )
    called = short(rules, name, _("专家姓名"))
    if not called:
        raise WorkbenchError("no_text", _("没有写专家姓名。"), _("请写姓名,例如:王律师。"))
    return {
        "name": called, "field": field, "reached": short(rules, reached, _("联系方式")) or None,
        "note": short(rules, note, _("备注")) or None,
    }  # fmt: skip


def _only_one(writer: Writer, row: dict[str, Value], but: int = 0) -> None:
    """Raises WorkbenchError expert_known where another of that name is in that field."""
    e = experts.c
    same = select(e.id).where(e.name == row["name"], e.field == row["field"], e.id != but)
    if writer.conn.execute(same).first() is not None:
        raise WorkbenchError(
            "expert_known", _("名册里已经有这位专家。"), _("请改原来的一条;停用了的可以再启用。")
        )


def _rename_promises(writer: Writer, expert: int, old: str, new: str) -> None:
    b, p = expert_bookings.c, promises.c
    query = (
        select(p.id, p.text)
        .join(expert_bookings, b.customer_id == p.customer_id)
        .where(b.expert_id == expert, b.state == "booked", p.state == "open", p.due == b.date)
    )
    theirs = writer.conn.execute(query).all()
    writer.update_many(promises, [(row.id, {"text": row.text.replace(old, new)}) for row in theirs])
