"""Faults of a set of tags taken together: names, value sets, rules, layers, cycles (domain 11.2)."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas
from workbench.base.sensitivity import SENSITIVE_CLASS
from workbench.base.terms import Vocabulary
from workbench.insight.tags.definition import Tag
from workbench.insight.tags.lineage import cycle_of
from workbench.insight.tags.ruled import Ruled, ruled
from workbench.rules.parameters import Rules

#: what no two tags may share: fault -> (key of the entry, the part of a tag)
SHARED: Mapping[str, tuple[str, Callable[[Tag], Hashable]]] = {
    "duplicate_name": ("name", lambda tag: tag.name),
    "duplicate_label": ("label", lambda tag: tag.label),
    "same_values": ("values", lambda tag: frozenset(label for _code, label in tag.values)),
    "same_rule": ("rule", lambda tag: tag.meaning()),
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """A fault among tags. `codes`: all concerned; `blame`: those to be replaced when none of them is newer.

    `message` is about one of them; where they `clash`, {others} in it stands for the others.
    """

    codes: tuple[str, ...]
    blame: tuple[str, ...]
    key: str
    fault: str
    message: str
    clash: bool = False

    def message_for(self, code: str) -> str:
        """The message of the fault for one of the tags concerned."""
        if not self.clash:
            return self.message
        return self.message.format(others=commas(other for other in self.codes if other != code))


@dataclass(frozen=True, slots=True)
class Judged:
    """The outcome: faults, checked expressions by column, `uses` (column -> columns it reads), the vocabulary."""

    wrong: tuple[Wrong, ...]
    ruled: Mapping[str, Ruled]
    uses: Mapping[str, frozenset[str]]
    vocabulary: Vocabulary


def judge(tags: Sequence[Tag], inputs: Vocabulary, rules: Rules) -> Judged:
    """All faults of these tags together; the vocabulary has the inputs and the live tags."""
    every = Vocabulary([*(tag.term() for tag in tags), *inputs])
    clashes = tuple(_clashes(tags, inputs))
    if clashes:
        # rules are judged only once the names are settled: a rule may use a name that a clash takes away
        return Judged(clashes, {}, {}, every)
    wrong: list[Wrong] = []
    read: dict[str, Ruled] = {}
    for tag in tags:
        try:
            read[tag.column] = ruled(tag, every, rules)
        except WorkbenchError as error:
            key = str(error.facts.get("key", "rule"))
            wrong.append(Wrong((tag.code,), (tag.code,), key, error.code, error.sentence()))
    by_column = {tag.column: tag for tag in tags}
    uses = {tag.column: read[tag.column].names if tag.column in read else frozenset() for tag in tags}
    circle = cycle_of(uses)
    if circle:
        codes = tuple(dict.fromkeys(by_column[column].code for column in circle))
        path = " → ".join(by_column[column].code for column in circle)
        wrong.append(Wrong(codes, codes, "rule", "cycle", _("标签互相引用成了环:{path}。").format(path=path)))
    for tag in tags:
        if tag.column in read and tag.column not in circle:
            wrong += _resting(tag, uses[tag.column], every, by_column)
    live = Vocabulary([*(tag.term() for tag in tags if tag.live), *inputs])
    return Judged(tuple(wrong), read, uses, live)


def _clashes(tags: Sequence[Tag], inputs: Vocabulary) -> Iterable[Wrong]:
    """The names, labels, value sets and rules that tags share, and labels taken by an input."""
    words = {
        "duplicate_name": _("名称与 {others} 重复。"),
        "duplicate_label": _("短名与 {others} 重复。"),
        "same_values": _("取值与 {others} 完全相同。"),
        "same_rule": _("规则与 {others} 完全相同。"),
    }
    for fault, (key, of) in SHARED.items():
        alike: dict[Hashable, list[Tag]] = defaultdict(list)
        for tag in tags:
            if value := of(tag):
                alike[value].append(tag)
        for group in alike.values():
            if len(group) > 1:
                codes = tuple(tag.code for tag in group)
                yield Wrong(codes, codes[1:], key, fault, words[fault], clash=True)
    for tag in tags:
        taken = inputs.find(tag.label)
        if taken is not None and _(taken.label) == _(tag.label):
            message = _("短名“{label}”已经是一个字段或指标的名称。").format(label=tag.label)
            yield Wrong((tag.code,), (tag.code,), "label", "duplicate_label", message)


def _resting(
    tag: Tag, names: Iterable[str], every: Vocabulary, by_column: Mapping[str, Tag]
) -> Iterable[Wrong]:
    """The faults of what a tag rests on: a layer not below, a tag not live, an input that must not be shown."""

    def wrong(fault: str, message: str, key: str = "rule") -> Wrong:
        """The fault at a key of this tag, at its cases where it has no rule."""
        at = key if key != "rule" or tag.rule else "cases"
        return Wrong((tag.code,), (tag.code,), at, fault, message)

    for name in sorted(names):
        term = every.find(name)
        if term is None:
            continue
        if term.layer >= tag.layer:
            yield wrong(
                "layer",
                _("第 {own} 层的标签只能用更低的层,“{label}”在第 {layer} 层。").format(
                    own=tag.layer, label=term.label, layer=term.layer
                ),
            )
        below = by_column.get(name)
        if below is not None and not below.live and tag.live:
            yield wrong("uses_inactive", _("用到的标签“{label}”是草稿或已停用。").format(label=below.label))
        if term.sensitivity == SENSITIVE_CLASS and ("show" in tag.use or tag.sensitivity != SENSITIVE_CLASS):
            yield wrong(
                "shows_sensitive",
                _("“{label}”属于不得展示的敏感信息(C3),用它的标签必须同为 C3 且不展示。").format(
                    label=term.label
                ),
                "use",
            )
