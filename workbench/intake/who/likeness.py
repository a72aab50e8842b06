"""How much speaks for two records being one person: equal and masked identities, weighed; contradictions rule it out
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
#: Distinct shapes of masks looked up; a book has one or two, garbage may have any number.
_SHAPES = 8
_CHECK_DIGIT = 17


@dataclass(frozen=True, slots=True)
class Person:
    """What identifies somebody, of the book (`key`: the customer's id) or of a sheet (`key`: the row)."""

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
        return self.birth_date or (birthday(self.id_no) if self.id_no else None)


def masked(value: str | None) -> bool:
    """Whether a name or number is told only in part: 张*, 张某某, 138****1234."""
    return value is not None and _MASK.search(value) is not None


def whole(value: str | None) -> bool:
    return value is not None and not masked(value)


def fits(mask: str, full: str) -> bool:
    """Whether `full` may be what `mask` hides. One star stands for any number of signs, several for as many."""
    mask = mask.translate(_STARS)
    head, tail = mask.partition("*")[0], mask.rpartition("*")[2]
    if not full.startswith(head) or not full.endswith(tail) or len(full) <= len(head) + len(tail):
        return False
    if mask.count("*") == 1:
        return True
    return len(mask) == len(full) and all(m in ("*", f) for m, f in zip(mask, full, strict=True))


def canonical(id_no: str | None) -> str | None:
    """A whole identity number so that its 15- and 18-digit forms are equal; None for a masked or too short one."""
    if id_no is None or masked(id_no) or len(id_no) < 6:
        return None
    if len(id_no) == 15 and id_no.isdigit():
        return f"{id_no[:6]}19{id_no[6:]}"
    return id_no[:_CHECK_DIGIT] if len(id_no) == 18 and id_no[:_CHECK_DIGIT].isdigit() else id_no


@dataclass(frozen=True, slots=True)
class Likeness:
    """What speaks for two records being one person: a score 0..1, in words, and whether a masked form is part of it."""

    score: float
    evidence: tuple[str, ...]
    by_mask: bool


class Weights:
    """Weighs two records by the rules in force."""

    def __init__(self, rules: Rules) -> None:
        keys = (
            "id_no", "id_masked", "name", "name_masked", "phone", "phone_masked", "birth", "employer", "address",
            "succession",
        )  # fmt: skip
        self._of = {key: rules.number(f"intake.evidence_{key}") for key in keys}
        self._unlike_names = rules.number("intake.identity_unlike_names")
        self._phone = rules.whole("intake.mask_visible_phone")
        self._id = rules.whole("intake.mask_visible_id")

    def weigh(self, one: Person, other: Person, *, succession: bool = False) -> Likeness | None:
        """None when something told by both contradicts. The same name alone is never evidence."""
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
        found = [key for key in (ids, names, self._phone_fit(one.phone, other.phone)) if key]
        if one.born() is not None and one.born() == other.born():
            found.append("birth")
        for key in ("employer", "address"):
            said = getattr(one, key)
            if whole(said) and said == getattr(other, key):
                found.append(key)
        if succession:
            found.append("succession")
        score = sum(self._of[key] for key in found)
        if not set(found) - {"name", "name_masked", "employer", "succession"}:
            return None
        return Likeness(
            min(score, 0.99), tuple(_said(key, one, other) for key in found),
            by_mask=any(key.endswith("_masked") for key in found),
        )  # fmt: skip

    def _id_fit(self, one: str | None, other: str | None) -> str | None:
        """'id_no' equal, 'id_masked' may be equal, 'unlike' cannot be, None cannot tell."""
        if not one or not other:
            return None
        mine, theirs = canonical(one), canonical(other)
        if mine is not None and theirs is not None:
            return "id_no" if mine == theirs else "unlike" if len(one) >= 15 <= len(other) else None
        return _mask_fit(one, other, self._id, "id_masked")

    def _phone_fit(self, one: str | None, other: str | None) -> str | None:
        """People have several telephones: another number says nothing."""
        if not one or not other:
            return None
        if whole(one) and whole(other):
            return "phone" if one == other else None
        found = _mask_fit(one, other, self._phone, "phone_masked")
        return None if found == "unlike" else found


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


def _said(key: str, one: Person, other: Person) -> str:
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
    """Those asking, by what they told: whole values as they are, masked ones by what their ends show."""

    whole: dict[str, list[int]] = field(default_factory=dict)
    #: (signs shown at the head, at the tail) -> (head, tail) -> who
    shapes: dict[tuple[int, int], dict[tuple[str, str], list[int]]] = field(default_factory=dict)

    def add(self, value: str | None, who: int, least: int, form: str | None) -> None:
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
        """Leave out what too many tell, a placeholder, and all but the commonest shapes of masks."""
        self.whole = {key: found for key, found in self.whole.items() if len(found) <= most}
        often = Counter({shape: len(found) for shape, found in self.shapes.items()}).most_common(_SHAPES)
        self.shapes = {
            shape: {ends: found for ends, found in self.shapes[shape].items() if len(found) <= most}
            for shape, _count in often
        }

    def find(self, value: str, form: str | None = None) -> Iterator[int]:
        """Those who may be the one with this whole value."""
        yield from self.whole.get(form or value, ())
        for (head, tail), found in self.shapes.items():
            ends = (value[:head], value[len(value) - tail :] if tail else "")
            yield from found.get(ends, ())


def narrowed(
    asking: Sequence[Person], known: Iterable[Person], rules: Rules, *, by_birth: bool = False
) -> Iterator[tuple[Person, Person]]:
    """Pairs (asking, known) that share an identity number or a telephone, whole or as far as a mask shows; with
    `by_birth` also those with the same name and birthday. One pass over `known`; each pair once.

    What more than `intake.identity_group` of those asking tell alike is a placeholder and finds nobody; for one who
    fits more than so many, the pairs end with the first beyond that.
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
    births = {key: found for key, found in births.items() if len(found) <= most}
    counts: Counter[int] = Counter()
    for other in known:
        found: set[int] = set()
        if other.id_no and not masked(other.id_no):
            found.update(ids.find(other.id_no, canonical(other.id_no)))
        if other.phone and not masked(other.phone):
            found.update(phones.find(other.phone))
        if births and other.name and (born := other.born()):
            found.update(births.get(other.name + born, ()))
        for who in sorted(found):
            counts[who] += 1
            if counts[who] <= most + 1:
                yield asking[who], other
