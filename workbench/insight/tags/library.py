"""The tag library in force: shipped tags, a user's own files over them and the tags made in the book, all checked.

A file with faults never stops the program: every fault is named with file and line, and for each faulty tag the last
good definition stays in force, else the shipped one (domain 11.2).
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from workbench.base.i18n import _
from workbench.base.pc import data_folder
from workbench.base.terms import Term
from workbench.insight.tags.assembling import Assembled, assembled, plain, words_of
from workbench.insight.tags.definition import Tag, column_of, fingerprint
from workbench.insight.tags.faults import TagFault
from workbench.insight.tags.judging import judge
from workbench.insight.tags.kept import LastGoodTags
from workbench.insight.tags.lineage import Lineage
from workbench.insight.tags.ruled import Ruled
from workbench.insight.tags.sources import TagEntry, read_folder, read_own
from workbench.rules.parameters import Rules


def shipped_folder() -> Traversable:
    """The folder of the tags that come with the program."""
    return files("resources") / "tags"


def user_folder() -> Path:
    """The folder for a user's files of tags, which replace or add to the shipped ones."""
    return data_folder() / "tags"


def kept_file() -> Path:
    """The file of the last good library."""
    return data_folder() / "tags-last-good.json"


class Library:
    """All tags by code. `tags` holds every readable one in the order of layers; drafts and stopped ones are not `live`.

    `vocabulary` knows the inputs and the live tags.
    """

    def __init__(self, parts: Assembled, rules: Rules) -> None:
        self._reader = parts.reader
        self._rules = rules
        self.lineage = Lineage(parts.judged.uses)
        self.tags = tuple(sorted(parts.tags, key=lambda t: (t.layer, t.group, t.file, t.line, t.code)))
        self.live = tuple(tag for tag in self.tags if tag.live)
        self.faults = parts.faults
        self._unused = parts.unused
        #: codes whose entry has a fault and whose earlier definition stays in force
        self.replaced = parts.replaced
        self.vocabulary = parts.judged.vocabulary
        self._ruled = parts.judged.ruled
        self._by_code = {tag.code: tag for tag in self.tags}
        self._by_word = {word: tag for tag in reversed(self.tags) for word in words_of(tag)}
        self.version = _version(self.live)
        #: cache of rules in words, by code and language
        self.worded: dict[tuple[str, str], str] = {}

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
        """Reads and checks everything. `inputs`: fields and measures; `own`: (code, body) of the book's own tags.

        `shipped`, `user`, `kept` replace the usual places (tests). Faults of files are values, never raised.
        """
        memory = LastGoodTags.read(kept or kept_file())
        sources = (
            *read_folder(shipped or shipped_folder(), "shipped"),
            *read_folder(user or user_folder(), "user"),
            read_own(own),
        )
        return cls(assembled(inputs, rules, memory, sources), rules)

    def tried(self, body: Mapping[str, Any]) -> "Tried":
        """The library's judgement of an entry as if it replaced the tag of the same code."""
        entry = TagEntry(body, _("这个标签"), 0, "own")
        tag, faults = self._reader.read(entry)
        if tag is None:
            return Tried(None, None, tuple(faults))
        others = [other for other in self.tags if other.code != tag.code]
        judged = judge([*others, tag], self._reader.inputs, self._rules)
        wrong = tuple(
            TagFault(entry.file, 0, other.fault, other.message_for(tag.code), tag.code)
            for other in judged.wrong
        )
        return Tried(tag, judged.ruled.get(tag.column), wrong)

    # -- looking up ----------------------------------------------------------------------------------------

    def __iter__(self) -> Iterator[Tag]:
        return iter(self.tags)

    def __len__(self) -> int:
        return len(self.tags)

    def __getitem__(self, code: str) -> Tag:
        """The tag of a code. Raises KeyError."""
        return self._by_code[code]

    def find(self, word: str) -> Tag | None:
        """The tag of a code, column, name or label; None when there is none."""
        return self._by_word.get(plain(word))

    def fault_of(self, word: str) -> TagFault | None:
        """The fault because of which an entry of this code, name or label is no tag; None otherwise."""
        return None if self.find(word) else self._unused.get(plain(word))

    def ruled(self, code: str) -> Ruled | None:
        """The checked expressions of a tag; None for an unknown code."""
        return self._ruled.get(column_of(code))

    def layer(self, number: int) -> tuple[Tag, ...]:
        """The live tags of one layer, none of which reads another."""
        return tuple(tag for tag in self.live if tag.layer == number)

    def inputs(self, code: str) -> tuple[Term, ...]:
        """The terms that a tag reads directly."""
        return self._terms(self.lineage.inputs(column_of(code)))

    def rests_on(self, code: str) -> tuple[Term, ...]:
        """All terms that a tag rests on, down to the fields."""
        return self._terms(self.lineage.below(column_of(code)))

    def used_by(self, column: str) -> tuple[Tag, ...]:
        """The tags that read a column (of a tag, measure or field) directly."""
        return tuple(tag for one in self.lineage.used_by(column) if (tag := self.find(one)) is not None)

    def meaning(self, code: str) -> str:
        """A hash of the definitions of the tag and of all tags it rests on. Raises KeyError."""
        tag = self[code]
        below = (self._by_word.get(column) for column in self.lineage.below(tag.column))
        return _version([tag, *(one for one in below if one is not None)])

    def _terms(self, columns: Iterable[str]) -> tuple[Term, ...]:
        return tuple(term for one in columns if (term := self.vocabulary.find(one)) is not None)


@dataclass(frozen=True, slots=True)
class Tried:
    """The judgement of an entry: the tag it makes, its checked expressions, its faults."""

    tag: Tag | None
    ruled: Ruled | None
    faults: tuple[TagFault, ...]


def _version(live: Iterable[Tag]) -> str:
    text = "\n".join(sorted(fingerprint(tag) for tag in live))
    return hashlib.sha256(text.encode()).hexdigest()[:12]
