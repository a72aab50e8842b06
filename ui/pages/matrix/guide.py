"""钩子指南: every product that opens the door, the best score first; at the right one of them in words (domain 3)."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from ui.page import Page
from ui.widgets.parts import Card, beside, button, column, flow, label
from ui.widgets.preview import PreviewDialog
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.widgets.wrapped import Strip
from workbench.base.i18n import _, bracketed
from workbench.base.money import wan
from workbench.insight.selling.guide import GuideEntry, HookGuide
from workbench.sheets.hook_guide import about_words, hook_guide_pdf, unsaid_words
from workbench.sheets.printed import Printed


class GuideTab(QWidget):
    """The guide; `people(condition)` shows the customers behind a figure."""

    def __init__(self, page: Page, people: Callable[[str], object]) -> None:
        super().__init__()
        self._page = page
        self.guide: HookGuide | None = None
        self.print_button = button(_("打印指南…"), self.preview)
        self.about = label(" ".join(about_words()), "second", wrap=True)
        self.nothing = label(
            _("产品清单里没有现在能买的产品。导入产品清单后,这里按门槛、灵活、优势、易懂给它们排次序。"),
            "second",
            wrap=True,
        )
        self.table = Table(_columns(), page.tasks, name="matrix.guide")
        self.table.setAccessibleName(_("钩子产品"))
        self.detail = GuideCard(people)
        self.table.chosen.connect(lambda _row: self._follow())
        area = flow(column(self.detail))
        area.setMinimumWidth(330)
        self.table.setMinimumWidth(380)
        self._parts = beside(self.table, area, (720, 430), (5, 3))
        whole = column(Strip(self.print_button), self.about, self.nothing, self._parts)
        whole.setStretch(3, 1)
        whole.addStretch(0)  # without products the words stay at the top
        whole.setContentsMargins(0, 0, 0, 0)
        self.setLayout(whole)
        self.nothing.hide()

    def read(self) -> None:
        """Read the guide."""
        workbench = self._page.workbench
        self._page.read(
            lambda: workbench.insight.selling.guide(workbench.outreach.playbook.of_hook),
            self.fill,
            key="guide",
        )

    def fill(self, guide: HookGuide) -> None:
        """Show a guide; the keyboard stays on its product."""
        at = self.table.currentIndex().row()
        self.guide = guide
        self.table.put_columns(_columns(guide.entries))
        self.table.table.fill(guide.entries)
        self._parts.setVisible(bool(guide.entries))
        self.nothing.setVisible(not guide.entries)
        self.print_button.setEnabled(bool(guide.entries))
        if guide.entries:
            self.table.setCurrentIndex(self.table.table.index(min(max(at, 0), len(guide.entries) - 1), 0))
        self._follow()

    def _follow(self) -> None:
        entry = self.table.current()
        if isinstance(entry, GuideEntry):
            self.detail.show_entry(entry, self.guide.as_of if self.guide else None)

    def preview(self) -> None:
        """Preview the guide as it will be printed."""
        guide, sheets = self.guide, self._page.workbench.sheets
        if guide is None:
            return

        def make() -> Printed:
            """The guide with the manager and branch from the settings."""
            return hook_guide_pdf(guide, **sheets.foot())

        PreviewDialog(self._page.workbench, self._page.tasks, make, parent=self).open()


class GuideCard(Card):
    """One product of the guide in words."""

    def __init__(self, people: Callable[[str], object]) -> None:
        super().__init__()
        self._people = people
        self.setAccessibleName(_("这个产品"))

    def show_entry(self, one: GuideEntry, as_of: str | None) -> None:
        """Show a product: score and parts, terms, for whom, what to say, what to look at first."""
        self.clear()
        hook = one.hook
        self.body.addWidget(label(hook.offered.name, "heading", wrap=True))
        kind = bracketed(one.regime, one.sheet.role_name) if one.sheet else one.regime
        parts = "  ".join(f"{name} {score}" for name, score in one.parts)
        self.body.addWidget(label(_("{kind} · 得分 {score}").format(kind=kind, score=one.score), "second"))
        self.body.addWidget(label(parts, "second", wrap=True))
        self.body.addSpacing(6)
        self.body.addWidget(label(" · ".join(hook.known_terms), wrap=True))
        if one.benchmark:
            self.body.addWidget(label(one.benchmark, "second", wrap=True))
        self._head(_("给谁:有需要、还没有的"))
        for share in one.segments:
            words = _("{name} {n} 户").format(name=share.name, n=f"{share.customers:,}")
            self.body.addWidget(button(words, partial(self._people, share.where), "link"))
        if one.people:
            self.body.addWidget(label(_("适合的客户:{people}").format(people=one.people), wrap=True))
        self._head(_("怎么说"))
        self.body.addWidget(label(one.script or unsaid_words(one), "" if one.script else "second", wrap=True))
        if one.sheet is not None:
            for key in ("first", "second", "third"):
                if sentence := one.sheet.texts.get(key):
                    self.body.addWidget(label(f"· {sentence}", wrap=True))
        self._head(_("先核对"))
        for check in one.checks:
            self.body.addWidget(label(f"□ {check}", wrap=True))
        words = _("产品清单 {date}").format(date=as_of or _("日期未注明"))
        self.body.addSpacing(6)
        self.body.addWidget(label(words, "second"))
        self.body.addStretch(1)

    def _head(self, words: str) -> None:
        self.body.addSpacing(8)
        self.body.addWidget(label(words, "heading"))


def _columns(entries: Sequence[GuideEntry] = ()) -> list[Column[GuideEntry]]:
    """The columns, of what only some lists tell those that this one does."""
    quota: list[Column[GuideEntry]] = [
        Column(_("额度"), lambda x: "—" if x.hook.quota is None else wan(x.hook.quota), 84, number=True,
               fen=lambda x: x.hook.quota)
    ]  # fmt: skip
    until: list[Column[GuideEntry]] = [Column(_("可买到"), lambda x: x.hook.until or "—", 104)]
    quota = quota if any(one.hook.quota is not None for one in entries) else []
    until = until if any(one.hook.until for one in entries) else []
    return [
        Column(_("得分"), lambda x: x.score, 64, number=True, value=lambda x: x.hook.score),
        Column(_("产品"), lambda x: x.hook.offered.name, 0, key=True),
        Column(_("种类"), lambda x: x.regime, 92),
        Column(_("风险"), lambda x: f"R{x.hook.offered.risk}" if x.hook.offered.risk else "—", 56),
        Column(_("产品期限"), _term, 112, number=True, value=lambda x: x.hook.offered.term_days or 0),
        Column(_("起购"), _entry, 84, number=True,
               fen=lambda x: x.hook.entry),
        *quota, *until,
    ]  # fmt: skip


def _entry(one: GuideEntry) -> str:
    return "—" if one.hook.entry is None else _("{amount}元").format(amount=wan(one.hook.entry))


def _term(one: GuideEntry) -> str:
    if one.hook.offered.term_days:
        return _("{n} 天").format(n=f"{one.hook.offered.term_days:,}")
    if one.hook.parts["liquidity"] != 1:
        return "—"
    # what is no deposit can be taken out within the daily limit alone
    return _("随时可取") if one.hook.offered.regime == "deposit" else _("无固定期限")
