"""The scripts of a book: its own, head office's set, and those that it leaves out; the library in force comes of them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, cast

from sqlalchemy import Connection, select

from db.playbook import own_scripts
from workbench.base.i18n import _
from workbench.outreach.playbook.library import ScriptBook, ScriptLibrary, read_entry
from workbench.outreach.playbook.script import Script, Whose

#: the books that scripts of a book stand in, beside those that come with the program
OWN, OFFICE = "own", "office"
#: the body of a row that only leaves a shipped script out
NOTHING = "{}"


@dataclass(frozen=True, slots=True)
class OwnScript:
    """A row of the book. `whose` 'own' or 'office'; `body`: JSON of an entry, `NOTHING` where only a shipped script is left out;
    `off`: the script of this code is not offered."""

    id: int
    code: str
    whose: Whose
    body: str
    off: bool
    version: int

    @property
    def entry(self) -> Mapping[str, Any]:
        """The entry as it was written; empty where nothing was."""
        return cast("Mapping[str, Any]", json.loads(self.body))


def own_rows(conn: Connection) -> tuple[OwnScript, ...]:
    """Every row, in the order in which they were written."""
    o = own_scripts.c
    query = select(o.id, o.code, o.whose, o.body, o.off, o.version).order_by(o.id)
    return tuple(
        OwnScript(row.id, row.code, row.whose, row.body, bool(row.off), row.version)
        for row in conn.execute(query)
    )


#: the books of what does not come with the program, by their msgids
_BOOKS = {OWN: ScriptBook(OWN, "自写话术", 0), OFFICE: ScriptBook(OFFICE, "总行话术", 0)}


def whose_words(whose: Whose) -> str:
    """Whose a script is, in the language in use."""
    return {"shipped": _("自带话术"), "own": _("自写话术"), "office": _("总行话术")}[whose]


def written(row: OwnScript, shipped: ScriptLibrary) -> Script | None:
    """The script that a row has, None where it has none or this version of the program cannot read it."""
    first = shipped.scripts.get(row.code)
    entry = dict(row.entry)
    if not entry:
        return None
    source = str(entry.pop("source", ""))
    book = first.library if first is not None else row.whose
    try:
        one = next(read_entry({**entry, "id": row.code}, book, shipped.scenes, shipped.axes))
    except (KeyError, TypeError, ValueError):
        return None
    base = first.base if first is not None else one.base
    mark = first.mark if first is not None else ""
    return replace(one, base=base, whose=row.whose, version=row.version, source=source, mark=mark)


def with_own(shipped: ScriptLibrary, rows: Iterable[OwnScript]) -> ScriptLibrary:
    """The library in force: the shipped scripts, those that were rewritten in their place, then the others."""
    scripts = dict(shipped.scripts)
    seen: set[str] = set()
    for row in rows:
        seen.add(row.whose)
        one = None if row.off else written(row, shipped)
        if one is not None:
            scripts[row.code] = one
        elif row.off:
            scripts.pop(row.code, None)
    if not seen:
        return shipped
    return replace(
        shipped,
        books=MappingProxyType({**shipped.books, **_BOOKS}),
        scripts=MappingProxyType(scripts),
    )


def left_out(shipped: ScriptLibrary, rows: Iterable[OwnScript]) -> tuple[Script, ...]:
    """The scripts that are not offered, as they would be."""
    scripts = (written(row, shipped) or shipped.scripts.get(row.code) for row in rows if row.off)
    return tuple(one for one in scripts if one is not None)
