"""The short questions about a person without an account: who he is, which customer he became, why nobody follows him up."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from ui.tasks import Tasks
from ui.widgets.choice import ChoiceButtons
from ui.widgets.form import FormDialog
from ui.widgets.parts import column, label
from ui.widgets.person import PersonSearch
from ui.words import who
from workbench.base.i18n import _
from workbench.people.customer import CustomerHit
from workbench.people.prospects.prospect import NewProspect, Prospect

if TYPE_CHECKING:
    from workbench.app import Workbench


class _ProspectForm(FormDialog):
    """The lines that say who somebody is; Tab goes through them in the order in which they are asked for."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, title: str, yes: str, parent: QWidget | None
    ) -> None:
        super().__init__(workbench, tasks, title, yes, parent)
        words = workbench.prospects.words
        self.referrer_no = ""
        self.name, self.phone = QLineEdit(), QLineEdit()
        self.consent = ChoiceButtons(words.answers)
        self.consent.take("unknown")
        self.source = ChoiceButtons(words.sources, per_line=3)
        self.referrer = PersonSearch(workbench, tasks, self)
        self.relation = QLineEdit()
        self.need = QComboBox()
        self.need.setEditable(True)
        self.need.addItems(["", *words.needs])
        self.note = QLineEdit()
        self.note.setMaxLength(words.note_most)
        self.name.setPlaceholderText(_("姓氏或称呼就行,例如:赵先生"))
        self.phone.setPlaceholderText(_("一个号码;还不知道就空着"))
        self.referrer.line.setPlaceholderText(_("哪位客户介绍的:姓名、拼音、客户号"))
        self.relation.setPlaceholderText(_("与介绍人的关系,例如:同事"))
        self.note.setPlaceholderText(_("不写证件号、账号和住址"))
        self.referrer.typed.connect(lambda: self._take(None))
        self.referrer.taken.connect(self._take)

    def lines(self, *between: tuple[str, QWidget]) -> None:
        """Place the lines; `between` stand below the telephone."""
        shown: Sequence[tuple[str, QWidget]] = (
            (_("称呼"), self.name), (_("电话"), self.phone), *between, (_("同意联系"), self.consent), (_("来源"), self.source),
            (_("介绍人"), _with_hits(self.referrer)), (_("关系"), self.relation), (_("需求"), self.need), (_("备注"), self.note),
        )  # fmt: skip
        for words, field in shown:
            field.setAccessibleName(words)
            self.line(words, field)
        self.referrer.line.setAccessibleName(_("介绍人"))
        self.name.setFocus()

    def _take(self, hit: CustomerHit | None) -> None:
        self.referrer_no = hit.customer_no if hit else ""
        self.fault.hide()
        if hit:
            self.source.take("referral")
            self.relation.setFocus()

    def settled(self) -> bool:
        """Whether the one who introduced him is known; Enter takes the customer under the keyboard first."""
        typed = self.referrer.line.text().strip()
        if not typed or self.referrer_no:
            return True
        if self.referrer.looking:
            self.say(_("还在账本里找介绍人,找到以后再按一次。"))
        elif not self.referrer.take():
            self.say(_("账本里没有找到介绍人“{text}”:换个写法,或者空着。").format(text=typed))
        return False


class NewProspectDialog(_ProspectForm):
    """Note a person: a name is enough."""

    def __init__(self, workbench: "Workbench", tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(workbench, tasks, _("登记潜客"), _("登记这位"), parent)
        self.lines()

    def answer(self) -> None:
        """Note what was typed."""
        if not self.settled():
            return
        what = NewProspect(
            self.name.text(), self.phone.text(), self.source.code(), self.referrer_no, self.relation.text(),
            self.need.currentText(), self.consent.code(), self.note.text(),
        )  # fmt: skip
        self.write(lambda: self.workbench.prospects.add(what), _("已登记潜客。"))


class ChangeProspectDialog(_ProspectForm):
    """Change what is known of a person. Name and telephone are not shown in full: a line left empty stays as it is."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, one: Prospect, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("更改潜客"), _("更改"), parent)
        self.one = one
        kept = _("{shown}(不改就空着)")
        self.name.setPlaceholderText(kept.format(shown=one.shown("name") or _("没有称呼")))
        self.phone.setPlaceholderText(kept.format(shown=one.shown("phone") or _("没有电话")))
        if one.referrer_no:
            shown = who(one.referrer_name or "", one.referrer_no)
            self.referrer.line.setPlaceholderText(kept.format(shown=shown))
        self.no_phone = QCheckBox(_("删掉电话"))
        self.no_phone.setEnabled(bool(one.phone))
        self.consent.take(one.answer)
        self.source.take(one.source)
        self.relation.setText(one.shown("relation"))
        self.need.setCurrentText(one.shown("need"))
        self.note.setText(one.shown("note"))
        self._before = self._words()
        self.lines(("", self.no_phone))

    def _words(self) -> dict[str, str]:
        return {
            "consent": self.consent.code(), "source": self.source.code(), "relation": self.relation.text(),
            "need": self.need.currentText(), "note": self.note.text(),
        }  # fmt: skip

    def answer(self) -> None:
        """Store what differs."""
        if not self.settled():
            return
        given = {key: text for key, text in self._words().items() if text != self._before[key]}
        typed = (("name", self.name.text()), ("phone", self.phone.text()), ("referrer_no", self.referrer_no))
        given |= {key: text for key, text in typed if text.strip()}
        if self.no_phone.isChecked():
            given["phone"] = ""
        self.write(lambda: self.workbench.prospects.change(self.one.key, given), _("已更改潜客。"))


def _with_hits(person: PersonSearch) -> QWidget:
    """The line of a search with what it finds, which takes no room while there is nothing."""
    both = QWidget()
    inside = column(person.line, person.below, spacing=0)
    inside.setContentsMargins(0, 0, 0, 0)
    both.setLayout(inside)
    return both


class LinkProspectDialog(FormDialog):
    """Which customer the person became; the one with his telephone is proposed."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, one: Prospect, parent: QWidget | None = None
    ) -> None:
        title = _("{name} 已开户").format(name=one.title)
        super().__init__(workbench, tasks, title, _("是这位客户"), parent)
        self.one = one
        self.customer_no = ""
        self.person = PersonSearch(workbench, tasks, self)
        self.person.line.setAccessibleName(_("客户"))
        self.person.line.setPlaceholderText(_("姓名、拼音、客户号、手机号"))
        self.evidence = label("", "second", wrap=True)
        self.line(_("客户"), _with_hits(self.person))
        self.line("", self.evidence)
        self.person.typed.connect(lambda: self._take(None))
        self.person.taken.connect(self._take)
        if one.likely is not None:
            self.customer_no = one.likely.customer_no
            self.person.preset(self.customer_no)
            words = _("可能是同一人:{evidence}。请核对后再确认。")
            self.evidence.setText(words.format(evidence=one.likely.evidence))
        self.person.line.setFocus()

    def _take(self, hit: CustomerHit | None) -> None:
        self.customer_no = hit.customer_no if hit else ""
        self.evidence.clear()
        self.fault.hide()

    def answer(self) -> None:
        """Link him to the chosen customer; Enter takes the one under the keyboard first."""
        if not self.customer_no:
            if not self.person.take():
                self.say(_("请先选一位客户。"))
            return
        number = self.customer_no
        self.write(lambda: self.workbench.prospects.link(self.one.key, number), _("已关联到客户。"))


class DropProspectDialog(FormDialog):
    """Why nobody follows the person up any more."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, one: Prospect, parent: QWidget | None = None
    ) -> None:
        title = _("不再跟进 {name}").format(name=one.title)
        super().__init__(workbench, tasks, title, _("不再跟进"), parent)
        self.one = one
        self.reason = QLineEdit()
        self.reason.setAccessibleName(_("原因"))
        self.reason.setPlaceholderText(_("例如:已在他行办理"))
        self.line(_("原因"), self.reason)
        days = workbench.rules.whole("prospects.closed_days")
        words = _("该潜客的资料再保留 {days} 天,之后到期清除。").format(days=days)
        self.line("", label(words, "second", wrap=True))
        self.reason.setFocus()

    def answer(self) -> None:
        """End the follow-up."""
        reason = self.reason.text()
        self.write(lambda: self.workbench.prospects.drop(self.one.key, reason), _("已结束跟进。"))
