"""`OwnScripts`: what a branch says beside the library: its own texts, head office's set, and what it leaves out."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, func, select

from db.engine import Book
from db.journal import Writer
from db.playbook import own_scripts
from db.values import Value
from db.year import drafts
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.outreach.playbook.library import library, read_entry
from workbench.outreach.playbook.own_rows import NOTHING, OFFICE, OWN, OwnScript, left_out, own_rows
from workbench.outreach.playbook.script import Script
from workbench.outreach.playbook.text_check import TextFault, one_line, text_faults
from workbench.rules.parameters import Rules
from workbench.rules.red_lines import RedLine, red_lines_in

#: an entry of the form of resources/playbook, without its code
Entry = Mapping[str, Any]
#: gives the red lines in force in a book; None: the shipped ones
LinesOf = Callable[[Connection], Sequence[RedLine] | None]
#: what the codes of own scripts and of head office's begin with
_MINE, _THEIRS = "MY-", "HQ-"
#: the numbers of head office's
_NUMBER = re.compile(re.escape(_THEIRS) + r"[\w.\-]{1,24}")
#: kinds of products that are no product on sale
_NOT_SOLD = ("", "service")


@dataclass(frozen=True, slots=True)
class OfficeTaken:
    """What became of a set of head office: how many scripts it has now, and place (from 0) -> why that row stayed out."""

    change: Change
    stored: int
    faults: Mapping[int, WorkbenchError]


class OwnScripts:
    """Writes the scripts of a book, each write undoable; refuses texts that nobody may say."""

    def __init__(self, book: Book, rules: Rules, lines: LinesOf = lambda _conn: None) -> None:
        self._book, self._rules, self.lines = book, rules, lines

    # -- reading -------------------------------------------------------------------------------------------

    def left_out(self) -> tuple[Script, ...]:
        """The scripts that are not offered."""
        with in_words(), self._book.read() as conn:
            return left_out(library(), own_rows(conn))

    def faults(self, entry: Entry) -> tuple[TextFault, ...]:
        """What is wrong with a text, before it is stored."""
        with in_words(), self._book.read() as conn:
            return self._faults(conn, _script("", sold(entry), OWN))

    def crossed(self, text: str, *, scene: str = "", regime: str = "") -> tuple[RedLine, ...]:
        """The red lines that any text crosses. `scene`, `regime`: see `red_lines.red_lines_in`."""
        with in_words(), self._book.read() as conn:
            return red_lines_in(text, self.lines(conn), regime=regime, scene=scene)

    # -- writing -------------------------------------------------------------------------------------------

    def put(self, entry: Entry, code: str = "") -> Change:
        """Write a script of one's own, or with `code` write that one anew: a version more. A shipped or an office script that is
        rewritten stays what it was underneath. Raises WorkbenchError bad_script, no_such_script, script_there."""
        entry = sold(entry)
        with in_words(), self._book.write("script", "put") as writer:
            rows = {one.code: one for one in own_rows(writer.conn)}
            before = rows.get(code)
            if code and before is None and code not in library().scripts:
                raise _unknown(code)
            if before is not None and before.whose == OFFICE:
                # the set stays as head office sent it; what is made of it is one's own
                code, before = "", None
            code = code or _new_code(writer.conn)
            self._check(writer.conn, _script(code, entry, OWN))
            same = next((one for one in rows.values() if one.code != code and one.body == _body(entry)), None)
            if same is not None and not same.off and same.whose == OWN:
                raise WorkbenchError("script_there", _("这段话已经有了,编号 {code}。").format(code=same.code))
            shipped = library().scripts.get(code)
            version = before.version if before is not None else shipped.version if shipped is not None else 0
            values: dict[str, Value] = {
                "whose": OWN, "body": _body(entry), "off": 0, "version": version + 1, "made": _now(),
            }  # fmt: skip
            if before is None:
                writer.insert(own_scripts, [{"code": code, **values}])
            elif before.body != values["body"] or before.off:
                writer.update(own_scripts, before.id, values)
            return Change.by(writer, sum(writer.counts.values()))

    def leave_out(self, code: str) -> Change:
        """Offer a script no longer, whosever it is. Raises WorkbenchError no_such_script."""
        with in_words(), self._book.write("script", "leave_out") as writer:
            row = _row(writer.conn, code)
            if row is not None:
                writer.update(own_scripts, row.id, {"off": 1})
            else:
                shipped = library().scripts[code]
                values: dict[str, Value] = {
                    "whose": OWN, "body": NOTHING, "off": 1, "version": shipped.version, "made": _now(),
                }  # fmt: skip
                writer.insert(own_scripts, [{"code": code, **values}])
            return Change.by(writer, sum(writer.counts.values()))

    def restore(self, code: str) -> Change:
        """Offer a script again that was left out; one that is offered goes back to what came with the program. Raises
        WorkbenchError no_such_script, as_shipped (there is nothing to restore)."""
        with in_words(), self._book.write("script", "restore") as writer:
            row = _row(writer.conn, code)
            shipped = code in library().scripts
            if row is not None and row.off and row.entry:
                writer.update(own_scripts, row.id, {"off": 0})
            elif row is not None and shipped:
                writer.delete(own_scripts, [row.id])
            else:
                raise WorkbenchError("as_shipped", _("话术 {code} 没有改过,也没有停用。").format(code=code))
            return Change.by(writer, sum(writer.counts.values()))

    def replace_office(self, rows: Sequence[tuple[str, Entry]]) -> OfficeTaken:
        """Put head office's set, (its number, entry) each, in the place of the former one. What is wrong with a row keeps that
        one out; where all are, the former set stays. A script that was left out stays so under its number; one that says the same
        keeps its version."""
        faults: dict[int, WorkbenchError] = {}
        with in_words(), self._book.write("script", "office") as writer:
            before = {one.code: one for one in own_rows(writer.conn) if one.whose == OFFICE}
            wanted: dict[str, dict[str, Any]] = {}
            bodies: dict[str, str] = {}
            for at, (number, given) in enumerate(rows):
                entry = sold(given)
                code = _THEIRS + number.strip().upper().removeprefix(_THEIRS)
                try:
                    if not _NUMBER.fullmatch(code):
                        raise WorkbenchError(
                            "bad_number",
                            _("编号“{code}”要写成 1 到 24 个字母、数字或横线").format(code=number.strip()),
                        )
                    if code in wanted:
                        raise WorkbenchError(
                            "script_twice", _("编号 {code} 出现了两次").format(code=number.strip())
                        )
                    self._check(writer.conn, _script(code, entry, OFFICE))
                    if (body := _body(entry)) in bodies:
                        words = _("编号 {code} 和编号 {other} 是同一段话")
                        other = bodies[body].removeprefix(_THEIRS)
                        raise WorkbenchError("script_there", words.format(code=number.strip(), other=other))
                    bodies[body] = code
                except WorkbenchError as error:
                    faults[at] = error
                    continue
                wanted[code] = _office_row(entry, before.get(code))
            if wanted:
                _write_set(writer, before, wanted)
            return OfficeTaken(Change.by(writer, len(wanted)), len(wanted), faults)

    def _check(self, conn: Connection, script: Script) -> None:
        faults = self._faults(conn, script)
        if faults:
            first, *others = (one.sentence for one in faults)
            message = _("{fault}。").format(fault=first.removesuffix("。"))
            raise WorkbenchError("bad_script", message, " ".join(others), faults=[one.code for one in faults])

    def _faults(self, conn: Connection, script: Script) -> tuple[TextFault, ...]:
        scene = library().scenes[script.scene]
        return text_faults(script, scene, self._rules, self.lines(conn))


def entry_of(script: Script) -> dict[str, Any]:
    """The entry of a script, so that it can be rewritten; what is everybody's is left out."""
    lists = ("segment", "style", "stage", "tower", "channel", "never", "touches")
    plain = {"segment", "style", "stage", "tower", "channel", "never"}
    entry: dict[str, Any] = {"scene": script.scene, "text": script.text}
    for name in lists:
        if values := getattr(script, name):
            entry[name if name in plain else "for"] = list(values)
    if script.of:
        entry["of"] = dict(script.of)
    if script.when:
        entry["when"] = {name: list(values) for name, values in script.when.items()}
    for name in ("at_least", "at_most"):
        if values := getattr(script, name):
            entry[name] = dict(values)
    if script.kind != library().scenes[script.scene].kind:
        entry["kind"] = script.kind
    if script.to != "customer":
        entry["to"] = script.to
    for name in ("regime", "risk", "escalates", "old", "quiet", "source"):
        if value := getattr(script, name):
            entry[name] = value
    return entry


def sold(entry: Entry) -> Entry:
    """The entry; one that speaks of a product on sale in a scene of care is marketing there too."""
    scene = library().scenes.get(str(entry.get("scene")))
    of_product = entry.get("regime", "") not in _NOT_SOLD or "{product}" in str(entry.get("text", ""))
    if scene is None or scene.kind != "care" or not of_product:
        return entry
    return {**entry, "kind": "marketing"}


def _script(code: str, entry: Entry, book: str) -> Script:
    """The script of an entry. Raises WorkbenchError bad_script."""
    body = {name: value for name, value in entry.items() if name != "source"}
    held = library()
    try:
        if not isinstance(body.get("text"), str):
            raise TypeError(_("没有正文"))
        one = next(read_entry({**body, "id": code}, book, held.scenes, held.axes))
    except (KeyError, TypeError, ValueError) as error:
        words = _("这条话术读不懂:{what}。")
        raise WorkbenchError("bad_script", words.format(what=error)) from error
    return replace(one, text=one_line(one.text))


def _body(entry: Entry) -> str:
    tidy = {name: value for name, value in entry.items() if value not in ("", None, [], (), {})}
    tidy["text"] = one_line(str(tidy["text"]))
    return json.dumps(tidy, ensure_ascii=False, sort_keys=True)


def _office_row(entry: Entry, before: OwnScript | None) -> dict[str, Any]:
    body = _body(entry)
    version = 1 if before is None else before.version + (before.body != body)
    off = int(before.off) if before is not None else 0
    return {"whose": OFFICE, "body": body, "off": off, "version": version, "made": _now()}


def _write_set(
    writer: Writer, before: Mapping[str, OwnScript], wanted: Mapping[str, Mapping[str, Any]]
) -> None:
    gone = [row.id for code, row in before.items() if code not in wanted]
    if gone:
        writer.delete(own_scripts, gone)
    changed = [
        (before[code].id, values)
        for code, values in wanted.items()
        if code in before and before[code].body != values["body"]
    ]
    writer.update_many(own_scripts, changed)
    writer.insert(
        own_scripts, [{"code": code, **values} for code, values in wanted.items() if code not in before]
    )


def _row(conn: Connection, code: str) -> OwnScript | None:
    """The row of a code; None for a shipped script without one. Raises WorkbenchError no_such_script."""
    row = next((one for one in own_rows(conn) if one.code == code), None)
    if row is None and code not in library().scripts:
        raise _unknown(code)
    return row


def _new_code(conn: Connection) -> str:
    """A code that no script has or had while it was copied."""
    o, d = own_scripts.c.code, drafts.c.script
    used = [
        *conn.execute(select(o).where(o.startswith(_MINE, autoescape=True))).scalars(),
        *conn.execute(
            select(func.distinct(d)).where(d.startswith(_MINE, autoescape=True)).order_by(d)
        ).scalars(),
    ]
    numbers = [int(one.removeprefix(_MINE)) for one in used if one.removeprefix(_MINE).isdigit()]
    return f"{_MINE}{max(numbers, default=0) + 1:03d}"


def _now() -> str:
    return today().isoformat()


def _unknown(code: str) -> WorkbenchError:
    return WorkbenchError("no_such_script", _("没有编号 {code} 的话术。").format(code=code))
