"""The card of all tags that a customer has, folded by group; and the way to those that cannot be told."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QPushButton

from ui.pages.portrait.chips import Chip
from ui.pages.portrait.section import PartCard
from ui.widgets.parts import button, label
from ui.widgets.wrapped import Strip
from workbench.base.i18n import _
from workbench.insight.portrait.portrait import Portrait
from workbench.insight.tags.explain import TagOnCustomer


class TagGroup:
    """A group of tags: the button that opens and closes it, and its chips."""

    def __init__(self, name: str, chips: list[Chip], *, shut: bool) -> None:
        self._words = f"{name} {len(chips)}"
        self.head = button("", self.turn, "link")
        self.chips = Strip(*chips)
        self.chips.setHidden(shut)
        self._show()

    @property
    def shut(self) -> bool:
        """Whether its chips are away."""
        return self.chips.isHidden()

    def turn(self) -> None:
        """Open it, or close it."""
        self.chips.setHidden(not self.shut)
        self._show()

    def _show(self) -> None:
        self.head.setText(f"{'▸' if self.shut else '▾'} {self._words}")


class PortraitTags(PartCard):
    """A chip for each tag that holds, which opens it, by group; a group that was opened stays open for the next customer.
    `give` gives a tag by hand, `unknown` lists what cannot be told."""

    def __init__(
        self,
        show: Callable[[TagOnCustomer], object],
        give: Callable[[], object],
        unknown: Callable[[], object],
    ) -> None:
        self.unknown = button(_("无法判断"), unknown, "link")
        super().__init__(_("标签"), button(_("+ 打标签"), give, "link"), self.unknown)
        self._show = show
        #: by number
        self.groups: dict[str, TagGroup] = {}
        #: how many hold, and how many cannot be told
        self.held, self.blind = 0, 0

    def fill(self, portrait: Portrait) -> None:
        """Show the tags of a customer."""
        opened = {number for number, group in self.groups.items() if not group.shut}
        self.clear()
        held = [tag for tag in portrait.tags if tag.state == "hit"]
        self.held, self.blind = len(held), sum(tag.state == "unknown" for tag in portrait.tags)
        self.groups = {
            number: self._group([tag for tag in held if tag.group == number], shut=number not in opened)
            for number in dict.fromkeys(tag.group for tag in held)
        }
        self.body.addWidget(Strip(*(group.head for group in self.groups.values()), gap=12))
        for group in self.groups.values():
            self.body.addWidget(group.chips)
        if not held:
            self.body.addWidget(label(_("还没有标签。导入客户清单之后自动算出。"), "second", wrap=True))
        self.body.addStretch(1)
        words = _("{n} 个,数据到 {date};点一组展开,点一个看依据")
        self.note.setText(words.format(n=len(held), date=portrait.as_of or "—") if held else "")
        self.unknown.setText(_("{n} 个无法判断").format(n=self.blind))
        self.unknown.setVisible(self.blind > 0)

    def _group(self, tags: list[TagOnCustomer], *, shut: bool) -> TagGroup:
        chips = [Chip(_tag_words(tag), partial(self._show, tag), tag.reason) for tag in tags]
        return TagGroup(tags[0].group_name, chips, shut=shut)

    def heads(self) -> list[QPushButton]:
        """The buttons of the groups, in their order."""
        return [group.head for group in self.groups.values()]


def _tag_words(tag: TagOnCustomer) -> str:
    """The words of a chip: a flag by its label, anything else with its value."""
    return tag.label if tag.kind == "flag" else f"{tag.label} {tag.shown}"
