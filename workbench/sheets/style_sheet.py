"""我的沟通风格诊断报告 on paper: two A4 pages, black-and-white safe (domain 2.2 a)."""

import re
from collections.abc import Iterable, Mapping
from typing import TypedDict

from workbench.base.dates import now
from workbench.base.i18n import _, commas, language
from workbench.insight.genes.disc import BLOCKS, letter_name
from workbench.insight.genes.style_report import StylePair, StyleReport
from workbench.insight.genes.styles import StyleTest
from workbench.insight.measures.cues import LETTERS
from workbench.sheets.content import printed_words, typeset
from workbench.sheets.printed import Printed, SheetKind, typeset_as

STYLE_PDF = SheetKind("style_pdf", (), "style")
#: tests that the table of earlier ones has room for
_EARLIER = 6


class StyleBar(TypedDict):
    """A bar: `value` on the scale of its graph, `text` above it, `strong` the most marked of the four."""

    letter: str
    value: float
    text: str
    strong: bool


class StyleGraph(TypedDict):
    """A graph with its scale."""

    title: str
    about: str
    low: float
    high: float
    bars: list[StyleBar]


class StyleWay(TypedDict):
    """How to work with one style of customers: lines of (what, how)."""

    letter: str
    name: str
    hints: list[str]
    lines: list[list[str]]


class StylePaper(TypedDict):
    """The report."""

    lang: str
    title: str
    dated: str
    pattern: str
    sentence: str
    note: str
    graphs: list[StyleGraph]
    index_title: str
    index: list[StyleBar]
    names: list[str]
    figures_title: str
    figure_heads: list[str]
    figures: list[list[str]]
    pressure: str
    doubts: list[str]
    notes: list[str]
    second: str
    general: str
    ways: list[StyleWay]
    wide: float
    watch_title: str
    watch: list[str]
    practice: list[str]
    retest: str
    earlier_title: str
    heads: list[str]
    earlier: list[list[str]]
    more: str
    page: str
    footer: list[str]


def style_pdf(report: StyleReport, *, printed_by: str = "", branch: str = "", anchor: str = "") -> Printed:
    """The report as two A4 pages."""
    content = style_content(report, printed_by=printed_by, branch=branch, anchor=anchor)
    return typeset_as(STYLE_PDF, content, _("沟通风格诊断报告 {date}").format(date=report.newest.at), 0)


def style_content(report: StyleReport, *, printed_by: str, branch: str, anchor: str = "") -> StylePaper:
    """The report as plain values, in the language in use."""
    test = report.newest
    result = test.result
    pattern = result.pattern_name if result.balanced else f"{result.pattern_name} {result.pattern}"
    earlier = report.tests[1 : 1 + _EARLIER]
    counted = _scale((*result.most.values(), *result.least.values()))
    apart = _scale(abs(one) for one in result.difference.values())
    left_out = len(report.tests) - 1 - len(earlier)
    return {
        "lang": language(),
        "title": _("我的沟通风格诊断报告"),
        "dated": typeset(_("{date} 作答,用时 {n} 秒").format(date=test.at, n=test.seconds)),
        "pattern": pattern,
        "sentence": typeset(result.words),
        "note": typeset(result.note),
        "graphs": [
            _graph(_("图一 工作面具"), report.graphs[0], result.most, (0, counted), max(result.most.values())),
            _graph(_("图二 压力本能"), report.graphs[1], result.least, (0, counted), min(result.least.values())),
            _graph(_("图三 自我认知"), report.graphs[2], result.difference, (-apart, apart), max(result.difference.values())),
        ],
        "index_title": _("指数(0–100)"),
        "index": [
            {
                "letter": one, "value": round(result.index[one], 1), "text": f"{result.index[one]:.1f}",
                "strong": result.index[one] == max(result.index.values()),
            }
            for one in LETTERS
        ],
        "names": [f"{one} {letter_name(one)}" for one in LETTERS],
        "figures_title": _("四种风格的数"),
        "figure_heads": ["", _("最像"), _("最不像"), _("差值"), _("指数")],
        "figures": [
            [
                f"{one} {letter_name(one)}", str(result.most[one]), str(result.least[one]), _signed(result.difference[one]),
                f"{result.index[one]:.1f}",
            ]
            for one in LETTERS
        ],
        "pressure": typeset(report.under_pressure),
        "doubts": [typeset(one) for one in test.doubts],
        "notes": [typeset(one) for one in report.notes],
        "second": typeset(_("遇到四种客户,怎么配合")),
        "general": typeset(report.general),
        "ways": [_way(one) for one in report.pairs],
        "wide": max(_width(one) for pair in report.pairs for one, _how in _lines(pair)),
        "watch_title": _("自己要留意的"),
        "watch": [typeset(one) for one in report.watch],
        "practice": [_("这三个月先练的一件"), _("谁来提醒我"), _("哪天看做到没有")],
        "retest": typeset(_("{date} 以后再测一次才看得出变化。").format(date=report.retest)),
        "earlier_title": _("以前的结果"),
        "heads": [_("日期"), _("类型"), *(_("{letter} 指数").format(letter=one) for one in LETTERS), _("说明")],
        "earlier": [_earlier(one) for one in earlier],
        "more": _("还有更早的 {n} 次,见屏幕。").format(n=left_out) if left_out > 0 else "",
        "page": typeset(_("第 {n} 页,共 {all} 页")),
        "footer": [
            *([_("网点 {branch}").format(branch=branch)] if branch else []),
            _("打印人 {name}").format(name=printed_by or "—"),
            printed_words(now(), anchor),
            _("只给本人看,不用于考核"),
        ],
    }  # fmt: skip


def _graph(
    title: str, about: str, figures: Mapping[str, int], scale: tuple[int, int], strong: int
) -> StyleGraph:
    words = _signed if scale[0] < 0 else str
    return {
        "title": title,
        "about": typeset(about),
        "low": scale[0],
        "high": scale[1],
        "bars": [
            {
                "letter": one, "value": figures[one], "text": words(figures[one]),
                "strong": figures[one] == strong,
            }
            for one in LETTERS
        ],
    }  # fmt: skip


def _signed(figure: int) -> str:
    return f"{figure:+d}".replace("-", "−") if figure else "0"


def _scale(figures: Iterable[int]) -> int:
    """The end of a scale that has room for the figures: graphs of one test are compared, and most use half of the whole."""
    most = max(figures)
    return next((end for end in range(12, BLOCKS, 4) if most <= end), BLOCKS)


def _way(pair: StylePair) -> StyleWay:
    return {
        "letter": pair.letter,
        "name": pair.name,
        "hints": [typeset(one) for one in pair.hints],
        "lines": [[what, typeset(_(how))] for what, how in _lines(pair)],
    }


def _lines(pair: StylePair) -> tuple[tuple[str, str], ...]:
    """(what, how as a msgid) of the way to work with a style."""
    way = pair.way
    return (
        (_("节奏"), way.pace), (_("渠道"), way.channel), (_("凭据"), way.evidence), (_("要"), way.do), (_("不要"), way.dont),
    )  # fmt: skip


def _width(word: str) -> float:
    """The width of a word in letters of its size, a Chinese one as one."""
    return sum(0.6 if sign.isascii() else 1.0 for sign in word)


def _earlier(test: StyleTest) -> list[str]:
    result = test.result
    pattern = result.pattern_name if result.balanced else f"{result.pattern_name} {result.pattern}"
    doubts = commas(re.split("[:：]", one)[0] for one in test.doubts)
    return [test.at, pattern, *(f"{result.index[one]:.1f}" for one in LETTERS), doubts]
