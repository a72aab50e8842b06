"""The card of all tags that a customer has, by group; and the way to those that cannot be told."""

from collections.abc import Callable
from functools import partial

from ui.pages.portrait.chips import Chip
from ui.pages.portrait.section import PartCard
from ui.widgets.parts import button, label
from ui.widgets.wrapped import Strip
from workbench.base.i18n import _
from workbench.insight.portrait.portrait import Portrait
from workbench.insight.tags.explain import TagOnCustomer


class PortraitTags(PartCard):
    """A chip for each tag that holds, which opens it; `give` gives a tag by hand, `unknown` lists what cannot be told."""

    def __init__(
        self,
        show: Callable[[TagOnCustomer], object],
        give: Callable[[], object],
        unknown: Callable[[], object],
    ) -> None:
        self.unknown = button(_("无法判断"), unknown, "link")
        super().__init__(_("标签"), button(_("+ 打标签"), give, "link"), self.unknown)
        self._show = show
        #: how many hold, and how many cannot be told
        self.held, self.blind = 0, 0

    def fill(self, portrait: Portrait) -> None:
        """Show the tags of a customer."""
        self.clear()
        held = [tag for tag in portrait.tags if tag.state == "hit"]
        self.held, self.blind = len(held), sum(tag.state == "unknown" for tag in portrait.tags)
        for group in dict.fromkeys(tag.group for tag in held):
            mine = [tag for tag in held if tag.group == group]
            chips = Strip()
            chips.add(label(mine[0].group_name, "second"))
            for tag in mine:
                chips.add(Chip(_tag_words(tag), partial(self._show, tag), tag.reason))
            self.body.addWidget(chips)
        if not held:
            self.body.addWidget(label(_("还没有标签。导入客户清单之后自动算出。"), "second", wrap=True))
        self.body.addStretch(1)
        self.note.setText(_("{n} 个,点一下看依据").format(n=len(held)) if held else "")
        self.unknown.setText(_("{n} 个无法判断").format(n=self.blind))
        self.unknown.setVisible(self.blind > 0)


def _tag_words(tag: TagOnCustomer) -> str:
    """The words of a chip: a flag by its label, anything else with its value."""
    return tag.label if tag.kind == "flag" else f"{tag.label} {tag.shown}"
