"""The card of the next step: what to do for a customer, why, how and by when."""

from functools import partial

from PySide6.QtCore import Signal

from ui.pages.portrait.lines import Open, leading
from ui.widgets.parts import Card, button, label, row
from workbench.base.day_words import short_day
from workbench.base.i18n import _
from workbench.insight.portrait.portrait import Portrait


class ActionsCard(Card):
    """The next three actions, the first on top; `complaint_requested()`: he complains, or a complaint of his is to be seen."""

    complaint_requested = Signal()

    def __init__(self, show: Open) -> None:
        complaint = button("", lambda: self.complaint_requested.emit(), "link")
        super().__init__(_("下一步"), complaint)
        self.complaint = complaint
        self._show = show

    def fill(self, portrait: Portrait) -> None:
        """Show what to do next."""
        self.clear()
        waits = any(one.code == "complaint" for one in portrait.next_actions)
        self.complaint.setText(_("看投诉…") if waits else _("登记投诉…"))
        body = self.body
        for number, one in enumerate(portrait.next_actions, 1):
            due = _("{day} 前").format(day=short_day(one.due)) if one.due else ""
            title = leading(f"{number}  {one.title}", one.how)
            title.setProperty("role", "heading")
            title.activated.connect(partial(self._show, one.title, one.inputs))
            head = row(title, label(due, "second"))
            head.setStretch(0, 1)
            body.addLayout(head)
            body.addWidget(label(one.why, "second", wrap=True))
            body.addWidget(label(one.how, wrap=True))
        if not portrait.next_actions:
            words = _("暂时没有需要立即办的事,按层级的间隔联系即可。")
            if portrait.month is None:
                words = _("还没有月度数据,给不出下一步:先导入客户清单。")
            body.addWidget(label(words, "second", wrap=True))
        body.addStretch(1)
