"""Words and shapes for tags that the list, the card and the check-up share."""

from workbench.base.i18n import _
from workbench.insight.tags.checks import state_word
from workbench.insight.tags.definition import Tag

#: verdicts from the best to the worst
_PLACES = ("pass", "show", "rare", "watch", "stop")
KIND_ORDER = ("flag", "enum", "money", "number", "count", "ratio", "date", "text")


def kind_word(kind: str) -> str:
    """The kind of a tag's value, in one word."""
    return {
        "flag": _("是否"), "enum": _("分档"), "money": _("金额"), "number": _("数值"), "count": _("数目"),
        "ratio": _("比例"), "date": _("日期"), "text": _("文字"),
    }.get(kind, kind)  # fmt: skip


def health_word(state: str | None) -> str:
    """A verdict of the check-up; '…' before it."""
    return "…" if state is None else state_word(state)


def state_light(state: str | None) -> str | None:
    """The light drawn beside a verdict: red for stop, orange for watch."""
    return {"stop": "red", "watch": "orange"}.get(state or "")


def health_place(state: str | None) -> int | None:
    """The place of a verdict, the worst highest; None where nothing can be told."""
    return _PLACES.index(state) if state in _PLACES else None


def status_word(tag: Tag) -> str:
    """上线 / 草稿 / 已停用."""
    return {"live": _("上线"), "draft": _("草稿"), "stopped": _("已停用")}[tag.status]


def origin_word(tag: Tag) -> str:
    """Where a tag comes from: computed or observed, shipped or made here (domain 11.1)."""
    if tag.observed:
        return _("手工观察")
    return {"own": _("自建规则"), "user": _("本机文件"), "shipped": _("随程序")}[tag.origin]


def share_word(share: float | None) -> str:
    """A share in whole percent; '—' when it is not known."""
    return "—" if share is None else f"{share:.0%}"
