"""外出路线: the visits of the week by street or area, on one sheet; addresses masked to the district (domain 17)."""

from collections.abc import Sequence
from typing import TypedDict

from workbench.base.i18n import _, commas
from workbench.outreach.outing.outing import Outing, OutingArea, Stop
from workbench.outreach.reason import OWED
from workbench.outreach.results.handed_sheet import SheetRow
from workbench.outreach.week.entry import WeekEntry
from workbench.people.privacy import mask_phone, masking, print_name, tail
from workbench.sheets.content import typeset, weekday
from workbench.sheets.pack.calls import result_digits
from workbench.sheets.pack.material import WeekMaterial
from workbench.sheets.pack.part import Grid, Part, heading, noticed

FIELDS = ("name_masked", "customer_no_tail", "residence_address_masked", "reason")


class StopLine(TypedDict):
    """Somebody to be seen; `when`: the day agreed with him, '' for none."""

    number: str
    customer: str
    phone: str
    word: str
    amount: str
    address: str
    when: str


class AreaBlock(TypedDict):
    """A street or area: its name, by what it is known where that is no address, its people."""

    label: str
    about: str
    lines: list[StopLine]


def outing(material: WeekMaterial) -> tuple[Part, ...]:
    """The sheet of the week; its row numbers are the ranks of the week."""
    listing, went = material.listing, material.outreach.outings.of(material.plan, material.listing)
    phones = {one.entry.person.customer_id: one.phone for one in material.lines}
    blocks = [_block(area, material, phones) for area in went.areas]
    entries = [stop.entry for stop in went.stops]
    unprinted = noticed([(one.person.name, one.person.customer_no) for one in (*entries, *went.unplaced)])
    digits = result_digits()
    head = heading(_("外出路线"), material.week)
    aged = listing.fresh.sentence if listing.fresh else ""
    says = _("{areas} 片 {n} 户,按街道走;见过在号码下画勾").format(areas=len(blocks), n=len(entries))
    unplaced = _unplaced(went)
    paper = {
        **head,
        "draft": _("草稿 · 未确认") if listing.draft else "",
        "warnings": [*filter(None, [material.clean(aged)]), *unprinted],
        "says": typeset(says),
        "heads": [_("号"), _("客户 / 电话"), _("为什么"), _("地址"), _("约定"), _("手记")],
        "codes": [digit for digit, _name in digits],
        "legend": ["  ".join(f"{digit} {name}" for digit, name in digits)],
        "areas": blocks,
        "unplaced": unplaced,
        "nobody": typeset(_("本周没有要当面拜访的客户。")),
    }  # fmt: skip
    rows = tuple(SheetRow(one.rank, one.person.customer_no, one.item_id) for one in entries)
    fields = (*FIELDS, "phone" if material.phones else "phone_masked")
    cells = [[block["label"], *_cells(line)] for block in blocks for line in block["lines"]]
    grid = Grid(
        head["title"], f"{head['title']}  {head['week']}  {head['span']}", [str(paper["says"]), *unprinted],
        [_("片"), _("号"), _("客户"), _("电话"), _("为什么"), _("地址"), _("约定"), _("手记")],
        (20, 6, 14, 15, 30, 20, 12, 24),
        cells or [[str(paper["nobody"])]], notes=list(filter(None, [unplaced])), landscape=True,
    )  # fmt: skip
    people = len(entries) + len(went.unplaced)
    return (
        Part(
            "outing", "outing", head["title"], paper, fields, people, listing.as_of, rows, grids=(grid,),
            unprinted=unprinted,
        ),
    )  # fmt: skip


def _block(area: OutingArea, material: WeekMaterial, phones: dict[int, str]) -> AreaBlock:
    about = {"grid": _("只知道网格"), "branch": _("只知道网点")}.get(area.known_by, "")
    lines = [_line(stop, material, phones.get(stop.entry.person.customer_id, "")) for stop in area.stops]
    return {"label": typeset(area.label), "about": about, "lines": lines}


def _line(stop: Stop, material: WeekMaterial, phone: str) -> StopLine:
    entry, first = stop.entry, stop.entry.first
    amount = _("{date} 前").format(date=first.due[5:]) if first.kind in OWED and first.due else first.amount
    return {
        "number": str(entry.rank),
        "customer": _named(entry),
        "phone": phone if material.phones else mask_phone(phone),
        "word": material.clean(first.word),
        "amount": material.clean(amount),
        "address": masking("residence_address", stop.address, "paper"),
        "when": f"{weekday(stop.appointed)} {stop.appointed[5:]}" if stop.appointed else "",
    }


def _named(entry: WeekEntry) -> str:
    return f"{print_name(entry.person.name)} {tail(entry.person.customer_no)}".strip()


def _unplaced(went: Outing) -> str:
    """Those of whom no list tells where they live, in one sentence; '' for none."""
    if not went.unplaced:
        return ""
    people: Sequence[str] = [f"{one.rank} {_named(one)}" for one in went.unplaced]
    words = _("名单没有地址的 {n} 户,先打电话问:{people}")
    return typeset(words.format(n=len(people), people=commas(people)))


def _cells(line: StopLine) -> list[str]:
    return [
        line["number"], line["customer"], line["phone"], "\n".join(filter(None, [line["word"], line["amount"]])),
        line["address"], line["when"], "",
    ]  # fmt: skip
