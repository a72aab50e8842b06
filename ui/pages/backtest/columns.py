"""The columns of the tables of a backtest."""

from ui.widgets.table_model import Column
from workbench.base.i18n import _, bracketed, commas, sentences
from workbench.insight.churn.backtest.estimate import Estimate
from workbench.insight.churn.backtest.report import AlertRow, AlertShare, BacktestOrigin
from workbench.insight.churn.backtest.words import interval, percent

_LIGHTS = ("yellow", "orange", "red")


def row_columns(title: str, *, lights: bool = False, levels: bool = False) -> list[Column[AlertRow]]:
    """What the rows are about, what may be said of them, how many were warned of and how many of them were lost, how sure
    that is. `lights`: the rows are lights, `levels`: levels."""
    return [
        Column(
            title, lambda x: x.name.partition("(")[0], 140, key=True, tip=lambda x: x.name,
            light=(lambda x: x.key if x.key in _LIGHTS else None) if lights else None,
            value=(lambda x: x.key) if levels else None, largest=levels,
        ),
        Column(_("结论"), _claim, 92, ink=lambda x: _INKS[x.claim] if x.alerts else "second"),
        Column(_("准确率(区间)"), lambda x: _share(x.precision, bool(x.alerts)), 124, tip=lambda x: x.sentence, largest=True),
        Column(_("流失/预警"), lambda x: f"{x.right:,}/{x.alerts:,}" if x.alerts else "—", 72, number=True, tip=_how_many),
        Column(_("召回率"), lambda x: percent(x.recall.value) if x.lost else "—", 56, number=True, tip=_recall),
        Column(_("倍数(区间)"), _lift, 118, value=lambda x: x.lift.value, largest=True),
        Column(
            _("提前天数"), lambda x: "—" if x.lead_days is None else f"{x.lead_days:.0f}", 60, number=True,
            tip=lambda _x: _("从预警的数据日期到首次跌到一半或销户,中位数"),
        ),
        Column(_("联系过的"), lambda x: _part(x.touched), 76, number=True),
        Column(_("没联系的"), lambda x: _part(x.untouched), 76, number=True),
    ]  # fmt: skip


def detail(row: AlertRow) -> str:
    """A row in a sentence, those whom a contact reached and those whom none did apart."""
    apart = _("联系过的 {touched},没联系的 {untouched}。")
    return sentences([
        _("{name}:").format(name=row.name), row.sentence,
        apart.format(touched=_part_words(row.touched), untouched=_part_words(row.untouched)),
    ])  # fmt: skip


def origin_columns() -> list[Column[BacktestOrigin]]:
    """The months looked at."""
    named = {"handed_over": _("移交"), "left_list": _("不在名单上"), "few_months": _("名单太少")}
    return [
        Column(_("月份"), lambda x: x.month, 80, key=True),
        Column(_("数据日期"), lambda x: x.as_of, 96),
        Column(_("用于"), lambda x: _("结论") if x.headline else _("信号、层级、曲线"), 130),
        Column(_("可核对"), lambda x: f"{x.customers:,}", 72, number=True),
        Column(_("流失"), lambda x: f"{x.lost:,}", 64, number=True),
        Column(
            _("没有算进去"),
            lambda x: commas(_("{name} {n} 户").format(name=named[why], n=n) for why, n in x.censored.items()) or "—",
            0,
        ),
    ]  # fmt: skip


_INKS = {"better": "accent", "worse": "red", "cannot_tell": "second"}


def _claim(row: AlertRow) -> str:
    if not row.alerts:
        return _("没有预警")
    words = {
        "better": _("好于随机抽取"), "worse": _("不如随机抽取"), "cannot_tell": _("还说不准"),
    }  # fmt: skip
    return words[row.claim]


def _share(one: Estimate, any_: bool) -> str:
    return bracketed(percent(one.value), interval(one)) if any_ else "—"


def _lift(row: AlertRow) -> str:
    lift = row.lift
    return "—" if lift.value is None else bracketed(f"{lift.value:.1f}", interval(lift, times=True))


def _part(share: AlertShare) -> str:
    return f"{share.right}/{share.alerts}" if share.alerts else "—"


def _part_words(share: AlertShare) -> str:
    if not share.alerts:
        return _("没有")
    words = _("{alerts} 户次里流失 {right}({share})")
    return words.format(
        alerts=f"{share.alerts:,}", right=f"{share.right:,}", share=percent(share.precision.value)
    )


def _how_many(row: AlertRow) -> str:
    words = _("{customers} 户,一户一个月算一次;另有 {untold} 户次说不清后来怎样")
    return words.format(customers=f"{row.customers:,}", untold=f"{row.untold:,}")


def _recall(row: AlertRow) -> str:
    return _("流失 {lost} 户次里事先预警到 {right} 户次(95% 区间 {between})").format(
        lost=f"{row.lost:,}", right=f"{row.right:,}", between=interval(row.recall) or "—"
    )
