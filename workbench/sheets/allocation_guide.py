"""配置包与新客组合手册: the packages of all classes, the combos and the ladder; nobody is named (domain 8.2, 8.3)."""

from workbench.base.i18n import _, bracketed, language
from workbench.base.money import wan
from workbench.insight.allocation.allocation import AllocationGuide
from workbench.insight.allocation.bands import BANDS, COVER, band_name
from workbench.people.privacy import Cover
from workbench.rules.parameters import Rules
from workbench.sheets.allocation_sheet import combo_rows, ladder_table
from workbench.sheets.content import printed_words, typeset
from workbench.sheets.papers import AllocationGuidePaper, PackageRow
from workbench.sheets.printed import Printed, SheetKind, typeset_as

ALLOCATION_GUIDE_PDF = SheetKind("allocation_guide_pdf", ("totals",), "allocation_guide")
#: names of products may hold no customer, but a list is a list
_COVER = Cover(())


def allocation_guide_pdf(content: AllocationGuidePaper) -> Printed:
    """The guide as PDF, A4."""
    return typeset_as(ALLOCATION_GUIDE_PDF, content, _("配置包与新客组合手册"), 0)


def allocation_guide_content(
    guide: AllocationGuide, rules: Rules, *, printed_by: str, printed_at: str, anchor: str = ""
) -> AllocationGuidePaper:
    """The guide as plain values."""
    bands = [band_name(band, rules) for band in BANDS]
    points = f"{rules.number('alloc.outside') * 100:g}"
    return {
        "lang": language(),
        "title": _("配置包与新客组合手册"),
        "about": _clean(_("产品按 {date} 能买的列;区间、组合、阶梯都是本系统口径,可以改").format(date=guide.day)),
        "packages_title": typeset(_("五档配置包:各类占可配置资产的区间")),
        "package_heads": [_("档"), *bands, typeset(_("保障(年保费/年收入)"))],
        "packages": [
            PackageRow(
                name=one.name,
                cells=[one.ranges[band].words for band in BANDS],
                lows=[one.ranges[band].low for band in BANDS],
                highs=[one.ranges[band].high for band in BANDS],
                cover=one.cover.words,
            )
            for one in guide.packages
        ],
        "package_notes": [
            _clean(text)
            for text in (
                _("产品 R 高于客户 C 的一类是 0;风评没有或过期的,不给区间,只谈存款和国债。"),
                _("偏出区间 {points} 个百分点以上才调:先用 {days} 天内到期的钱和工资,再用闲着的活期,最后才是客户想换的。").format(
                    points=points, days=rules.whole("alloc.flow_days")
                ),
                _("可配置资产不含保险和个人养老金;贷款另看。叫“四笔钱”,不套用别的名头。"),
            )
        ],
        "bands_title": typeset(_("每一类用什么,现在有什么")),
        "bands": [
            {"head": one.name, "text": _clean(one.what),
             "aside": _clean("; ".join(one.products)) if one.products else _("产品清单里没有")}
            for one in guide.bands
        ],
        "combos_title": typeset(_("新客组合:按进来多少钱")),
        "combos": [
            {
                "title": _clean(bracketed(one.name, one.band_words)),
                "note": _clean(_("以 {sum}、C3 为例").format(sum=wan(one.fen))),
                "heads": [_("一笔"), _("占比"), _("金额"), _("用什么"), _("条件与退出")],
                "rows": combo_rows(one, _clean, money=True),
                "below": [_clean(f"{n} {words}") for n, words in enumerate(one.says, 1)],
            }
            for one in guide.combos
        ],
        "ladder": ladder_table(
            guide.ladder, _("阶梯:{sum}分开放,每季都有到期").format(sum=wan(guide.ladder.fen)), _clean
        ),
        "cover_title": band_name(COVER, rules),
        "risks": [_clean(rules.text(f"alloc.risk{n}")) for n in (1, 2, 3)],
        "footer": [
            _("打印人 {name}").format(name=printed_by or "—"),
            printed_words(printed_at, anchor),
            _("本系统口径 · 内部资料"),
        ],
    }  # fmt: skip


def _clean(text: object) -> str:
    return typeset(_COVER(" ".join(str(text).split())))
