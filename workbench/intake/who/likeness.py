"""Weighs the evidence that two records are one person: equal and masked identities; a contradiction rules it out
(domain 16.5-7, 16.5-28)."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from workbench.base.i18n import _
from workbench.intake.cells.idcard import birthday
from workbench.rules.parameters import Rules

_STARS = str.maketrans({"＊": "*", "某": "*", "×": "*", "●": "*"})
_MASK = re.compile("[*＊×●]|(?<=.)某")
#: Most shapes of masks that are looked up; a book has one or two, garbage may have any number.
_SHAPES = 8
_CHECK_DIGIT = 17


@dataclass(frozen=True, slots=True)
class Identity:
    """What identifies a person, of the book (`key`: the customer's id) or of a sheet (`key`: the row)."""

    key: int
    customer_no: str
    name: str | None = None
    phone: str | None = None
    id_no: str | None = None
    birth_date: str | None = None
    gender: str | None = None
    employer: str | None = None
    address: str | None = None

    def born(self) -> str | None:
        """The birthday (ISO), as reported or from the identity number; None when unknown."""
        return self.birth_date or (birthday(self.id_no) if self.id_no else None)


def masked(value: str | None) -> bool:
    """Whether a name or number is partly hidden: 张*, 张某某, 138****1234."""
    return value is not None and _MASK.search(value) is not None


def whole(value: str | None) -> bool:
    """Whether a value is present and not masked."""
    return value is not None and not masked(value)


def fits(mask: str, full: str) -> bool:
    """Whether `full` may be what `mask` hides. One star hides any number of characters, several hide one each."""
    mask = mask.translate(_STARS)
    head, tail = mask.partition("*")[0], mask.rpartition("*")[2]
    if not full.startswith(head) or not full.endswith(tail) or len(full) <= len(head) + len(tail):
        return False
    if mask.count("*") == 1:
        return True
    return len(mask) == len(full) and all(m in ("*", f) for m, f in zip(mask, full, strict=True))


def canonical(id_no: str | None) -> str | None:
    """An identity number in a form in which its 15 and 18 digits are equal; None when masked or too short."""
    if id_no is None or masked(id_no) or len(id_no) < 6:
        return None
    if len(id_no) == 15 and id_no.isdigit():
        return f"{id_no[:6]}19{id_no[6:]}"
    return id_no[:_CHECK_DIGIT] if len(id_no) == 18 and id_no[:_CHECK_DIGIT].isdigit() else id_no


@dataclass(frozen=True, slots=True)
class Likeness:
    """The evidence that two records are one person: a score 0..1, in words, and whether a masked form is part of it."""

    score: float
    evidence: tuple[str, ...]
    by_mask: bool


class Weights:
    """The weights of evidence by the rules in force."""

    def __init__(self, rules: Rules) -> None:
        keys = (
            "id_no", "id_masked", "name", "name_masked", "phone", "phone_masked", "birth", "employer", "address",
            "succession",
        )  # fmt: skip
        self._of = {key: rules.number(f"intake.evidence_{key}") for key in keys}
        self._unlike_names = rules.number("intake.identity_unlike_names")
        self._phone = rules.whole("intake.mask_visible_phone")
        self._id = rules.whole("intake.mask_visible_id")

    def weigh(self, one: Identity, other: Identity, *, succession: bool = False) -> Likeness | None:
        """The likeness of two records; None when they contradict each other, or share too little.

        The same name alone is never enough. `succession`: one left the lists when the other came.
        """
        words: list[str] = []
        names = _name_fit(one.name, other.name)
        ids = self._id_fit(one.id_no, other.id_no)
        if ids == "id_no":
            unlike = names == "unlike"
            words.append(_("证件号码相同"))
            if unlike:
                words.append(_("但姓名不同"))
            return Likeness(self._unlike_names if unlike else self._of["id_no"], tuple(words), by_mask=False)
        if "unlike" in (names, ids) or _differ(one.born(), other.born()) or _differ(one.gender, other.gender):
            return None
        keys = [key for key in (ids, names, self._phone_fit(one.phone, other.phone)) if key]
        if one.born() is not None and one.born() == other.born():
            keys.append("birth")
        for key in ("employer", "address"):
            value = getattr(one, key)
            if whole(value) and value == getattr(other, key):
                keys.append(key)
        if succession:
            keys.append("succession")
        score = sum(self._of[key] for key in keys)
        if not set(keys) - {"name", "name_masked", "employer", "succession"}:
            return None
        return Likeness(
            min(score, 0.99), tuple(_wording(key, one, other) for key in keys),
            by_mask=any(key.endswith("_masked") for key in keys),
        )  # fmt: skip

    def _id_fit(self, one: str | None, other: str | None) -> str | None:
        """'id_no' when equal, 'id_masked' when a mask fits, 'unlike' when they cannot be equal, None when it cannot be
        told."""
        if not one or not other:
            return None
        mine, theirs = canonical(one), canonical(other)
        if mine is not None and theirs is not None:
            return "id_no" if mine == theirs else "unlike" if len(one) >= 15 <= len(other) else None
        return _mask_fit(one, other, self._id, "id_masked")

    def _phone_fit(self, one: str | None, other: str | None) -> str | None:
        """'phone', 'phone_masked' or None; never 'unlike', for people have several telephones."""
        if not one or not other:
            return None
        if whole(one) and whole(other):
            return "phone" if one == other else None
        fit = _mask_fit(one, other, self._phone, "phone_masked")
        return None if fit == "unlike" else fit


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _name_fit(one: str | None, other: str | None) -> str | None:
    if not one or not other:
        return None
    if one == other:
        return "name_masked" if masked(one) else "name"
    if masked(one) and masked(other):
        return None
    if masked(one) or masked(other):
        mask, full = (one, other) if masked(one) else (other, one)
        return "name_masked" if fits(mask, full) else "unlike"
    return "unlike"


def _mask_fit(one: str, other: str, least: int, word: str) -> str | None:
    if masked(one) == masked(other):  # two masked forms prove nothing
        return None
    mask, full = (one, other) if masked(one) else (other, one)
    if not fits(mask, full):
        return "unlike" if len(mask) == len(full) else None
    return word if len(mask) - mask.translate(_STARS).count("*") >= least else None


def _wording(key: str, one: Identity, other: Identity) -> str:
    def mask(name: str) -> str:
        mine, theirs = getattr(one, name), getattr(other, name)
        return str(mine if masked(mine) else theirs)

    if key == "id_masked":
        return _("证件号码与“{mask}”相符").format(mask=mask("id_no"))
    if key == "name_masked":
        return _("姓名与“{mask}”相符").format(mask=mask("name"))
    if key == "phone_masked":
        return _("手机号与“{mask}”相符").format(mask=mask("phone"))
    words = {
        "name": _("姓名相同"), "phone": _("手机号相同"), "birth": _("出生日期相同"),
        "employer": _("工作单位相同"), "address": _("居住地址相同"),
        "succession": _("一个号离开名单时另一个号出现"),
    }  # fmt: skip
    return words[key]


# -- finding, without comparing everybody with everybody ---------------------------------------------------


@dataclass(slots=True)
class _Index:
    """Persons sought, by an identifying value: whole ones as they are, masked ones by their visible ends."""

    whole: dict[str, list[int]] = field(default_factory=dict)
    #: (visible characters at the head, at the tail) -> (head, tail) -> persons
    shapes: dict[tuple[int, int], dict[tuple[str, str], list[int]]] = field(default_factory=dict)

    def add(self, value: str | None, who: int, least: int, form: str | None) -> None:
        """Index a value of person `who`; a mask with fewer than `least` visible characters is left out. `form`
        replaces the value as the key of a whole one."""
        if not value:
            return
        if not masked(value):
            self.whole.setdefault(form or value, []).append(who)
            return
        value = value.translate(_STARS)
        head, tail = value.partition("*")[0], value.rpartition("*")[2]
        if len(head) + len(tail) >= least:
            shape = self.shapes.setdefault((len(head), len(tail)), {})
            shape.setdefault((head, tail), []).append(who)

    def trim(self, most: int) -> None:
        """Drop values that more than `most` persons share (placeholders) and all but the commonest shapes of masks."""
        self.whole = {key: people for key, people in self.whole.items() if len(people) <= most}
        often = Counter({shape: len(people) for shape, people in self.shapes.items()}).most_common(_SHAPES)
        self.shapes = {
            shape: {ends: people for ends, people in self.shapes[shape].items() if len(people) <= most}
            for shape, _count in often
        }

    def find(self, value: str, form: str | None = None) -> Iterator[int]:
        """Persons who may have this whole value."""
        yield from self.whole.get(form or value, ())
        for (head, tail), people in self.shapes.items():
            ends = (value[:head], value[len(value) - tail :] if tail else "")
            yield from people.get(ends, ())


def narrowed(
    asking: Sequence[Identity], known: Iterable[Identity], rules: Rules, *, by_birth: bool = False
) -> Iterator[tuple[Identity, Identity]]:
    """Pairs (asking, known) that share an identity number or a telephone, as far as masks show it; with `by_birth`
    also the same name and birthday.

    One pass over `known`; each pair once. A value shared by more than `intake.identity_group` of those asking is a
    placeholder and finds nobody; for a person with more pairs than that, they end with the first beyond.
    """
    most = rules.whole("intake.identity_group")
    ids, phones = _Index(), _Index()
    births: dict[str, list[int]] = {}
    for who, one in enumerate(asking):
        ids.add(one.id_no, who, rules.whole("intake.mask_visible_id"), canonical(one.id_no))
        phones.add(one.phone, who, rules.whole("intake.mask_visible_phone"), None)
        if by_birth and one.name and (born := one.born()):
            births.setdefault(one.name + born, []).append(who)
    for index in (ids, phones):
        index.trim(most)
    births = {key: askers for key, askers in births.items() if len(askers) <= most}
    counts: Counter[int] = Counter()
    for other in known:
        askers: set[int] = set()
        if other.id_no and not masked(other.id_no):
            askers.update(ids.find(other.id_no, canonical(other.id_no)))
        if other.phone and not masked(other.phone):
            askers.update(phones.find(other.phone))
        if births and other.name and (born := other.born()):
            askers.update(births.get(other.name + born, ()))
        for who in sorted(askers):
            counts[who] += 1
            if counts[who] <= most + 1:
                yield asking[who], other
