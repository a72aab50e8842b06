"""A rule of a benefit, written or changed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QListWidgetItem, QWidget

from ui.tasks import Tasks
from ui.widgets.amount_field import fen_typed
from ui.widgets.form import FormDialog
from ui.widgets.number_field import NumberField
from ui.widgets.parts import label, row
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.base.money import exact_yuan
from workbench.insight.genes.data import segments
from workbench.outreach.benefits.benefit import BenefitRule, Period, Stack
from workbench.outreach.benefits.conditions import level_codes
from workbench.outreach.benefits.shipped import benefit_words
from workbench.outreach.gifts.gift import GiftItem

if TYPE_CHECKING:
    from workbench.app import Workbench

_LINES = 4


class BenefitRuleDialog(FormDialog):
    """Enter stores. A rule without a code is a new one."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        shown: BenefitRule,
        items: Sequence[GiftItem] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            workbench, tasks, _("修改权益") if shown.code else _("添一项权益"), _("存下"), parent
        )
        self.setMinimumWidth(620)
        words, rules = benefit_words(), workbench.rules
        self.shown = shown
        self.name = _typed(shown.title, _("例如:贵宾体检"))
        self.gives = _typed(_(shown.gives), _("服务或实物;不写现金、卡券,不与存款金额挂钩"))
        self.trigger = _choice({code: _(one.name) for code, one in words.triggers.items()}, shown.trigger)
        self.levels = _ticks(
            {code: rules.text(f"tier.{code}") for code in reversed(level_codes(rules))}, shown.levels
        )
        self.segments = _ticks({one.code: _(one.name) for one in segments()}, shown.segments)
        self.threshold = _typed(_yuan(shown.threshold_fen), _("元,空着就看层级"))
        self.measure = _choice({code: _(one.name) for code, one in words.measures.items()}, shown.measure)
        self.per = _choice({code: _(name) for code, name in words.periods.items()}, shown.per)
        self.cap = _number(shown.cap, 365, _("不另设"))
        self.value = _typed(_yuan(shown.value_fen), _("元"))
        self.budget = _typed(_yuan(shown.budget_fen), _("元,空着就不设预算"))
        self.item = _choice({0: _("不从库存里出")} | {one.id: one.name for one in items}, shown.item or 0)
        self.days = _number(shown.days, 1095, _("按规则"))
        self.stack = _choice({code: _(name) for code, name in words.stacks.items()}, shown.stack)
        self.group = _typed(_(shown.group), _("组名,例如:健康"))
        self.evidence = _typed(_(shown.evidence), _("凭什么认定、凭什么核销"))
        self.owner = _typed(shown.owner, "")
        self.note = _typed(_(shown.note), _("为什么合规:不与存款挂钩、不承诺收益"))
        self.cap.setSuffix(_(" 份"))
        self.days.setSuffix(_(" 天"))
        often = _beside(self.per, label(_("一年最多"), "second"), self.cap)
        money = _beside(self.value, label(_("一年预算"), "second"), self.budget)
        for head, field in (
            (_("名称"), self.name), (_("客户得到什么"), self.gives), (_("触发条件"), self.trigger),
            (_("给谁"), _beside(_named(_("层级"), self.levels), _named(_("客群"), self.segments))),
            (_("资产门槛"), _beside(self.threshold, self.measure)), (_("发几次"), often),
            (_("成本与预算"), money), (_("从库存"), self.item),
            (_("有效"), self.days), (_("同享"), _beside(self.stack, self.group)), (_("凭证"), self.evidence),
            (_("负责人"), self.owner), (_("合规说明"), self.note),
        ):  # fmt: skip
            self.line(head, field)
        self.item.currentIndexChanged.connect(self._follow)
        self.stack.currentIndexChanged.connect(self._follow)
        self._follow()
        self.name.setFocus()

    def rule(self) -> BenefitRule:
        """What the fields say. Raises WorkbenchError bad_amount."""
        shown = self.shown
        return replace(
            shown,
            # words that were not touched stay the program's, so that they follow the language
            name=_kept(self.name, shown.name), gives=_kept(self.gives, shown.gives), trigger=self.trigger.currentData(),
            levels=_ticked(self.levels), segments=_ticked(self.segments), threshold_fen=_fen(self.threshold),
            measure=self.measure.currentData(), per=cast(Period, self.per.currentData()), cap=self.cap.value() or None,
            value_fen=_fen(self.value), budget_fen=_fen(self.budget), item=self.item.currentData() or None,
            days=self.days.value() or None, stack=cast(Stack, self.stack.currentData()), group=_kept(self.group, shown.group),
            evidence=_kept(self.evidence, shown.evidence), owner=self.owner.text().strip(), note=_kept(self.note, shown.note),
            mark="",
        )  # fmt: skip

    def answer(self) -> None:
        """Store the rule; what it may say is examined there."""
        try:
            made = self.rule()
        except WorkbenchError as error:
            self.say(error.sentence())
            return
        words = _("权益“{name}”记下了。").format(name=made.title)
        self.write(lambda: self.workbench.outreach.benefits.put(made), words)

    def _follow(self) -> None:
        """What a thing of the stock costs stands in the stock; a group is asked for where one counts."""
        self.value.setEnabled(not self.item.currentData())
        self.group.setEnabled(self.stack.currentData() == "group")


def _kept(field: QLineEdit, msgid: str) -> str:
    typed = field.text().strip()
    return msgid if typed == _(msgid) else typed


def _typed(text: str, place: str) -> QLineEdit:
    made = QLineEdit(text)
    made.setPlaceholderText(place)
    made.setCursorPosition(0)
    return made


def _choice(names: Mapping[str, str] | Mapping[int, str], code: str | int) -> QComboBox:
    made = QComboBox()
    for key, name in names.items():
        made.addItem(name, key)
    made.setCurrentIndex(max(made.findData(code), 0))
    return made


def _number(value: int | None, most: int, none: str) -> NumberField:
    made = NumberField()
    made.setRange(0, most)
    made.setSpecialValueText(none)
    made.setValue(value or 0)
    return made


def _ticks(names: Mapping[str, str], chosen: Sequence[str]) -> QListWidget:
    """A short list with a tick before each word; none ticked means all."""
    made = QListWidget()
    for code, name in names.items():
        item = QListWidgetItem(name)
        item.setData(Qt.ItemDataRole.UserRole, code)
        item.setFlags(
            Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
        )
        item.setCheckState(Qt.CheckState.Checked if code in chosen else Qt.CheckState.Unchecked)
        made.addItem(item)
    first = next((n for n, code in enumerate(names) if code in chosen), 0)
    made.setCurrentRow(first)
    made.scrollToItem(made.item(first), QListWidget.ScrollHint.PositionAtTop)
    made.setFixedHeight(made.sizeHintForRow(0) * _LINES + 6)
    made.setToolTip(_("一个都不选就是不限"))
    return made


def _ticked(field: QListWidget) -> tuple[str, ...]:
    items = (field.item(at) for at in range(field.count()))
    return tuple(
        str(one.data(Qt.ItemDataRole.UserRole)) for one in items if one.checkState() is Qt.CheckState.Checked
    )


def _named(name: str, field: QListWidget) -> QListWidget:
    field.setAccessibleName(name)
    return field


def _beside(*fields: QWidget) -> QWidget:
    made = QWidget()
    inside = row(*fields)
    inside.setContentsMargins(0, 0, 0, 0)
    made.setLayout(inside)
    return made


def _yuan(fen: int | None) -> str:
    return "" if fen is None else exact_yuan(fen).removesuffix(".00").replace(",", "")


def _fen(field: QLineEdit) -> int | None:
    return fen_typed(field, _("请写多少元,例如 300 或 5万。"))
