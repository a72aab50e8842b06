"""旅程卡 as a part of the pack: the cards of those who stand first on the list of the week, in working order (domain 3)."""

from collections.abc import Sequence

from workbench.base.i18n import _
from workbench.insight.portrait.journey_card import JourneyCard
from workbench.outreach.results.handed_sheet import SheetRow
from workbench.sheets.journey_card import FIELDS, card_cells, card_side, cards_paper
from workbench.sheets.pack.calls import result_digits
from workbench.sheets.pack.material import WeekMaterial
from workbench.sheets.pack.part import Grid, Part, noticed
from workbench.sheets.papers import CardsPaper


def cards(material: WeekMaterial) -> tuple[Part, ...]:
    """The cards of the first customers (`sheet.cards`) of the week; their numbers are the ranks of the week."""
    first = material.listing.entries[: material.rules.whole("sheet.cards")]
    made = material.cards([one.person.customer_no for one in first])
    notes = [noticed([(one.person.name, one.person.customer_no)]) for one in first]
    sides = [card_side(card, told, str(one.rank)) for card, told, one in zip(made, notes, first, strict=True)]
    paper = cards_paper(sides, [f"{digit} {name}" for digit, name in result_digits()], folded=False)
    rows = tuple(SheetRow(one.rank, one.person.customer_no, one.item_id) for one in first)
    return (_part(paper, made, material.listing.as_of, rows, notes),)


def single_card(card: JourneyCard, name: str, customer_no: str) -> Part:
    """The card of one customer for one A4 that is folded. It has no row: its result does not come back by it."""
    notes = noticed([(name, customer_no)])
    return _part(cards_paper([card_side(card, notes)], (), folded=True), [card], card.as_of, (), [notes])


def _part(
    paper: CardsPaper,
    made: Sequence[JourneyCard],
    dated: str | None,
    rows: tuple[SheetRow, ...],
    notes: Sequence[tuple[str, ...]],
) -> Part:
    title = paper["title"]
    grid = Grid(title, title, [], [_("客户")], (40,), [[paper["nobody"]]])
    if made:
        numbered = bool(rows)
        heads = [_("客户"), _("旅程阶段"), *(one.title for one in made[0].sections)]
        widths: list[int] = [12, 16, *[30] * (len(heads) - 2)]
        cells = [card_cells(one) for one in made]
        if numbered:
            heads, widths = [_("序号"), *heads, _("结果"), _("下次日期"), _("备注")], [5, *widths, 14, 13, 20]
            cells = [[str(row.row), *line, "", "", ""] for row, line in zip(rows, cells, strict=True)]
        last = len(heads)
        grid = Grid(
            title, title, [], heads, widths, cells, landscape=True,
            result=last - 2 if numbered else 0, next=last - 1 if numbered else 0, note=last if numbered else 0,
        )  # fmt: skip
    return Part(
        "journey", "cards", title, paper, FIELDS, len(made), dated, rows, grids=(grid,),
        unprinted=tuple(note for told in notes for note in told),
    )  # fmt: skip
