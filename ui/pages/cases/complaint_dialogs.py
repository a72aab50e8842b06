"""The dialogs of complaints: register one or open its file, a step, more time, who settles it, the end, take it up again."""

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QListWidgetItem, QWidget

from ui.pages.today.review_view import WrittenField
from ui.tasks import Tasks
from ui.theme import px
from ui.widgets.amount_field import fen_typed
from ui.widgets.choice import ChoiceButtons
from ui.widgets.form import FormDialog
from ui.widgets.number_field import NumberField
from ui.widgets.parts import label, row
from ui.widgets.person_dialog import PersonDialog
from ui.words import who
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.outreach.complaints.checking import this_moment
from workbench.outreach.complaints.complaint import Complaint
from workbench.outreach.complaints.edits import ComplaintEdit, ComplaintEnd
from workbench.outreach.complaints.new_complaint import NewComplaint
from workbench.outreach.complaints.words import (
    CATEGORIES,
    CHANNELS,
    LEVELS,
    SIGNS,
    STEPS,
    Extension,
    Step,
    step_name,
)

if TYPE_CHECKING:
    from workbench.app import Workbench

_THREE, _TWO = 72, 54


class ComplaintDialog(PersonDialog):
    """A complaint registered, or the file of one that a list or a contact tells of (`of`). Enter stores."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        of: Complaint | None = None,
        customer_no: str = "",
        parent: QWidget | None = None,
    ) -> None:
        title, number = (_("登记投诉"), customer_no) if of is None else (_("给投诉建档"), of.customer_no)
        super().__init__(workbench, tasks, title, _("登记"), parent, number)
        self.setMinimumWidth(660)
        rules = workbench.rules
        self.of = of
        self.received = _typed(of.received if of is not None else this_moment(), _("例如 2026-11-23 09:30"))
        self.channel = _choice(
            {code: rules.text(f"complaint.channel.{code}") for code in CHANNELS},
            of.channel if of is not None else "phone",
        )
        self.category = _choice(
            {"": _("请选")} | {code: rules.text(f"complaint.category.{code}") for code in CATEGORIES},
            of.category if of is not None else "",
        )
        self.content = _written(_TWO, _("客户说了什么,照原话记"), of.content if of is not None else "")
        self.demand = _typed("", _("客户要什么结果"))
        self.against = _typed("", _("投诉的是谁;还不知道就空着"))
        self.owner = _typed("", _("由谁办;空着就是本账本的客户经理,不能是被投诉人"))
        self.money = _typed("", _("元,例如 50000 或 5万;不知道就空着"))
        self.people, self.times = _number(_("不知道")), _number(_("不知道"))
        self.signs = _ticks({code: rules.text(f"complaint.sign.{code}") for code in SIGNS})
        self.level = _choice(
            {"": _("按情形自动定")} | {code: rules.text(f"complaint.level.{code}") for code in LEVELS}, ""
        )
        self.before = _marks()
        if of is None:
            self.ask_person()
            if customer_no:
                self.person.preset(customer_no)
        else:
            self.line(_("客户"), label(who(of.name, of.customer_no)))
        counts = _beside(self.people, label(_("找过几次"), "second"), self.times)
        for words, field in (
            (_("收到"), _beside(self.received, self.channel)), (_("类别"), self.category), (_("经过"), self.content),
            (_("诉求"), self.demand), (_("被投诉人"), self.against), (_("承办人"), self.owner),
            (_("涉及金额"), self.money), (_("几个人"), counts),
            (_("情形"), self.signs), (_("级别"), self.level), (_("情绪温度"), self.before),
        ):  # fmt: skip
            self.line(words, field)
        self.line("", label(_("情形会把级别往上提,不会往下压;时限从收到那一刻起算。"), "second", wrap=True))
        self.received.setEnabled(of is None or len(of.received) == len("2026-11-23"))
        (self.person.line if not self.customer_no else self.content).setFocus()

    def next_field(self) -> QWidget:
        """Where the keyboard goes next."""
        return self.content

    def new(self) -> NewComplaint:
        """What the fields say. Raises WorkbenchError bad_amount."""
        of = self.of
        return NewComplaint(
            content=self.content.toPlainText(), category=self.category.currentData(), channel=self.channel.currentData(),
            received=self.received.text(), demand=self.demand.text(), owner=self.owner.text(), against=self.against.text(),
            money_fen=_fen(self.money), people=self.people.value() or None, times=self.times.value() or None,
            signs=_ticked(self.signs), level=self.level.currentData(), before=int(self.before.code() or 0) or None,
            line=of.id if of is not None and of.id else None,
        )  # fmt: skip

    def answer(self) -> None:
        """Open the file; a customer that is still being typed is looked for first."""
        whom = self.whom()
        if whom is None:
            return
        try:
            new = self.new()
        except WorkbenchError as error:
            self.say(error.sentence())
            return
        room = self.workbench.outreach.complaints
        self.write(lambda: room.open(whom(), new), _("投诉登记了,时限开始走。"))


class ComplaintStepDialog(FormDialog):
    """A step as it was taken."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, one: Complaint, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("记一步"), _("记下"), parent)
        self.setMinimumWidth(560)
        self.one = one
        self.step = ChoiceButtons(tuple((step, step_name(step)) for step in STEPS), len(STEPS))
        if one.next in STEPS:
            self.step.take(one.next)
        self.at = _typed(this_moment(), _("例如 2026-11-23 09:30"))
        self.by = _typed(one.owner, _("谁做的"))
        self.note = _written(_THREE, _("说了什么、做了什么,客户怎么说"), "")
        for words, field in (
            (_("哪一步"), self.step), (_("时间"), self.at), (_("经手人"), self.by), (_("记录"), self.note),
        ):  # fmt: skip
            self.line(words, field)
        self.line("", label(_("记下的不能改,只能再记一步;记错了用撤销。"), "second", wrap=True))
        self.note.setFocus()

    def answer(self) -> None:
        """Write it down."""
        room, one = self.workbench.outreach.complaints, self.one
        step, note, at, by = (
            cast(Step, self.step.code()),
            self.note.toPlainText(),
            self.at.text(),
            self.by.text(),
        )
        words = _("“{step}”这一步记下了。").format(step=step_name(step))
        self.write(lambda: room.take_step(one.id, step, note, at, by), words)


class ComplaintExtendDialog(FormDialog):
    """More time, as somebody approved."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, one: Complaint, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("延长法定时限"), _("记下"), parent)
        self.one = one
        kinds: tuple[Extension, ...] = ("complex", "special")
        rules = workbench.rules
        self.kind = ChoiceButtons(tuple((kind, rules.text(f"complaint.extension.{kind}")) for kind in kinds))
        self.kind.take("special" if one.extension == "complex" else "complex")
        self.by = _typed("", _("谁批准的"))
        self.day = _typed(this_moment()[:10], _("哪天批准的"))
        now = _("现在的法定答复期是 {due}").format(due=one.clocks.legal.due)
        self.line("", label(now, "second", wrap=True))
        self.line(_("延期"), self.kind)
        self.line(_("批准人"), self.by)
        self.line(_("批准日期"), self.day)
        self.line("", label(_("延长要在到期前书面告知客户,连原因和新的日子一起。"), "second", wrap=True))
        self.by.setFocus()

    def answer(self) -> None:
        """Write it down."""
        room, one = self.workbench.outreach.complaints, self.one
        kind, by, day = cast(Extension, self.kind.code()), self.by.text(), self.day.text()
        self.write(lambda: room.extend(one.id, kind, by, day), _("延期记下了。"))


class ComplaintFileDialog(FormDialog):
    """What is known of the complaint; who settles it and who keeps out of it (回避)."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, one: Complaint, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("档案与回避"), _("存下"), parent)
        self.setMinimumWidth(620)
        self.one = one
        rules = workbench.rules
        self.against = _typed(one.against, _("投诉的是谁"))
        self.owner = _typed(one.owner, _("由谁办,不能是被投诉人"))
        self.demand = _typed(one.demand, _("客户要什么结果"))
        self.facts = _written(_TWO, _("查明了什么,依据是什么"), one.facts)
        self.blame = _typed(one.blame, _("谁的责任,哪一步出的错"))
        self.signs = _ticks({code: rules.text(f"complaint.sign.{code}") for code in SIGNS}, one.signs)
        self.level = _choice(
            {"": _("按情形自动定")} | {code: rules.text(f"complaint.level.{code}") for code in LEVELS},
            next((code for code in LEVELS if rules.text(f"complaint.level.{code}") == one.set_level), ""),
        )
        for words, field in (
            (_("被投诉人"), self.against), (_("承办人"), self.owner), (_("诉求"), self.demand), (_("查明的事实"), self.facts),
            (_("责任"), self.blame), (_("情形"), self.signs), (_("级别"), self.level),
        ):  # fmt: skip
            self.line(words, field)
        self.against.setFocus()

    def answer(self) -> None:
        """Store it."""
        edit = ComplaintEdit(
            against=self.against.text(), owner=self.owner.text(), demand=self.demand.text(), facts=self.facts.toPlainText(),
            blame=self.blame.text(), signs=_ticked(self.signs), level=self.level.currentData(),
        )  # fmt: skip
        if edit.level == "" and not self.one.set_level:
            edit = replace(edit, level=None)
        room, one = self.workbench.outreach.complaints, self.one
        self.write(lambda: room.set(one.id, edit), _("投诉档案存下了。"))


class ComplaintEndDialog(FormDialog):
    """How it ended."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, one: Complaint, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("办结投诉"), _("办结"), parent)
        self.setMinimumWidth(580)
        self.one = one
        self.solution = _written(_THREE, _("给了客户什么答复、怎么改、哪天做到"), one.solution)
        self.satisfaction, self.after = _marks(), _marks()
        self.root_cause = _typed(one.root_cause, _("为什么会出这件事"))
        self.mending = _typed(one.mending, _("改了什么,以后怎样避免"))
        for words, field in (
            (_("方案"), self.solution), (_("满意度"), self.satisfaction), (_("情绪温度"), self.after),
            (_("根因"), self.root_cause), (_("整改"), self.mending),
        ):  # fmt: skip
            self.line(words, field)
        words = _("满意度照客户说的记,没问就不选;不劝客户收回投诉,不用好处换客户不说。")
        self.line("", label(words, "second", wrap=True))
        self.solution.setFocus()

    def answer(self) -> None:
        """Close it."""
        end = ComplaintEnd(
            self.solution.toPlainText(), int(self.satisfaction.code() or 0) or None, self.root_cause.text(),
            self.mending.text(), int(self.after.code() or 0) or None,
        )  # fmt: skip
        room, one = self.workbench.outreach.complaints, self.one
        self.write(lambda: room.close(one.id, end), _("投诉办结了,到回访那天会提醒。"))


class ComplaintAgainDialog(FormDialog):
    """A closed one taken up again."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, one: Complaint, parent: QWidget | None = None
    ) -> None:
        super().__init__(workbench, tasks, _("重开投诉"), _("重开"), parent)
        self.one = one
        self.content = _written(_TWO, _("客户这次说了什么"), "")
        self.owner = _typed("", _("换一位同事办;空着就还由 {name} 办").format(name=one.owner or "—"))
        self.line(_("经过"), self.content)
        self.line(_("承办人"), self.owner)
        self.line("", label(_("重开是新的一份,时限重新走,按重复投诉定级。"), "second", wrap=True))
        self.content.setFocus()

    def answer(self) -> None:
        """Open the new file."""
        room, one = self.workbench.outreach.complaints, self.one
        content, owner = self.content.toPlainText(), self.owner.text()
        self.write(lambda: room.take_up_again(one.id, content, owner), _("投诉重开了。"))


def _typed(text: str, place: str) -> QLineEdit:
    made = QLineEdit(text)
    made.setPlaceholderText(place)
    made.setCursorPosition(0)
    return made


def _written(height: int, place: str, text: str) -> WrittenField:
    made = WrittenField(px(height), place)
    made.setPlainText(text)
    return made


def _choice(names: dict[str, str], code: str) -> QComboBox:
    made = QComboBox()
    for key, name in names.items():
        made.addItem(name, key)
    made.setCurrentIndex(max(made.findData(code), 0))
    return made


def _number(none: str) -> NumberField:
    made = NumberField()
    made.setRange(0, 9_999)
    made.setSpecialValueText(none)
    return made


def _marks() -> ChoiceButtons:
    return ChoiceButtons(tuple((str(n), str(n)) for n in range(1, 6)), preset=False)


def _ticks(names: dict[str, str], chosen: tuple[str, ...] = ()) -> QListWidget:
    made = QListWidget()
    for code, name in names.items():
        item = QListWidgetItem(name)
        item.setData(Qt.ItemDataRole.UserRole, code)
        item.setFlags(
            Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
        )
        item.setCheckState(Qt.CheckState.Checked if code in chosen else Qt.CheckState.Unchecked)
        made.addItem(item)
    made.setFlow(QListWidget.Flow.LeftToRight)
    made.setWrapping(True)
    made.setResizeMode(QListWidget.ResizeMode.Adjust)
    made.setFixedHeight(made.sizeHintForRow(0) * 3)
    return made


def _ticked(field: QListWidget) -> tuple[str, ...]:
    items = (field.item(at) for at in range(field.count()))
    return tuple(
        str(one.data(Qt.ItemDataRole.UserRole)) for one in items if one.checkState() is Qt.CheckState.Checked
    )


def _beside(*fields: QWidget) -> QWidget:
    made = QWidget()
    inside = row(*fields)
    inside.setContentsMargins(0, 0, 0, 0)
    made.setLayout(inside)
    return made


def _fen(field: QLineEdit) -> int | None:
    return fen_typed(field, _("请写多少元,例如 50000 或 5万。"))
