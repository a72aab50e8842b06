"""The dialogs of the picker: save, rename, tag, assign, plan; each says how many customers it is about."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from ui.page import Page
from ui.tasks import Tasks
from ui.widgets.form import FormDialog
from ui.widgets.parts import ask, button, label, row
from ui.widgets.refusals import fault_handler, still_open, under_way
from workbench.base.change import Change
from workbench.base.i18n import _
from workbench.insight.picking.facts import SavedList
from workbench.insight.tags.definition import Tag

if TYPE_CHECKING:
    from workbench.app import Workbench

Done = tuple[Change, str]


class Picked(NamedTuple):
    """Whom an action is about: condition, its words, purpose ('' none), customers that stay, customers left out."""

    text: str
    words: str
    purpose: str
    people: int
    left_out: int

    def scope_words(self) -> str:
        """'对 12 位客户,已按用途排除 3 位'."""
        wording = _("对 {n} 位客户").format(n=f"{self.people:,}")
        if self.left_out:
            wording += _(",已按用途排除 {out} 位").format(out=f"{self.left_out:,}")
        return wording


class PickedQuestion(FormDialog):
    """A question about the picked customers; the job runs in the background and returns what to say afterwards."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, picked: Picked, title: str, yes: str, parent: QWidget | None
    ) -> None:  # fmt: skip
        super().__init__(workbench, tasks, title, yes, parent)
        self.picked = picked
        self.about = label(picked.scope_words(), "heading")
        self.line(_("范围"), self.about)

    def do(self, job: Callable[[], Done]) -> None:
        """Write in the background; the change is announced in the strip below and can be undone there."""

        outcome: list[str] = []

        def write() -> Change:
            """Run the job and keep its words for the announcement."""
            change, words = job()
            outcome.append(words)
            return change

        # the write is announced also when the dialog was closed meanwhile
        self.tasks.write(
            write,
            lambda _change: self.accept() if still_open(self) else None,
            words=lambda: outcome[0],
            failed=under_way(self, self.tasks, fault_handler(self.fault, self.tasks), self.yes),
        )

    def ids(self) -> list[int]:
        """The ids of the picked customers, those excluded by the purpose left out; runs on the book's thread."""
        return self.workbench.insight.picking.ids(self.picked.text, purpose=self.picked.purpose)


def purpose_combo(workbench: "Workbench", chosen: str) -> QComboBox:
    """The purposes of a list to choose from; a person may type one of his own."""
    made = QComboBox()
    made.setEditable(True)
    for code, name in workbench.insight.picking.purposes():
        made.addItem(name, code)
    made.setCurrentIndex(max(0, made.findData(chosen)))
    line = made.lineEdit()
    if line is not None:
        line.setPlaceholderText(_("可以自己写"))
    return made


def manager_of(workbench: "Workbench") -> str:
    """The manager's name in the book's settings, the owner of a new list; '' where there is none."""
    return str(workbench.settings().get("manager") or "")


class SaveDialog(PickedQuestion):
    """Asks for the name, for a rule or a fixed list, and for the purpose."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, picked: Picked, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, picked, _("保存名单"), _("保存"), parent)
        self.name = QLineEdit()
        self.name.setPlaceholderText(_("例如:十月到期回访"))
        self.rule = QRadioButton(_("规则:每次打开都按条件重新找"))
        self.frozen = QRadioButton(_("名单:固定今天的客户,以后不再变"))
        self.rule.setChecked(True)
        self.purpose = purpose_combo(workbench, picked.purpose or "marketing")
        kinds = QWidget()
        inside = QVBoxLayout(kinds)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.rule)
        inside.addWidget(self.frozen)
        self.line(_("条件"), label(picked.words, "second", wrap=True))
        self.line(_("名称"), self.name)
        self.line(_("方式"), kinds)
        self.line(_("用途"), self.purpose)
        self.note = label(
            _("固定名单会去掉按用途不该联系的客户;名单 {days} 天后失效。").format(
                days=workbench.rules.whole("picking.expires_days")
            ), "second", wrap=True,
        )  # fmt: skip
        self.line("", self.note)
        self.name.setFocus()

    def answer(self) -> None:
        """Save; what is missing is said in the dialog."""
        picking, name, text = self.workbench.insight.picking, self.name.text(), self.picked.text
        purpose, frozen = self.purpose.currentText(), self.frozen.isChecked()

        def job() -> Done:
            change = picking.save(
                name, text, "frozen" if frozen else "rule", purpose, manager_of(self.workbench)
            )
            kept = picking.saved(name.strip())
            if kept.count is None:
                return change, _("已保存规则 {number} {name}。").format(number=kept.number, name=kept.name)
            wording = _("已保存名单 {number} {name},{n} 位。")
            return change, wording.format(number=kept.number, name=kept.name, n=f"{kept.count:,}")

        self.do(job)


class RenameDialog(FormDialog):
    """Another name for a saved list."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, saved: SavedList, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("改名"), _("改名"), parent)
        self._saved = saved
        self.name = QLineEdit(saved.name)
        self.name.selectAll()
        self.line(_("名称"), self.name)

    def answer(self) -> None:
        """Store the new name."""
        number, name = self._saved.number, self.name.text()
        self.write(lambda: self.workbench.insight.picking.rename(number, name), _("名单已改名。"))


class GiveTagDialog(PickedQuestion):
    """Asks which of the tags that a person gives, and why."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, picked: Picked, tags: tuple[Tag, ...], parent: QWidget | None = None
    ) -> None:  # fmt: skip
        super().__init__(workbench, tasks, picked, _("打标签"), _("打标签"), parent)
        self._tags = tags
        self.tag = QComboBox()
        self.value = QComboBox()
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("一句话:为什么,例如 十月沙龙到场"))
        self.line(_("标签"), self.tag)
        self.line(_("取值"), self.value)
        self.line(_("理由"), self.reason)
        self.tag.currentIndexChanged.connect(self._chose)
        for tag in tags:
            self.tag.addItem(_(tag.label), tag.code)
        self._chose(self.tag.currentIndex())

    def _chose(self, at: int) -> None:
        self.value.clear()
        if 0 <= at < len(self._tags):
            for code, words in self._tags[at].values:
                self.value.addItem(_(words), code)
        self.value.setEnabled(self.value.count() > 0)

    def answer(self) -> None:
        """Give the tag."""
        picking, tag = self.workbench.insight.picking, self._tags[self.tag.currentIndex()]
        value = self.value.currentData() if self.value.count() else None
        reason = self.reason.text()

        def job() -> Done:
            change = picking.give(self.ids(), tag.code, reason, value=value)
            picking.used(self.picked.text, "tag")
            wording = _("已给 {n} 位客户打上“{tag}”。")
            return change, wording.format(n=f"{change.count:,}", tag=_(tag.label))

        self.do(job)


def ask_tag(page: Page, picked: Picked, tags: tuple[Tag, ...]) -> None:
    """Ask which tag to give; where there is none yet, offer the way to make one."""
    if tags:
        GiveTagDialog(page.workbench, page.tasks, picked, tags, page).open()
        return
    ask(
        page, _("打标签"), _("还没有可以手工打的标签。"), _("先到“标签”页新建一个手工标签,再回来打。"),
        _("去标签页"), "", lambda: page.go.emit("tags", None),
    )  # fmt: skip


class AssignDialog(PickedQuestion):
    """Asks to whom the customers are handed."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, picked: Picked, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, picked, _("分配客户经理"), _("分配"), parent)
        self.manager = QLineEdit()
        self.manager.setPlaceholderText(_("客户经理的姓名"))
        self.line(_("客户经理"), self.manager)
        self.line("", label(_("下一份名单里的客户经理会覆盖这里的分配。"), "second", wrap=True))

    def answer(self) -> None:
        """Assign them; the next list's manager overwrites it."""
        picking, manager = self.workbench.insight.picking, self.manager.text()

        def job() -> Done:
            change = picking.assign(self.ids(), manager)
            wording = _("已把 {n} 位客户分配给{manager}。")
            return change, wording.format(n=f"{change.count:,}", manager=manager.strip())

        self.do(job)


class PlanDialog(PickedQuestion):
    """Asks for one of the week's methods, and why."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, picked: Picked,
        methods: tuple[tuple[str, str], ...], parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(workbench, tasks, picked, _("加入本周计划"), _("加入计划"), parent)
        self.method = QComboBox()
        for kind, name in methods:
            self.method.addItem(name, kind)
        self.reason = QLineEdit(picked.words)
        self.reason.setCursorPosition(0)
        self.line(_("方法"), self.method)
        self.line(_("理由"), self.reason)

    def answer(self) -> None:
        """Put them on the plan and report who was on it already or is barred."""
        from workbench.outreach.picked import add_to_plan

        kind, name, reason = self.method.currentData(), self.method.currentText(), self.reason.text()
        picking, outreach = self.workbench.insight.picking, self.workbench.outreach

        def job() -> Done:
            added = add_to_plan(outreach, picking.people(self.ids()), kind, reason)
            picking.used(self.picked.text, "plan")
            outcome = [_("“{method}”加入 {n} 位").format(method=name, n=added.added)]
            if added.already:
                outcome.append(_("{n} 位本周已在计划里").format(n=added.already))
            if added.barred:
                outcome.append(_("{who},没有加入").format(who=added.why))
            if added.over:
                outcome.append(_("电话比一周能打的多 {n} 个,请去掉几位").format(n=added.over))
            return added.change, _(";").join(outcome)

        self.do(job)


class UnknownDialog(QDialog):
    """Shows which terms of the condition have no value, and for how many customers."""

    def __init__(
        self, missing: tuple[tuple[str, int, str], ...], total: int, show: Callable[[str], object],
        everyone: str, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle(_("无法判断的客户"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._show = show
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(8)
        wording = _("有 {n} 户缺资料,说不清符不符合条件;没有值不等于不符合。")
        layout.addWidget(label(wording.format(n=f"{total:,}"), wrap=True))
        self.links = []
        for words, count, expression in missing:
            text = _("{name}:其中 {n} 户没有值").format(name=words, n=f"{count:,}")
            self.links.append(button(text, lambda asking=expression: self._go(asking), "link"))  # type: ignore[misc]
            layout.addLayout(row(self.links[-1], None))
        self.everyone = button(_("看这些客户"), lambda: self._go(everyone), "primary")
        layout.addLayout(row(None, button(_("关闭"), self.reject), self.everyone))
        self.setMinimumWidth(400)

    def _go(self, expression: str) -> None:
        show = self._show
        self.accept()
        show(expression)
