"""How to talk to a customer by the style observed so far: pace and evidence, do and don't, and words for eight scenes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from ui.widgets.parts import Card, empty, label
from workbench.base.i18n import _, commas
from workbench.insight.genes.card import Style
from workbench.insight.genes.data import NEUTRAL
from workbench.outreach.playbook.by_style import SceneWords


class StyleWords(Card):
    """The style and its words; neutral ones while the style is not known well enough."""

    def __init__(self) -> None:
        super().__init__(_("照现在看到的,这样说"))
        self.way = label("", wrap=True)
        self._scenes = QGridLayout()
        self._scenes.setVerticalSpacing(8)
        self._scenes.setHorizontalSpacing(12)
        self._scenes.setColumnStretch(1, 3)
        self._scenes.setColumnStretch(2, 1)
        self.body.addWidget(self.way)
        self.body.addSpacing(6)
        self.body.addLayout(self._scenes)

    def show_words(self, style: Style, scenes: tuple[SceneWords, ...]) -> None:
        """Show the words of a style."""
        way = style.hints
        lines = [
            _("先用中性的说法。")
            if style.speak == NEUTRAL
            else _("按{style}的说法。").format(style=style.name),
            _("节奏:{pace};渠道:{channel};凭据:{evidence}").format(
                pace=_(way.pace), channel=_(way.channel), evidence=_(way.evidence)
            ),
            _("要:{do}").format(do=_(way.do)),
            _("不要:{what}").format(what=_(way.dont)),
        ]
        if style.pairing:
            lines.append(_("您和他:{hint}").format(hint=style.pairing))
        self.way.setText("\n".join(lines))
        empty(self._scenes)
        for at, one in enumerate(scenes):
            never = _("不要:{what}").format(what=commas(one.never)) if one.never else ""
            for column, made in enumerate(
                (label(one.name, "heading"), _words(one), label(never, "second", wrap=True))
            ):
                self._scenes.addWidget(made, at, column, Qt.AlignmentFlag.AlignTop)


def _words(one: SceneWords) -> QLabel:
    """What may be said, to be marked and copied; why nothing may be said."""
    made = label(one.withheld or "\n".join(one.texts), "second" if one.withheld else "", wrap=True)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return made
