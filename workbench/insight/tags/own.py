"""Own tags: made by rule or by hand, changed, stopped, deleted; and given to a customer (domain 11.1)."""

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from db.engine import Book
from db.known import own_tags, tag_marks
from db.tables import touches
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _, commas, sentences
from workbench.base.sensitivity import PERSONAL_CLASS
from workbench.insight.tags.definition import Tag, written_again
from workbench.insight.tags.library import Library, Tried
from workbench.people.find import customer_id

#: the values of an own tag that the form leaves open
_USUAL: Mapping[str, Any] = {
    "group": "90", "element": "人", "kind": "flag", "by": "rule", "use": ["show", "filter"], "mark": "P",
    "valid_days": 35, "status": "live",
}  # fmt: skip
_CODE = re.compile(r"U\.OWN\.T(\d+)\.M0")


def completed(body: Mapping[str, Any], library: Library, code: str) -> dict[str, Any]:
    """The complete entry of a form's answers: code, name, layer and protection class follow from the rest.

    `body` holds the keys that a person fills in (label, definition, principle, rule or cases, values, ...).
    """
    before = library.find(code)
    answers = {key: value for key, value in body.items() if value not in ("", [], {}, None)}
    entry = {**_USUAL, **answers, "code": code, "layer": 4, "sensitivity": PERSONAL_CLASS}
    if before is not None and before.origin != "own":
        entry["name"] = before.name
    else:
        how = _("手工") if entry["by"] == "hand" else _("规则")
        entry["name"] = f"自建_{str(entry.get('label', '')).replace('_', '')}_{how}_当月"
    entry["version"] = before.version + 1 if before else 1
    ruled = library.tried(entry).ruled
    terms = [t for name in (ruled.names if ruled else ()) if (t := library.vocabulary.find(name)) is not None]
    least = max((term.layer for term in terms), default=1) + 1
    entry["layer"] = max(least, answers.get("layer", 2))
    own_class = answers.get("sensitivity", PERSONAL_CLASS)
    # "C1" < "C2" < "C3": the strictest class of the inputs and the form
    entry["sensitivity"] = max([term.sensitivity for term in terms] + [own_class])
    return entry


def tried(body: Mapping[str, Any], library: Library, code: str | None = None) -> Tried:
    """The tag that a form's answers would make, with all their faults."""
    return library.tried(completed(body, library, code or "U.OWN.T0.M0"))


def save(book: Book, library: Library, body: Mapping[str, Any], code: str | None = None) -> Change:
    """Stores a new tag, or another version of the tag `code` (of a shipped one as an override). Undoable.

    Without a definition or principle it stays a draft. Raises WorkbenchError bad_tag with all faults.
    """
    with in_words(), book.write("tag", str(body.get("label", ""))) as writer:
        code = code or _next_code(writer.conn)
        entry = completed(body, library, code)
        outcome = library.tried(entry)
        if outcome.faults or outcome.tag is None:
            raise WorkbenchError(
                "bad_tag",
                _("这个标签还不能保存:{what}").format(what=sentences(f.message for f in outcome.faults)),
                faults=[fault.code for fault in outcome.faults],
            )
        row = {"name": outcome.tag.name, "body": json.dumps(entry, ensure_ascii=False)}
        row_id = writer.conn.execute(select(own_tags.c.id).where(own_tags.c.code == code)).scalar()
        if row_id is None:
            writer.insert(own_tags, [{"code": code, **row}])
        else:
            writer.update(own_tags, row_id, row)
        return Change.by(writer, 1)


def set_status(book: Book, library: Library, code: str, status: str) -> Change:
    """Stops a tag or puts it back in use ('stopped', 'live'); its definition stays. Undoable.

    Raises WorkbenchError no_such_tag, tag_in_use, bad_tag.
    """
    tag = tag_named(library, code)
    if status != "live":
        _free(library, tag)
    return save(book, library, {**written_again(tag), "status": status}, code)


def delete(book: Book, library: Library, code: str) -> Change:
    """Deletes an own tag with all its marks; of an override only the override. Undoable.

    Raises WorkbenchError no_such_tag, tag_in_use, not_own.
    """
    tag = tag_named(library, code)
    if tag.origin != "own":
        raise WorkbenchError(
            "not_own", _("“{label}”是随程序提供的标签,不能删除。").format(label=tag.label), _("可以停用它。")
        )
    made_here = _CODE.fullmatch(code) is not None
    if made_here:
        _free(library, tag)
    with in_words(), book.write("tag", tag.label) as writer:
        versions = _ids(writer.conn, own_tags, code)
        writer.delete(own_tags, versions)
        if made_here:
            writer.delete(tag_marks, _ids(writer.conn, tag_marks, code))
        return Change.by(writer, len(versions))


def tag_named(library: Library, code: str) -> Tag:
    """The tag of a code, column, name or label. Raises WorkbenchError no_such_tag."""
    tag = library.find(code)
    if tag is None:
        fault = library.fault_of(code)
        near = commas(library.vocabulary.near(code))
        hint = _("是不是:{words}?").format(words=near) if near else _("用 workbench tags 查看全部标签。")
        if fault is not None:
            # an entry with a fault explains more than a name that looks alike
            hint = fault.sentence()
        raise WorkbenchError("no_such_tag", _("没有标签“{code}”。").format(code=code), hint)
    return tag


def _free(library: Library, tag: Tag) -> None:
    users = [user for user in library.used_by(tag.column) if user.live]
    if users:
        raise WorkbenchError(
            "tag_in_use",
            _("“{label}”还被这些标签用着:{users}。").format(
                label=tag.label, users=commas(user.label for user in users)
            ),
            _("请先改掉或停用它们。"),
        )


def _next_code(conn: Connection) -> str:
    taken = [
        *conn.execute(select(own_tags.c.code)).scalars(),
        *conn.execute(select(tag_marks.c.code)).scalars(),
    ]
    numbers = [int(match[1]) for code in taken if (match := _CODE.fullmatch(code))]
    return f"U.OWN.T{max(numbers, default=0) + 1}.M0"


def _ids(conn: Connection, table: Any, code: str) -> list[int]:
    return list(conn.execute(select(table.c.id).where(table.c.code == code).order_by(table.c.id)).scalars())


# -- by hand -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HandMark:
    """What goes with a tag given by hand: a reason or the contact it rests on (domain 11.1).

    `value` of an enum; `expires` an ISO date after today.
    """

    reason: str
    value: str | None = None
    expires: str | None = None
    touch_id: int | None = None


def give(book: Book, library: Library, customer_no: str, code: str, mark: HandMark) -> Change:
    """Gives a customer a tag by hand, in place of an earlier mark of the same tag. Undoable.

    Raises WorkbenchError no_such_tag, not_by_hand, no_reason, no_such_value, bad_date, no_such_customer,
    no_such_touch.
    """
    tag = by_hand(library, code)
    if not mark.reason.strip() and mark.touch_id is None:
        raise WorkbenchError("no_reason", _("请写明理由,或者指明是哪一次联系看出来的。"))
    if tag.kind == "enum" and mark.value not in dict(tag.values):
        names = commas(f"{choice}({label})" for choice, label in tag.values)
        raise WorkbenchError(
            "no_such_value", _("“{label}”可以是:{names}。").format(label=tag.label, names=names)
        )
    until = _after_today(mark.expires) if mark.expires else None
    with in_words(), book.write("tag_mark", tag.label) as writer:
        person = customer_id(writer.conn, customer_no)
        cited = _contact(writer.conn, person, mark.touch_id) if mark.touch_id is not None else ""
        writer.delete(tag_marks, _marks(writer.conn, person, tag.code))
        writer.insert(
            tag_marks,
            [
                {
                    "customer_id": person, "code": tag.code, "value": mark.value,
                    "reason": mark.reason.strip() or cited, "date": today().isoformat(), "expires": until,
                    "touch_id": mark.touch_id,
                }
            ],
        )  # fmt: skip
        return Change.by(writer, 1)


def take(book: Book, library: Library, customer_no: str, code: str) -> Change:
    """Removes a tag given by hand from a customer. Undoable.

    Raises WorkbenchError no_such_tag, not_by_hand, no_such_customer.
    """
    tag = by_hand(library, code)
    with in_words(), book.write("tag_mark", tag.label) as writer:
        marks = _marks(writer.conn, customer_id(writer.conn, customer_no), tag.code)
        writer.delete(tag_marks, marks)
        return Change.by(writer, len(marks))


def by_hand(library: Library, code: str) -> Tag:
    """The live tag that is given by hand. Raises WorkbenchError no_such_tag, not_by_hand."""
    tag = tag_named(library, code)
    if not tag.observed or not tag.live:
        raise WorkbenchError(
            "not_by_hand",
            _("“{label}”是按规则计算的标签,不能手工打。").format(label=tag.label)
            if not tag.observed
            else _("“{label}”还是草稿或已停用。").format(label=tag.label),
            _("觉得算得不对,请用“这个标签不对”;要手工打,请新建一个手工标签。"),
        )
    return tag


def _contact(conn: Connection, person: int, touch_id: int) -> str:
    """The sentence that cites a contact with this customer."""
    query = select(touches.c.date).where(touches.c.id == touch_id, touches.c.customer_id == person)
    date = conn.execute(query).scalar()
    if date is None:
        raise WorkbenchError("no_such_touch", _("没有找到这一次联系。"))
    return _("依据 {date} 的联系").format(date=date)


def _marks(conn: Connection, person: int, code: str) -> list[int]:
    query = select(tag_marks.c.id).where(tag_marks.c.customer_id == person, tag_marks.c.code == code)
    return list(conn.execute(query.order_by(tag_marks.c.id)).scalars())


def _after_today(text: str) -> str:
    try:
        day = dt.date.fromisoformat(text.strip())
    except ValueError:
        raise WorkbenchError(
            "bad_date", _("「{text}」不是日期。").format(text=text), _("请写成 2026-11-23 这样。")
        ) from None
    if day <= today():
        raise WorkbenchError("bad_date", _("到期日 {date} 已经过了。").format(date=day.isoformat()))
    return day.isoformat()


def is_override(tag: Tag) -> bool:
    """Whether an own tag only overrides one that came with the program or from a user's file."""
    return tag.origin == "own" and _CODE.fullmatch(tag.code) is None
