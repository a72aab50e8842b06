"""The head of the portrait: who this is, and the chips of what changes what one does."""

from collections.abc import Callable
from functools import partial

from ui.pages.portrait.chips import Chip
from ui.pages.portrait.lines import Open
from ui.widgets.parts import label, light_label
from ui.widgets.wrapped import Strip
from ui.words import light_word, masked, number_tail
from workbench.base.day_words import distance
from workbench.base.i18n import _
from workbench.insight.portrait.portrait import Portrait
from workbench.insight.tags.explain import TagOnCustomer
from workbench.sheets.glyphs import readable


def person_words(portrait: Portrait, *, unmasked: bool) -> tuple[str, str]:
    """The name, and number, sex, age and data date in one line."""
    name = readable(portrait.name) if unmasked else masked(portrait.name)
    facts = {key: value for key, _label, value in portrait.facts}
    # the age that tags and advice use, so that the page shows one age
    age_in_force = portrait.picture.values.age if portrait.picture is not None else None
    age = facts.get("age") if age_in_force is None else age_in_force
    parts = [
        _("客户号 {number}").format(
            number=portrait.customer_no if unmasked else number_tail(portrait.customer_no)
        ),
        _(facts.get("gender", "")),
        "" if age is None else _("{age} 岁").format(age=age),
        portrait.by_number_words,
        _data_date(portrait),
    ]
    return name, " · ".join(part for part in parts if part)


def _data_date(portrait: Portrait) -> str:
    """The date of the data, and how far it is away."""
    if not portrait.as_of:
        return _("还没有月度数据")
    return _("数据日期 {date} · {distance}").format(date=portrait.as_of, distance=distance(portrait.as_of))


class HeadChips(Strip):
    """The light, then the chips that change what one does; `show` opens what a chip rests on, `show_tag` a tag, `all_tags` leads
    to the rest."""

    def __init__(
        self, show: Open, show_tag: Callable[[TagOnCustomer], object], all_tags: Callable[[], object]
    ) -> None:
        super().__init__()
        self._open, self._show_tag, self._all_tags = show, show_tag, all_tags

    def fill(self, portrait: Portrait) -> None:
        """Show the chips of a customer."""
        self.clear()
        if (risk := portrait.risk) is not None:
            words = _("未亮灯")
            if risk.light is not None:
                words = _("{light}灯").format(light=light_word(risk.light))
            self.add(light_label(risk.light, words))
        tags = {tag.column: tag for tag in portrait.tags}
        for one in portrait.chips:
            tag = tags.get(one.tag)
            act = partial(self._show_tag, tag) if tag else partial(self._open, one.words, one.inputs)
            tip = "\n".join(filter(None, (one.does, tag.reason if tag else "")))
            self.add(Chip(one.words, act, tip, alarm=one.alarm))
        if portrait.tier_name is None:
            self.add(label(_("层级看不出:缺「月日均」或「金融资产」"), "second", wrap=True))
        shown = {one.tag for one in portrait.chips}
        rest = sum(tag.state == "hit" and tag.column not in shown for tag in portrait.tags)
        if rest > 0:
            self.add(Chip(_("其余 {n} 个标签").format(n=rest), self._all_tags, _("按组收起,点开看")))
