"""`OfficeReturnSheets`, the door of the return to head office: reads its workbooks, fills them in, saves and registers."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from db.engine import Book
from db.values import Json
from workbench.base.change import Change, Progress, silent
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _, commas
from workbench.base.settings import BookSettings
from workbench.outreach.contact_limits import whose
from workbench.outreach.office_return.columns import CUSTOMER_NO
from workbench.outreach.office_return.reading import OfficeReturns
from workbench.outreach.office_return.values import ReturnValues
from workbench.people.office_form import OfficeForm, OfficeRow
from workbench.people.privacy import tail
from workbench.rules.parameters import Rules
from workbench.sheets.office_return.filling import FilledLayout, ReturnLine, UnsaidWord, filled
from workbench.sheets.office_return.layouts import OfficeLayout, OfficeLayouts, check_numbered
from workbench.sheets.office_return.package import Package, no_layout
from workbench.sheets.printed import Printed, SheetKind
from workbench.trust.register import Register

#: a file's worksheets, the likeliest first
ReadForms = Callable[[Path, Progress], Sequence[OfficeForm]]
OFFICE_RETURN = SheetKind("office_return_xlsx", (CUSTOMER_NO,))
#: what a column tells of customers, beside their number
_FIELDS = {
    "name": "name", "contacted": "touches", "reached": "touches", "channel": "touches", "result": "touches",
    "date": "touches", "next_date": "touches", "times": "touches", "need": "need", "amount": "amount", "note": "note",
    "opted_out": "marketing_opt_out", "remark": "marketing_opt_out",
}  # fmt: skip
#: so many customers are named by the tail of their number in a sentence
_NAMED = 5
_MB = 1 << 20


@dataclass(frozen=True, slots=True)
class ListedCustomers:
    """The customers of a list of head office's, `name` what it is called; `missing`: rows of the list whose customers can no
    longer be told."""

    name: str
    rows: tuple[OfficeRow, ...]
    missing: int = 0


@dataclass(frozen=True, slots=True)
class OfficeReturn:
    """A layout filled in, about to leave: its customers in order, what a person should know, and the sheet."""

    layout: OfficeLayout
    since: str
    until: str
    lines: tuple[ReturnLine, ...]
    notices: tuple[str, ...]
    printed: Printed
    unsaid: tuple[UnsaidWord, ...] = ()

    @property
    def sum(self) -> str:
        """What was filled in, in one line."""
        customers = {one.row.customer_no or one.row.written: one.outcome for one in self.lines}
        told = [one for one in customers.values() if one is not None]
        words = _("{n} 户:联系过 {contacted} 户,联系上 {reached} 户")
        return words.format(
            n=f"{len(customers):,}", contacted=f"{sum(one.contacted is True for one in told):,}",
            reached=f"{sum(one.reached is True for one in told):,}",
        )  # fmt: skip


class OfficeReturnSheets:
    """Fills head office's workbooks in with the outcomes of the lists that it sent."""

    def __init__(
        self,
        book: Book,
        rules: Rules,
        settings: BookSettings,
        register: Register,
        returns: Callable[[], OfficeReturns],
        read_forms: ReadForms,
    ) -> None:
        self._book = book
        self._rules = rules
        self._settings = settings
        self._register = register
        self._returns = returns
        self._read_forms = read_forms
        self.layouts = OfficeLayouts(book)

    def layout_of(self, path: Path, sheet: str | None = None, progress: Progress = silent) -> OfficeLayout:
        """A workbook as a layout to be filled in, with what its headings propose; nothing is kept. `sheet`: a worksheet, None:
        the likeliest. Raises WorkbenchError as the reading of a file, and no_layout, no_heading, no_sheet, template_large."""
        form = self._form(path, sheet, progress)
        if not form.layout:
            raise no_layout()
        content = path.read_bytes()
        most = self._rules.whole("office_return.template_most")
        if not form.rows and len(content) > most * _MB:
            raise WorkbenchError(
                "template_large",
                _("模板有 {size} MB,最多 {most} MB。").format(size=len(content) // _MB, most=most),
                _("请删掉模板里用不到的工作表和图片,另存后再选。"),
            )
        Package(content)
        return self.layouts.recognised(path.stem, form, content)

    def listed_in(self, path: Path, progress: Progress = silent) -> ListedCustomers:
        """The customers of a list file of any form. Raises WorkbenchError as the reading of a file, and no_heading,
        no_customers."""
        form = self._form(path, None, progress)
        if not form.rows:
            raise WorkbenchError(
                "no_customers",
                _("{file} 里没有认出带客户号的行。").format(file=path.name),
                _("请选总行发来的名单;列名里要有「客户号」之类的字。"),
            )
        return ListedCustomers(path.stem, form.rows)

    def listed_by(self, batch: int) -> ListedCustomers:
        """The customers of a list that was imported. Raises WorkbenchError no_such_batch, list_replaced."""
        returns = self._returns()
        numbers = returns.of_batch(batch)
        rows = tuple(OfficeRow(0, number, number) for number in numbers)
        known = next((one for one in returns.lists() if one.batch == batch), None)
        name = known.file.rsplit(".", 1)[0] if known is not None else str(batch)
        missing = known.rows - len(rows) if known is not None and known.kind == "customers" else 0
        return ListedCustomers(name, rows, max(0, missing))

    def fill(
        self,
        layout: OfficeLayout,
        since: str,
        until: str,
        listed: ListedCustomers | None = None,
        purpose: str = "",
    ) -> OfficeReturn:
        """The layout with the outcomes of the days `since` to `until` (ISO, both counted): in its own rows, or a row for each
        of `listed`. `purpose` is registered when it leaves.

        Raises WorkbenchError bad_date, days_reversed, no_list, no_number_column, no_sheet, no_layout, no_room.
        """
        _check_days(since, until)
        check_numbered(layout)
        if not layout.rows and listed is None:
            raise WorkbenchError(
                "no_list",
                _("模板里没有客户,还不知道要回报哪份名单。"),
                _("请选一次导入,或者总行发来的名单文件。"),
            )
        rows = layout.rows or (listed.rows if listed is not None else ())
        returns = self._returns()
        numbers = {one.customer_no for one in rows if one.customer_no}
        outcomes = returns.outcomes(numbers, since, until)
        with in_words(), self._book.read() as conn:
            manager, branch = whose(conn)
        own = (str(self._settings.get("manager") or manager), str(self._settings.get("branch") or branch))
        made = filled(layout, rows, outcomes, ReturnValues(*own))
        notices = _notices(made, since, returns.began(), layout, listed)
        name = layout.name if layout.rows or listed is None else f"{layout.name} {listed.name}"
        fields = {_FIELDS[one.what] for one in layout.columns if one.what in _FIELDS}
        if layout.rows:
            fields |= {
                one.field for one in layout.columns if one.field is not None and one.field != CUSTOMER_NO
            }
        facts: dict[str, Json] = {"full": True, "purpose": purpose.strip(), "since": since, "until": until}
        printed = Printed(
            OFFICE_RETURN, made.content, _("{name} 回报 {since} 至 {until}").format(name=name, since=since, until=until),
            len(made.lines), tuple(sorted(fields)), facts, notices=notices,
        )  # fmt: skip
        return OfficeReturn(layout, since, until, made.lines, notices, printed, made.unsaid)

    def save(self, made: OfficeReturn, path: Path, *, replace: bool = False) -> Change:
        """Write the filled workbook, register it, and remember what stands below its headings; the change of the latter.

        Raises WorkbenchError no_purpose, no_layout (another ending than xlsx), and as `Register.save`."""
        if not made.printed.facts["purpose"]:
            raise WorkbenchError(
                "no_purpose",
                _("回报总行要写明用途,没有写出文件。"),
                _("表里有完整的客户号;请写一句用途,用途会登记。"),
            )
        if path.suffix.lower() != ".xlsx":
            raise no_layout()
        self._register.save(made.printed.outgoing, made.printed.content, path, replace=replace)
        return self.layouts.keep(made.layout, used=True)

    def _form(self, path: Path, sheet: str | None, progress: Progress) -> OfficeForm:
        forms = self._read_forms(path, progress)
        if not forms:
            raise WorkbenchError(
                "no_heading",
                _("{file} 里没有认出表头。").format(file=path.name),
                _("请确认表头行里有「客户号」之类的列名,每列一个名字。"),
            )
        if sheet is None:
            return forms[0]
        for form in forms:
            if form.sheet == sheet.strip():
                return form
        raise WorkbenchError(
            "no_sheet",
            _("{file} 里没有工作表「{sheet}」,或者没有认出它的表头。").format(file=path.name, sheet=sheet),
            _("可以用:{sheets}。").format(sheets=commas(one.sheet for one in forms)),
        )


def _check_days(since: str, until: str) -> None:
    for day in (since, until):
        try:
            plain = dt.date.fromisoformat(day).isoformat() == day
        except ValueError:
            plain = False
        if not plain:
            raise WorkbenchError(
                "bad_date", _("「{text}」不是日期。").format(text=day), _("请写成 2026-11-23 这样。")
            )
    if since > until:
        raise WorkbenchError(
            "days_reversed",
            _("开始日期 {since} 晚于结束日期 {until}。").format(since=since, until=until),
            _("请对调两个日期。"),
        )


def _notices(
    made: FilledLayout, since: str, began: str | None, layout: OfficeLayout, listed: ListedCustomers | None
) -> tuple[str, ...]:
    """What a person should know before the file goes back."""
    lines = made.lines
    notices: list[str] = []
    strangers = [one for one in lines if one.outcome is None]
    if strangers:
        words = _("{n} 户不在账本里,没有结果可填:尾号 {tails}。")
        notices.append(words.format(n=len(strangers), tails=_tails(strangers)))
    merged = [one for one in lines if one.row.merged]
    if merged:
        words = _("{n} 户的客户号已并入别的客户号,填的是并入后那一户的结果:尾号 {tails}。")
        notices.append(words.format(n=len(merged), tails=_tails(merged)))
    refused = sum(one.outcome is not None and one.outcome.opted_out is True for one in lines)
    if refused:
        notices.append(_("其中 {n} 户拒绝营销。").format(n=refused))
    unknown = sum(one.outcome is not None and one.outcome.contacted is None for one in lines)
    if unknown and began is None:
        notices.append(_("账本里还没有登记过联系,{n} 户有没有联系过说不出,留空。").format(n=unknown))
    elif unknown:
        words = _(
            "联系记录从 {began} 开始,{since} 起有没有联系过,{n} 户说不出,留空;开始日期改成 {began} 就能填。"
        )
        notices.append(words.format(began=began, since=since, n=unknown))
    if listed is not None and listed.missing:
        notices.append(
            _("这份名单有 {n} 行后来被别的名单更新过,分不出是谁;要齐全请直接选名单文件。").format(
                n=listed.missing
            )
        )
    if layout.elsewhere:
        words = _(
            "这个文件里别的工作表或别的表块还有 {n} 行客户,这次没有填;请把那一块单独存成一份名单再填一次。"
        )
        notices.append(words.format(n=layout.elsewhere))
    again = len(lines) - len({one.row.customer_no or one.row.written for one in lines})
    if again:
        notices.append(_("名单里有 {n} 行是前面已有的客户,同样填了;合计里每户只数一次。").format(n=again))
    if made.differing:
        words = _("{n} 格已有内容,没有改动;其中 {other} 格和这几天的联系记录不一样,请核对。")
        notices.append(words.format(n=made.untouched, other=made.differing))
    elif made.untouched:
        notices.append(_("{n} 格已有内容,没有改动。").format(n=made.untouched))
    for heading, n in made.unread:
        words = _("「{heading}」的下拉选项由公式算出,读不出有哪些;{n} 格写的是我们的说法,请核对。")
        notices.append(words.format(heading=heading, n=n))
    for heading in dict.fromkeys(one.heading for one in made.unsaid):
        lacking = [one for one in made.unsaid if one.heading == heading]
        words = _(
            "「{heading}」的下拉选项里没有我们的说法,{n} 格留空:{words}。请对应一次,以后照填;或者手工选。"
        )
        each = commas(_("“{word}” {n} 格").format(word=one.word, n=one.cells) for one in lacking)
        notices.append(words.format(heading=heading, n=sum(one.cells for one in lacking), words=each))
    return tuple(notices)


def _tails(lines: Sequence[ReturnLine]) -> str:
    named = commas(tail(one.row.written) for one in lines[:_NAMED])
    return named if len(lines) <= _NAMED else _("{tails} 等").format(tails=named)
