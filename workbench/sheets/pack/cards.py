"""旅程卡 as a part of the pack: the cards of those who stand first on the list of the week, in working order (domain 3)."""

from collections.abc import Sequence

from workbench.base.i18n import _
from workbench.insight.portrait.journey_card import JourneyCard
from workbench.sheets.journey_card import FIELDS, card_cells, card_side, cards_paper
from workbench.sheets.pack.material import WeekMaterial
from workbench.sheets.pack.part import Grid, Part, noticed


def cards(material: WeekMaterial) -> tuple[Part, ...]:
    """The cards of the first customers (`sheet.cards`) of the week."""
    first = material.listing.entries[: material.rules.whole("sheet.cards")]
    people = [(one.person.name, one.person.customer_no) for one in first]
    made = material.cards([number for _name, number in people])
    return (cards_part(made, people, material.listing.as_of),)


def cards_part(
    made: Sequence[JourneyCard],
    people: Sequence[tuple[str, str]],
    dated: str | None,
    *,
    folded: bool = False,
) -> Part:
    """Cards made for paper as one sheet. `people`: (name, number) of their customers; `folded`: one an A4."""
    warned = [noticed([one]) for one in people]
    paper = cards_paper(
        [card_side(card, notes) for card, notes in zip(made, warned, strict=True)], folded=folded
    )
    return Part(
        "cards", "cards", paper["title"], paper, FIELDS, len(made), dated, grids=(_grid(made, paper["title"], paper["nobody"]),),
        unprinted=tuple(note for notes in warned for note in notes),
    )  # fmt: skip


def _grid(made: Sequence[JourneyCard], title: str, nobody: str) -> Grid:
    """The cards as a worksheet, one customer a row."""
    if not made:
        return Grid(title, title, [], [_("客户")], (40,), [[nobody]])
    heads = [_("客户"), _("旅程阶段"), *(one.title for one in made[0].sections)]
    widths = (12, 16, *(30,) * (len(heads) - 2))
    return Grid(title, title, [], heads, widths, [card_cells(one) for one in made], landscape=True)
