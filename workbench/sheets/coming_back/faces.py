"""What names the rows of a sheet on paper: the masked customer with the tail of his number, or the method of the plan."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from workbench.outreach import store
from workbench.outreach.results.examining import people_of
from workbench.outreach.results.handed_sheet import HandedSheet
from workbench.outreach.results.marks import plain
from workbench.outreach.results.referral_rows import is_referrals, persons_of
from workbench.people.privacy import mask_name, print_name, tail
from workbench.sheets.glyphs import readable


@dataclass(frozen=True, slots=True)
class RowFace:
    """What paper shows of a row: `names` (compared as `plain` text), any of which is right, none: it is not known any more;
    `tail` of the number."""

    names: frozenset[str]
    tail: str = ""
    of_plan: bool = False

    def fits(self, name: str, tail_shown: str) -> bool:
        """Whether a name and a tail as they came back are those of the row; '' where the column is gone."""
        word, digits = plain(name), plain(tail_shown)
        if self.of_plan:
            return not word or word in self.names
        # paper may write both in one cell: '张** 1234'
        joined = self.tail and word.endswith(plain(self.tail))
        bare = word.removesuffix(plain(self.tail)) if joined else word
        if self.names:
            right_name = not word or bare in self.names or word in self.names
        else:
            right_name = bool(joined) or not word[-1:].isdigit()
        right_tail = not digits or digits.lstrip("0*") == plain(self.tail).lstrip("0")
        return right_name and right_tail


def faces_of(conn: Connection, sheet: HandedSheet) -> Mapping[int, RowFace]:
    """Row -> its face, for the rows whose customer or row of the plan is there."""
    if is_referrals(sheet):
        persons = persons_of(conn, sheet)
        return {
            one.row: RowFace(frozenset(plain(readable(text)) for text in persons.get(one.row, ()) if text))
            for one in sheet.rows
        }
    people = people_of(conn, (one.customer_no for one in sheet.rows))
    items = {item.id: item for item in store.all_items(store.load(conn, sheet.week))}
    faces: dict[int, RowFace] = {}
    for one in sheet.rows:
        person = people.get(one.customer_no)
        if not one.customer_no:
            item = items.get(one.item_id)
            faces[one.row] = RowFace(frozenset({plain(item.method)} if item else ()), "", of_plan=True)
        elif person is not None:
            name = person.name.strip()
            shown = {print_name(name), mask_name(name), name}
            shown |= {readable(text) for text in shown}
            # the number on paper was the one of that day
            faces[one.row] = RowFace(frozenset(plain(text) for text in shown if text), tail(one.customer_no))
        else:
            faces[one.row] = RowFace(frozenset(), tail(one.customer_no))
    return faces
