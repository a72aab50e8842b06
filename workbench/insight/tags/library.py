"""The tag library in force: shipped tags, a user's own files over them and the tags made in the book, all checked.

A file edited into nonsense never stops the program: every fault is named with file and line, and for each tag that is
wrong the last good definition stays in force, else the shipped one (domain 11.2).
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from workbench.i18n import _
from workbench.insight.language.terms import Term, Vocabulary
from workbench.insight.tags.definition import EntryReader, Tag, column_of, fingerprint
from workbench.insight.tags.faults import Fault
from workbench.insight.tags.judging import Judged, Wrong, judge
from workbench.insight.tags.kept import Kept
from workbench.insight.tags.lineage import Lineage
from workbench.insight.tags.ruled import Ruled
from workbench.insight.tags.sources import Entry, Origin, Source, read_folder, read_own
from workbench.pc import data_folder
from workbench.rules import Rules

#: from the strongest to the weakest: what a person made or wrote goes before what came with the program
_ORDER: tuple[Origin, ...] = ("own", "user", "shipped")


def shipped_folder() -> Traversable:
    """The tags that come with the program."""
    return files("resources") / "tags"


def user_folder() -> Path:
    """Where a person may put files of tags that replace or add to the shipped ones."""
    return data_folder() / "tags"


def kept_file() -> Path:
    """Where the last good library is kept."""
    return data_folder() / "tags-last-good.json"


@dataclass(frozen=True, slots=True)
class _Choice:
    """One definition a code may have: as it stands in a file, or as it was when the library was last good."""

    tag: Tag
    kept: bool


class Library:
    """All tags by code. `tags` holds every readable one in the order of layers; drafts and stopped ones are not `live`.

    `vocabulary` knows the inputs and the live tags.
    """

    def __init__(
        self,
        tags: Sequence[Tag],
        judged: Judged,
        faults: Sequence[Fault],
        replaced: Iterable[str],
        reader: EntryReader,
        rules: Rules,
    ) -> None:
        self._reader = reader
        self._rules = rules
        self.lineage = Lineage(judged.uses)
        self.tags = tuple(sorted(tags, key=lambda t: (t.layer, t.group, t.file, t.line, t.code)))
        self.live = tuple(tag for tag in self.tags if tag.live)
        self.faults = tuple(faults)
        #: codes whose file is wrong and whose earlier definition stays in force
        self.replaced = frozenset(replaced)
        self.vocabulary = judged.vocabulary
        self._ruled = judged.ruled
        self._by_code = {tag.code: tag for tag in self.tags}
        self._by_word = {word: tag for tag in reversed(self.tags) for word in _words(tag)}
        self.version = _version(self.live)

    @classmethod
    def load(
        cls,
        inputs: Iterable[Term],
        rules: Rules,
        own: Iterable[tuple[str, Mapping[str, Any]]] = (),
        *,
        shipped: Traversable | Path | None = None,
        user: Path | None = None,
        kept: Path | None = None,
    ) -> "Library":
        """Read and check everything. `inputs`: fields and measures; `own`: (code, body) of the book's own tags.

        `shipped`, `user`, `kept` stand in for the usual places (tests). Raises nothing for what the files hold.
        """
        memory = Kept.read(kept or kept_file())
        vocabulary = Vocabulary(inputs)
        sources = (
            *read_folder(shipped or shipped_folder(), "shipped"),
            *read_folder(user or user_folder(), "user"),
            read_own(own),
        )
        return _Assembly(vocabulary, rules, memory, sources).library()

    def tried(self, body: Mapping[str, Any]) -> "Tried":
        """What would be if this entry stood in the library, in place of the tag of the same code."""
        entry = Entry(body, _("这个标签"), 0, "own")
        tag, faults = self._reader.read(entry)
        if tag is None:
            return Tried(None, None, tuple(faults))
        others = [one for one in self.tags if one.code != tag.code]
        judged = judge([*others, tag], self._reader.inputs, self._rules)
        wrong = tuple(Fault(entry.file, 0, one.fault, one.message, tag.code) for one in judged.wrong)
        return Tried(tag, judged.ruled.get(tag.column), wrong)

    # -- looking up ----------------------------------------------------------------------------------------

    def __iter__(self) -> Iterator[Tag]:
        return iter(self.tags)

    def __len__(self) -> int:
        return len(self.tags)

    def __getitem__(self, code: str) -> Tag:
        """Raises KeyError."""
        return self._by_code[code]

    def find(self, word: str) -> Tag | None:
        """The tag of this code, column, name or label."""
        return self._by_word.get("".join(word.split()).lower())

    def ruled(self, code: str) -> Ruled | None:
        """The checked expressions of a tag; without a rule for one that only a person gives."""
        return self._ruled.get(column_of(code))

    def layer(self, number: int) -> tuple[Tag, ...]:
        """The live tags of one layer: none takes another of them."""
        return tuple(tag for tag in self.live if tag.layer == number)

    def inputs(self, code: str) -> tuple[Term, ...]:
        """What a tag takes directly."""
        return self._terms(self.lineage.inputs(column_of(code)))

    def rests_on(self, code: str) -> tuple[Term, ...]:
        """All that a tag rests on, down to the fields."""
        return self._terms(self.lineage.below(column_of(code)))

    def used_by(self, column: str) -> tuple[Tag, ...]:
        """The tags that take a column (of a tag, measure or field) directly."""
        return tuple(tag for one in self.lineage.used_by(column) if (tag := self.find(one)) is not None)

    def meaning(self, code: str) -> str:
        """Differs when the tag's definition, or that of any tag it rests on, does. Raises KeyError."""
        tag = self[code]
        below = (self._by_word.get(column) for column in self.lineage.below(tag.column))
        return _version([tag, *(one for one in below if one is not None)])

    def _terms(self, columns: Iterable[str]) -> tuple[Term, ...]:
        return tuple(term for one in columns if (term := self.vocabulary.find(one)) is not None)


@dataclass(frozen=True, slots=True)
class Tried:
    """A tag as it would be, its checked expressions and what is wrong with it."""

    tag: Tag | None
    ruled: Ruled | None
    faults: tuple[Fault, ...]


def _words(tag: Tag) -> tuple[str, ...]:
    named = (tag.code, tag.column, tag.name, tag.label)
    return tuple("".join(word.split()).lower() for word in named)


def _version(live: Iterable[Tag]) -> str:
    text = "\n".join(sorted(fingerprint(tag) for tag in live))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


class _Assembly:
    """Chooses for every code the first definition that makes sense: the file's, the last good one, the shipped one."""

    def __init__(self, inputs: Vocabulary, rules: Rules, memory: Kept, sources: Sequence[Source]) -> None:
        self._inputs = inputs
        self._rules = rules
        self._memory = memory
        self._sources = sources
        groups, positive = rules.words("tags.groups"), rules.words("tags.not_negative")
        self._reader = EntryReader(inputs, groups, positive)
        self._faults: list[Fault] = []
        #: per code and origin the entry's tag, None when the entry is wrong
        self._read: dict[str, dict[Origin, Tag | None]] = {}
        self._chains: dict[str, list[_Choice]] = {}
        self._at: dict[str, int] = {}

    def library(self) -> Library:
        for source in self._sources:
            self._take(source)
        for code in self._read:
            self._chain(code)
        judged = self._settle()
        tags = self._current()
        self._memory.write(tags)
        replaced = {code for code in self._at if self._state(code) in ("last", "shipped")}
        faults = [replace(f, kept=self._state(f.tag) if f.tag else f.kept) for f in self._faults]
        return Library(tags, judged, _once(faults), replaced, self._reader, self._rules)

    # -- reading -------------------------------------------------------------------------------------------

    def _take(self, source: Source) -> None:
        """Read a file's entries; what can no longer be read of it stays as it was last good."""
        if source.fault:
            self._faults.append(replace(source.fault, kept=self._kept_of(source)))
        seen: set[str] = set()
        unread = source.fault is not None
        for entry in source.entries:
            unread = unread or not entry.code
            if entry.code and self._twice(entry):
                continue
            tag, faults = self._reader.read(entry)
            instead = "" if entry.code else self._kept_of(source)
            self._faults.extend(replace(fault, kept=instead) for fault in faults)
            if entry.code:
                seen.add(entry.code)
                self._read.setdefault(entry.code, {})[source.origin] = tag
        if unread:
            for entry in self._memory.of_file(source.file):
                if entry.code not in seen and entry.origin == source.origin:
                    self._read.setdefault(entry.code, {}).setdefault(source.origin, None)

    def _kept_of(self, source: Source) -> str:
        return "last" if self._memory.of_file(source.file) else "none"

    def _twice(self, entry: Entry) -> bool:
        if entry.origin not in self._read.get(entry.code, {}):
            return False
        message = _("代码 {code} 前面已经有了,这一条不使用。").format(code=entry.code)
        self._faults.append(Fault(entry.file, entry.at("code"), "duplicate_code", message, entry.code))
        return True

    def _chain(self, code: str) -> None:
        """The definitions a code may have, best first: as it stands, as last good, as shipped."""
        read = self._read[code]
        standing = [origin for origin in _ORDER if origin in read]
        choices = [_Choice(tag, kept=False) for origin in standing[:1] if (tag := read[origin])]
        if standing[0] != "own" and (last := self._last(code)) is not None:
            choices.append(_Choice(last, kept=True))
        choices += [_Choice(tag, kept=False) for origin in standing[1:] if (tag := read[origin])]
        found: dict[str, _Choice] = {}
        for choice in choices:
            found.setdefault(fingerprint(choice.tag), choice)
        self._chains[code] = list(found.values())
        self._at[code] = 0

    def _last(self, code: str) -> Tag | None:
        entry = self._memory.entries.get(code)
        return self._reader.read(entry)[0] if entry else None

    # -- judging -------------------------------------------------------------------------------------------

    def _current(self) -> list[Tag]:
        return [
            chain[self._at[code]].tag for code, chain in self._chains.items() if self._at[code] < len(chain)
        ]

    def _settle(self) -> Judged:
        """Judge all together, replace what is wrong, and judge again, until nothing is."""
        while True:
            judged = judge(self._current(), self._inputs, self._rules)
            if not judged.wrong:
                return judged
            replaced: set[str] = set()
            for wrong in judged.wrong:
                culprits = self._culprits(wrong)
                self._blame(wrong, culprits)
                replaced.update(culprits)
            for code in replaced:
                if code in self._chains:
                    self._at[code] += 1
                else:
                    self._bring_back(code)

    def _culprits(self, wrong: Wrong) -> list[str]:
        """Of tags that do not go together, those that were changed since they last did; else those to blame."""
        changed = [code for code in wrong.codes if self._changed(code)]
        gone = self._gone_from_under(wrong) if not changed and wrong.fault == "bad_expression" else []
        return changed or gone or list(wrong.blame)

    def _gone_from_under(self, wrong: Wrong) -> list[str]:
        """The tags that an unchanged rule asks for by a name they had when the library was last good."""
        code = wrong.blame[0]
        asked = " ".join(text for _key, text in self._chains[code][self._at[code]].tag.conditions())
        now = {word for tag in self._current() for word in _words(tag)}
        gone = []
        for other in self._memory.entries:
            last = self._last(other)
            if last is None or other == code or (other in self._chains and not self._changed(other)):
                continue
            names = (last.code, last.column, last.name, last.label)
            if any(name in asked and "".join(name.split()).lower() not in now for name in names):
                gone.append(other)
        return gone

    def _bring_back(self, code: str) -> None:
        """A tag that was taken out of its file while others still need it."""
        last = self._last(code)
        if last is not None:
            self._read[code] = {last.origin: None}
            self._chains[code], self._at[code] = [_Choice(last, kept=True)], 0

    def _changed(self, code: str) -> bool:
        before = self._memory.entries.get(code)
        if not self._memory.entries or self._chains[code][self._at[code]].kept:
            return False
        last = self._last(code) if before else None
        now = self._chains[code][self._at[code]].tag
        return last is None or fingerprint(last) != fingerprint(now)

    def _blame(self, wrong: Wrong, culprits: Iterable[str]) -> None:
        for code in culprits:
            if code not in wrong.codes:
                asking = self._chains[wrong.blame[0]][self._at[wrong.blame[0]]].tag
                last = self._last(code)
                tag = self._chains[code][self._at[code]].tag if code in self._chains else last
                if tag is not None:
                    message = _("“{label}”的规则还在用它原来的名称({code})。").format(
                        label=asking.label, code=code
                    )
                    line = self._line(tag, "label") if code in self._chains else 0
                    self._faults.append(Fault(tag.file, line, "still_used", message, code))
                continue
            choice = self._chains[code][self._at[code]]
            tag = choice.tag
            if choice.kept and any(fault.tag == code for fault in self._faults):
                continue
            message = wrong.message
            if wrong.fault == "bad_expression" and (missing := self._dropped_under(tag)):
                message = _("用到的标签 {missing} 因为自身有误而不能使用。").format(missing=missing)
            self._faults.append(Fault(tag.file, self._line(tag, wrong.key), wrong.fault, message, code))

    def _dropped_under(self, tag: Tag) -> str:
        """A tag that this one takes and of which no definition is left; '' when there is none."""
        asked = " ".join(text for _key, text in tag.conditions())
        dropped = (code for code, chain in self._chains.items() if self._at[code] >= len(chain))
        return next((code for code in dropped if code in asked or column_of(code) in asked), "")

    def _line(self, tag: Tag, key: str) -> int:
        for source in self._sources:
            for entry in source.entries:
                if (entry.file, entry.line, entry.code) == (tag.file, tag.line, tag.code):
                    return entry.at(key)
        return tag.line

    def _state(self, code: str) -> str:
        """What stays in force of a code: '' as it stands in its file."""
        if code not in self._chains:
            return "none"
        chain, at = self._chains[code], self._at[code]
        if at >= len(chain):
            return "none"
        standing = next(origin for origin in _ORDER if origin in self._read[code])
        if chain[at].kept:
            return "last"
        return "" if chain[at].tag.origin == standing else "shipped"


def _once(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple(dict.fromkeys(faults))
