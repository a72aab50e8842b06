"""Assembles a library: of every tag the first sound definition of its file, the last good one, the shipped one."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.base.i18n import _, language
from workbench.base.terms import Term, Vocabulary
from workbench.insight.tags.definition import EntryReader, Tag, column_of, fingerprint
from workbench.insight.tags.faults import TagFault
from workbench.insight.tags.judging import SHARED, Judged, Wrong, judge
from workbench.insight.tags.kept import LastGoodTags
from workbench.insight.tags.sources import Origin, TagEntry, TagFile
from workbench.rules.parameters import Rules

#: from the strongest to the weakest: definitions made or written by a person before shipped ones
_ORDER: tuple[Origin, ...] = ("own", "user", "shipped")


@dataclass(frozen=True, slots=True)
class Assembled:
    """The parts of a library. `replaced`: codes whose entry has a fault and whose earlier definition stays in force."""

    tags: tuple[Tag, ...]
    judged: Judged
    faults: tuple[TagFault, ...]
    replaced: frozenset[str]
    reader: EntryReader
    #: words of tags that have an entry but are not in force -> the fault of the entry
    unused: Mapping[str, TagFault]
    #: the text to be stored as last good; None where it is stored already
    to_keep: str | None


@dataclass(frozen=True, slots=True)
class _From:
    """All that a library is assembled from; equal inputs give an equal library."""

    inputs: tuple[Term, ...]
    rules: str
    language: str
    kept: Mapping[str, TagEntry]
    sources: tuple[TagFile, ...]


#: the libraries assembled last: judging 130 rules takes longer than opening a book
_LAST: deque[tuple[_From, Assembled]] = deque(maxlen=8)


def assembled(
    inputs: Iterable[Term], rules: Rules, memory: LastGoodTags, sources: Sequence[TagFile]
) -> Assembled:
    """Reads, judges, and replaces faulty definitions until none is left; the outcome is stored as last good."""
    given = _From(tuple(inputs), rules.version, language(), memory.entries, tuple(sources))
    made = next((parts for before, parts in _LAST if before == given), None)
    if made is None:
        made = _Assembly(Vocabulary(given.inputs), rules, memory, sources).parts()
        _LAST.appendleft((given, made))
    memory.write(made.to_keep)
    return made


def plain(word: str) -> str:
    """A word in the form in which words are compared: lower case, without blanks."""
    return "".join(word.split()).lower()


def words_of(tag: Tag) -> tuple[str, ...]:
    """Code, column, name and label of a tag, in the form in which words are compared."""
    return tuple(map(plain, (tag.code, tag.column, tag.name, tag.label)))


@dataclass(frozen=True, slots=True)
class _Choice:
    """One possible definition of a code: from a file, or `kept` from the last good library."""

    tag: Tag
    kept: bool


class _Assembly:
    """Chooses for every code the first sound definition: the file's, the last good one, the shipped one."""

    def __init__(
        self, inputs: Vocabulary, rules: Rules, memory: LastGoodTags, sources: Sequence[TagFile]
    ) -> None:
        self._inputs = inputs
        self._rules = rules
        self._memory = memory
        self._sources = sources
        groups, positive = rules.words("tags.groups"), rules.words("tags.not_negative")
        self._reader = EntryReader(inputs, groups, positive)
        self._faults: list[TagFault] = []
        self._unused: dict[str, TagFault] = {}
        self._first = self._first_of_code()
        #: per code and origin the entry's tag, None when the entry is wrong
        self._read: dict[str, dict[Origin, Tag | None]] = {}
        self._chains: dict[str, list[_Choice]] = {}
        self._at: dict[str, int] = {}

    def parts(self) -> Assembled:
        """The parts of the library, with every fault and what stays in force instead."""
        for source in self._sources:
            self._take(source)
        for code in self._read:
            self._chain(code)
        judged = self._settle()
        tags = self._current()
        replaced = {code for code in self._at if self._state(code) in ("last", "shipped")}
        faults = [replace(f, kept=self._state(f.tag) if f.tag else f.kept) for f in self._faults]
        final = dict(zip(self._faults, faults, strict=True))
        unused = {word: final.get(fault, fault) for word, fault in self._unused.items()}
        return Assembled(
            tuple(tags),
            judged,
            _once(faults),
            frozenset(replaced),
            self._reader,
            unused,
            self._memory.changed(tags),
        )

    # -- reading -------------------------------------------------------------------------------------------

    def _take(self, source: TagFile) -> None:
        """Reads a file's entries; entries that can no longer be read stay as they were last good."""
        if source.fault:
            self._faults.append(replace(source.fault, kept=self._kept_of(source)))
            self._note_unused(source.words, self._faults[-1])
        read_codes: set[str] = set()
        unread = source.fault is not None
        for entry in source.entries:
            unread = unread or not entry.code
            if entry.code and self._twice(entry):
                continue
            tag, faults = self._reader.read(entry)
            instead = "" if entry.code else self._kept_of(source)
            entry_faults = [replace(fault, kept=instead) for fault in faults]
            self._faults.extend(entry_faults)
            if entry_faults:
                named = (entry.body.get(key) for key in ("code", "name", "label"))
                self._note_unused((word for word in named if isinstance(word, str)), entry_faults[0])
            if entry.code:
                read_codes.add(entry.code)
                self._read.setdefault(entry.code, {})[source.origin] = tag
        if unread:
            for entry in self._memory.of_file(source.file):
                if entry.code not in read_codes and entry.origin == source.origin:
                    self._read.setdefault(entry.code, {}).setdefault(source.origin, None)

    def _kept_of(self, source: TagFile) -> str:
        return "last" if self._memory.of_file(source.file) else "none"

    def _first_of_code(self) -> dict[tuple[Origin, str], TagEntry]:
        """The entry that counts where several have the same code: of the file it was in force from, else the first."""
        first: dict[tuple[Origin, str], TagEntry] = {}
        for entry in (entry for source in self._sources for entry in source.entries if entry.code):
            before = first.setdefault((entry.origin, entry.code), entry)
            last = self._memory.entries.get(entry.code)
            if last is not None and last.file == entry.file != before.file and last.origin == entry.origin:
                first[entry.origin, entry.code] = entry
        return first

    def _note_unused(self, words: Iterable[str], fault: TagFault) -> None:
        for word in words:
            self._unused.setdefault(plain(word), fault)

    def _twice(self, entry: TagEntry) -> bool:
        first = self._first[entry.origin, entry.code]
        if first is entry:
            return False
        place = TagFault(first.file, first.at("code"), "", "").place()
        message = _("代码 {code} 在 {place} 已经有了,这一条不使用。").format(code=entry.code, place=place)
        self._faults.append(TagFault(entry.file, entry.at("code"), "duplicate_code", message, entry.code))
        return True

    def _chain(self, code: str) -> None:
        """Lists the possible definitions of a code, best first: as it stands, as last good, as shipped."""
        read = self._read[code]
        standing = [origin for origin in _ORDER if origin in read]
        choices = [_Choice(tag, kept=False) for origin in standing[:1] if (tag := read[origin])]
        if standing[0] != "own" and (last := self._last(code)) is not None:
            choices.append(_Choice(last, kept=True))
        choices += [_Choice(tag, kept=False) for origin in standing[1:] if (tag := read[origin])]
        by_fingerprint: dict[str, _Choice] = {}
        for choice in choices:
            by_fingerprint.setdefault(fingerprint(choice.tag), choice)
        self._chains[code] = list(by_fingerprint.values())
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
        """Judges all tags together and replaces faulty ones, until none is left."""
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
        """The codes to be replaced for a fault: late ones of a clash, changed ones that can go back, else the blamed."""
        if wrong.clash and (late := self._late(wrong)):
            return late
        changed = [
            code
            for code in wrong.codes
            if self._changed(code) and self._at[code] + 1 < len(self._chains[code])
        ]
        if changed or wrong.fault != "bad_expression" or self._is_new(wrong.blame[0]):
            return changed or list(wrong.blame)
        return self._gone_from_under(wrong) or list(wrong.blame)

    def _late(self, wrong: Wrong) -> list[str]:
        """Of tags that share a name, value set or rule, those that took it from another which had it before.

        Own tags count as having had it before: they are judged when they are saved.
        """
        _key, of = SHARED[wrong.fault]

        def had(code: str) -> bool:
            """Whether the tag had the shared thing when the library was last good."""
            now, last = self._chains[code][self._at[code]].tag, self._last(code)
            return now.origin == "own" or (last is not None and of(last) == of(now))

        late = [code for code in wrong.codes if not had(code)]
        return late if self._memory.entries and len(late) < len(wrong.codes) else []

    def _is_new(self, code: str) -> bool:
        """Whether a tag of a file is new or changed since the library was last good."""
        return self._changed(code) and self._chains[code][self._at[code]].tag.origin != "own"

    def _gone_from_under(self, wrong: Wrong) -> list[str]:
        """The tags that an unchanged rule names by a word which they had when the library was last good."""
        code = wrong.blame[0]
        conditions = " ".join(text for _key, text in self._chains[code][self._at[code]].tag.conditions())
        now = {word for tag in self._current() for word in words_of(tag)}
        renamed = []
        for other in self._memory.entries:
            last = self._last(other)
            if last is None or other == code or (other in self._chains and not self._changed(other)):
                continue
            last_names = (last.code, last.column, last.name, last.label)
            if any(name in conditions and plain(name) not in now for name in last_names):
                renamed.append(other)
        return renamed

    def _bring_back(self, code: str) -> None:
        """Restores a tag that was removed from its file while others still need it."""
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
                    self._faults.append(TagFault(tag.file, line, "still_used", message, code))
                continue
            choice = self._chains[code][self._at[code]]
            tag = choice.tag
            if choice.kept and any(fault.tag == code for fault in self._faults):
                continue
            message = wrong.message_for(code)
            if wrong.fault == "bad_expression" and (missing := self._dropped_under(tag)):
                message = _("用到的标签 {missing} 因为自身有误而不能使用。").format(missing=missing)
            self._faults.append(TagFault(tag.file, self._line(tag, wrong.key), wrong.fault, message, code))
            self._note_unused(words_of(tag), self._faults[-1])

    def _dropped_under(self, tag: Tag) -> str:
        """The code of a tag that this one reads and that has no definition left; '' when there is none."""
        conditions = " ".join(text for _key, text in tag.conditions())
        dropped = (code for code, chain in self._chains.items() if self._at[code] >= len(chain))
        return next((code for code in dropped if code in conditions or column_of(code) in conditions), "")

    def _line(self, tag: Tag, key: str) -> int:
        for source in self._sources:
            for entry in source.entries:
                if (entry.file, entry.line, entry.code) == (tag.file, tag.line, tag.code):
                    return entry.at(key)
        return tag.line

    def _state(self, code: str) -> str:
        """The definition in force of a code: 'last', 'shipped', 'none', or '' for that of its file."""
        if code not in self._chains:
            return "none"
        chain, at = self._chains[code], self._at[code]
        if at >= len(chain):
            return "none"
        standing = next(origin for origin in _ORDER if origin in self._read[code])
        if chain[at].kept:
            return "last"
        return "" if chain[at].tag.origin == standing else "shipped"


def _once(faults: Iterable[TagFault]) -> tuple[TagFault, ...]:
    return tuple(dict.fromkeys(faults))
