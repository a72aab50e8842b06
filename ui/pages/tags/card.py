"""The card of one tag: meaning, rule in words and as written, lineage, values, checks, record, and what can be done."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from ui.pages.tags.words import kind_word, origin_word, state_light, status_word
from ui.widgets.parts import Card, button, label, light_label, row
from workbench.base.i18n import _, commas
from workbench.insight.tags.cards import TagCard
from workbench.insight.tags.checks import state_word


class TagCardView(Card):
    """`picked(condition)` for the customers behind a figure, `tag_requested(code)` for another tag, and the acts."""

    picked = Signal(str)
    tag_requested = Signal(str)
    edit_requested = Signal(str)
    stop_requested = Signal(str)
    resume_requested = Signal(str)
    delete_requested = Signal(str)
    sample_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.card: TagCard | None = None
        self.body.addWidget(
            label(_("从左边选一个标签,这里写明它的口径、血缘和体检结果。"), "second", wrap=True)
        )
        self.body.addStretch(1)

    def show_card(self, card: TagCard) -> None:
        """Show a tag."""
        self.card = card
        self.clear()
        self._head(card)
        for fault in card.faults:
            self.body.addWidget(label(fault.sentence(), "red", wrap=True))
        self._meaning(card)
        self._values(card)
        self._lineage(card)
        self._checks(card)
        self._record(card)
        self.body.addStretch(1)
        self.updateGeometry()

    # -- parts ---------------------------------------------------------------------------------------------

    def _head(self, card: TagCard) -> None:
        tag = card.row.tag
        chips = [card.row.layer_name, card.row.group_name, kind_word(tag.kind), origin_word(tag)]
        if tag.mark == "P":
            chips.append(_("本系统口径"))
        self.body.addLayout(
            row(label(_(tag.label), "title", tip=tag.code), label(status_word(tag), "second"), None)
        )
        self.body.addWidget(label(_(tag.name), "second", wrap=True, tip=tag.code))
        self.body.addLayout(row(*(label(words, "chip") for words in chips), None, spacing=4))
        acts: list[QWidget] = [button(_("修改"), partial(self.edit_requested.emit, tag.code))]
        if tag.status == "stopped":
            acts.append(button(_("启用"), partial(self.resume_requested.emit, tag.code)))
        else:
            acts.append(button(_("停用"), partial(self.stop_requested.emit, tag.code)))
        if tag.origin == "own":
            words = _("恢复原定义") if card.override else _("删除")
            acts.append(button(words, partial(self.delete_requested.emit, tag.code)))
        acts.append(
            button(_("抽样核对"), partial(self.sample_requested.emit, tag.code), tip=_("逐户核对,算出准确率"))
        )
        self.body.addLayout(row(*acts, None))

    def _meaning(self, card: TagCard) -> None:
        tag = card.row.tag
        missing = _("(还没有写,写全才能上线)")
        self._section(_("概念"), _(tag.definition) or missing)
        self._section(_("原理"), _(tag.principle) or missing)
        if tag.observed:
            self._section(_("规则"), _("由客户经理手工打,必须写明理由或者依据哪一次联系。"))
        elif card.lines:
            self._heading(_("规则"))
            for line in card.lines:
                line_words = _("{value}:{words}").format(value=line.value, words=line.words)
                self.body.addWidget(self._plain(line_words if line.value else line.words))
            written = "\n".join(line.text for line in card.lines)
            self.body.addWidget(self._plain(written, "second"))
        if card.eligible:
            self.body.addWidget(self._plain(_("适用于:{words}").format(words=card.eligible), "second"))
        for _key, value, text, mark in card.params:
            ours = _("(本系统口径)") if mark == "P" else ""
            self.body.addWidget(
                self._plain(_("{text}:{value}").format(text=text, value=value) + ours, "second")
            )

    def _values(self, card: TagCard) -> None:
        if not card.shares:
            return
        self._heading(_("取值"))
        total = card.health.spread.eligible if card.health else 0
        for share in card.shares:
            part = share.count / total if total else 0.0
            words = _("{words}  {n} 户  {part}").format(
                words=share.words, n=f"{share.count:,}", part=f"{part:.1%}"
            )
            self.body.addWidget(self._link(words, share.expression, self.picked.emit))

    def _lineage(self, card: TagCard) -> None:
        self._heading(_("血缘"))
        tags = [term for term in card.inputs if term.origin in ("tag", "own")]
        raw = [term.label for term in card.inputs if term not in tags]
        if raw:
            self.body.addWidget(self._plain(_("取自:{names}").format(names=commas(raw))))
        for term in tags:
            words = _("取自标签:{label}").format(label=term.label)
            self.body.addWidget(self._link(words, term.name, self.tag_requested.emit))
        below = [term.label for term in card.rests_on if term not in card.inputs]
        if below:
            self.body.addWidget(self._plain(_("再往下:{names}").format(names=commas(below)), "second"))
        for user in card.users:
            words = _("用于标签:{label}").format(label=_(user.label))
            self.body.addWidget(self._link(words, user.code, self.tag_requested.emit))
        if not card.users:
            self.body.addWidget(self._plain(_("没有别的标签用到它。"), "second"))

    def _checks(self, card: TagCard) -> None:
        self._heading(_("体检"))
        if card.health is None:
            words = _("上线后才体检。") if not card.row.tag.live else _("还没有体检结果。")
            self.body.addWidget(self._plain(words, "second"))
            return
        for check in card.health.checks:
            words = f"{check_name(check.code)} · {state_word(check.state)}"
            self.body.addLayout(row(light_label(state_light(check.state), words), None))
            self.body.addWidget(self._plain(check.reason, "second"))

    def _record(self, card: TagCard) -> None:
        tag = card.row.tag
        self._heading(_("登记"))
        missing = _("没有行就算否") if tag.missing == "no" else _("缺数据算无法判断")
        pipl = _(",属敏感个人信息") if tag.pipl else ""
        uses = commas({"show": _("展示"), "filter": _("筛选"), "trigger": _("触发")}[use] for use in tag.use)
        lines = [
            _("要素 {element} · 有效 {days} 天 · {missing}").format(
                element=_(tag.element), days=tag.valid_days, missing=missing
            ),
            _("保护级别 {level}{pipl} · 用于{uses} · 第 {version} 版").format(
                level=tag.sensitivity, pipl=pipl, uses=uses, version=tag.version
            ),
        ]
        if tag.owner:
            lines.append(_("负责人 {owner}").format(owner=tag.owner))
        if tag.line:
            lines.append(_("定义在 {file} 第 {line} 行").format(file=tag.file, line=tag.line))
        for words in lines:
            self.body.addWidget(self._plain(words, "second"))

    # -- pieces --------------------------------------------------------------------------------------------

    def _heading(self, words: str) -> None:
        self.body.addSpacing(6)
        self.body.addWidget(label(words, "heading"))

    def _section(self, heading: str, words: str) -> None:
        self._heading(heading)
        self.body.addWidget(self._plain(words))

    @staticmethod
    def _plain(words: str, role: str = "") -> QLabel:
        made = label(words, role, wrap=True)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return made

    def _link(self, words: str, target: str, act: Callable[[str], object]) -> QWidget:
        if not target:
            return self._plain(words)
        holder = QWidget()
        line = row(button(words, partial(act, target), "link"), None)
        line.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(line)
        return holder


def check_name(code: str) -> str:
    """The name of a check (domain 11.3)."""
    return {
        "coverage": _("覆盖率"), "accuracy": _("准确率"), "freshness": _("时效"), "stability": _("稳定性"),
        "lift": _("区分度"), "consistency": _("互斥一致"), "concentration": _("集中度"), "usage": _("使用率"),
    }[code]  # fmt: skip
