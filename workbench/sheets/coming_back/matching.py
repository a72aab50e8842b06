"""Whose row a row of a worksheet is: by its hidden id, else by its row number and its masked name; never by less."""

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.base.i18n import _
from workbench.sheets.coming_back.faces import RowFace


@dataclass(frozen=True, slots=True)
class Shown:
    """What a row of a worksheet says of itself: the row of its id and its row number (None: none), its name and the tail of
    its number ('' for a column that is gone)."""

    by_id: int | None
    by_number: int | None
    name: str
    tail: str


@dataclass(frozen=True, slots=True)
class Match:
    """The row of the sheet, or why there is none: a code and its sentence."""

    row: int | None
    code: str = ""
    fault: str = ""


def match(shown: Shown, faces: Mapping[int, RowFace]) -> Match:
    """The row that is meant. Id and row number must agree, or the name decides between them; a row number without an id needs
    its name."""
    rows = list(dict.fromkeys(one for one in (shown.by_id, shown.by_number) if one is not None))
    if not rows:
        return Match(None, "no_identity", _("标识和行号都没有了,不知道是谁的结果"))
    if not (shown.name or shown.tail):
        if shown.by_id is not None and len(rows) == 1:
            return Match(shown.by_id)
        if shown.by_id is None:
            return Match(None, "no_identity", _("标识和客户都没有了,只凭行号不能确定是哪位客户"))
        return Match(None, "rows_differ", _("标识和行号对不上"))
    fitting = [one for one in rows if one in faces and faces[one].fits(shown.name, shown.tail)]
    if len(fitting) == 1:
        return Match(fitting[0])
    if len(fitting) > 1:
        return Match(None, "rows_differ", _("标识和行号对不上"))
    if len(rows) == 1 and rows[0] not in faces:
        return Match(rows[0])  # not on the sheet: said where its rows are known
    only = rows[0]
    if len(rows) == 1 and shown.by_id is not None and faces[only].of_plan:
        return Match(only)  # the words of a row may be edited after it was printed
    return Match(None, "name_differs", _("行号和姓名对不上"))
