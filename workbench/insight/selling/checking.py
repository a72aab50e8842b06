"""What a product sheet may say: codes that there are, lengths, no words across the red lines (domain 8.5)."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from workbench.base.dates import days_after, today
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas
from workbench.insight.selling.kinds import (
    NamedCode,
    SheetLine,
    lines_of,
    margins,
    models,
    regimes,
    roles,
    templates,
)
from workbench.insight.selling.sheet import NewSheet
from workbench.rules.parameters import Rules
from workbench.rules.red_lines import RedLine, hold


def checked_sheet(
    new: NewSheet, regime: str, lines: Sequence[RedLine] | None, rules: Rules
) -> dict[str, object]:
    """The body of a sheet to be stored. `regime`: of the product on the list, '' where it is on none; `lines`: the red lines in
    force (None: the shipped ones).

    Raises WorkbenchError no_text, too_long, bad_choice, bad_date, past_date, red_line.
    """
    if new.template not in templates():
        raise _choice(_("模板"), new.template, [_(one.name) for one in templates().values()])
    chosen = {
        "role": _code(new.role, roles(), _("产品角色")),
        "model": _code(new.model, models(), _("产品模型")),
        "margin": _code(new.margin, margins(), _("利润水平")),
    }
    its = regime or _code(new.regime, regimes(), _("产品种类"))
    texts = {}
    for line in lines_of(new.template):
        words = _checked_line(line, new.texts.get(line.code, ""))
        hold(words, _(line.name), lines, regime=its)
        if words:
            texts[line.code] = words
    review = new.review.strip() or days_after(today().isoformat(), rules.whole("sheets.review_days"))
    return {
        "template": new.template, **chosen, "regime": its, "texts": texts, "review": _checked_review(review),
    }  # fmt: skip


def checked_name(
    code: str, name: str, regime: str, lines: Sequence[RedLine] | None, rules: Rules
) -> tuple[str, str]:
    """Code and name of a sheet. Raises WorkbenchError no_text, too_long, red_line."""
    plain = []
    for words, what in ((code, _("产品代码")), (name, _("产品名称"))):
        text = " ".join(words.split())
        if not text:
            raise _empty(what)
        _fits(text, what, rules.whole("sheets.name_most"))
        plain.append(text)
    hold(plain[1], _("产品名称"), lines, regime=regime)
    return plain[0], plain[1]


def _checked_line(line: SheetLine, text: str) -> str:
    words = " ".join(text.split())
    if not words and line.needed:
        raise _empty(_(line.name))
    _fits(words, _(line.name), line.most)
    return words


def _fits(text: str, what: str, most: int) -> None:
    if len(text) > most:
        words = _("“{what}”有 {n} 个字,最多 {most} 个字。").format(what=what, n=len(text), most=most)
        raise WorkbenchError("too_long", words, _("请写短一些,一句只说一件事。"))


def _empty(what: str) -> WorkbenchError:
    return WorkbenchError("no_text", _("“{what}”还没有写。").format(what=what), _("请写上再存。"))


def _code(given: str, among: Iterable[NamedCode], what: str) -> str:
    """The code of a code or name."""
    known = {word: one.code for one in among for word in (one.code, one.name, _(one.name))}
    code = known.get(given.strip())
    if code is None:
        raise _choice(what, given, [_(one.name) for one in among])
    return code


def _choice(what: str, given: str, among: Iterable[str]) -> WorkbenchError:
    words = _("“{what}”没有选。") if not given.strip() else _("“{what}”里没有“{given}”。")
    return WorkbenchError(
        "bad_choice", words.format(what=what, given=given.strip()), _("可以写:{choices}。").format(choices=commas(among))
    )  # fmt: skip


def _checked_review(day: str) -> str:
    try:
        on = dt.date.fromisoformat(day)
    except ValueError:
        raise WorkbenchError(
            "bad_date", _("「{text}」不是日期。").format(text=day), _("请写成 2026-11-23 这样。")
        ) from None
    if on < today():
        raise WorkbenchError(
            "past_date", _("复核日 {day} 已经过了。").format(day=day), _("请写今天以后的一天。")
        )
    return on.isoformat()


def filled(template: str, texts: Mapping[str, str] | None = None) -> dict[str, str]:
    """What the lines of a template begin with, in the language in use, beneath what was written already."""
    begun = {code: _(words) for code, words in templates()[template].fill.items()}
    return begun | {code: words for code, words in (texts or {}).items() if words.strip()}
