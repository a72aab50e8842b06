"""What stands around a heading and does not change what it means: numbering, marks, remarks, a tool's words, a code."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from workbench.intake.catalogue.plain import BARE_UNITS, plain_form, tidied
from workbench.rules.parameters import Rules

_MARKS = r"\s*★☆※#▲▼△▽▴▾▵▿◆◇◎●○■□►◄→←↑↓⇅↕✓✔√!?~^:;,.。、·•…_\-—=|/\\\"'“”‘’`&+<>$@"
_EDGES = re.compile(rf"^[{_MARKS}]+|[{_MARKS}]+$")
_NUMBERING = re.compile(
    r"(?:第?\d{1,3}|第?[一二三四五六七八九十]{1,3}|[A-Za-z](?!_)|[IVX]{1,4}(?!_)|\d{1,2}(?:\.\d{1,2}){1,2}(?=[.、\s]))(?:\.\s*(?=[^\s\d])|[、:)\]】_]\s*(?=\S)|\s*[-—]\s*(?=[^\s\d]))"
    r"|[(\[【](?:\d{1,3}|[一二三四五六七八九十]{1,3}|[A-Za-z])[)\]】]\s*(?=\S)"
    r"|(?:0\d|\d{1,2})\s+(?=\D|\d{1,2}[.、:)])|[一二三四五六七八九十]{1,3}\s+(?=\S)|序?列\d{1,2}[:、.\s]\s*(?=\S)"
)
_TABLE = re.compile(r"[A-Za-z]\w{0,20}\.\s*(?=\S)")
_BRACKETS = re.compile(r"[(\[【<{〔「『〈《]([^()\[\]【】<>{}〔〕「」『』〈〉《》]*)[)\]】>}〕」』〉》]")
_OPEN = re.compile(r"[(\[【<{〔「『〈《][^()\[\]【】<>{}〔〕「」『』〈〉《》]*$")
_SPLIT = re.compile(r"[,，;；、/|\s]+")
_FORMAT = re.compile(r"[yYmMdDhHsS\-/.年月日: ]{4,}|[#0,.]+|[XxNn9]+\(?\d*\)?")
_VALUES = re.compile(
    r"(?:[\d\s:=\-,;、/.或为]|是|否|有|无|男|女|未知)*(?:是|否|有|无|男|女)(?:[\d\s:=\-,;、/.或为]|是|否|有|无|男|女|未知)*"
)
#: what a share is counted in
SHARES = frozenset("%‰")
_COUNTED = re.compile(r"\d{1,3}(?:-\d{1,3})?")
_CODE = r"[A-Za-z][A-Za-z0-9_.#/&']*(?:[ _.][A-Za-z][A-Za-z0-9_.#&']*)*"
_HAN = r"[^\x00-\x7f]"
_CODE_APART = re.compile(rf"([A-Za-z]+(?:_[A-Za-z0-9]+)+|[A-Za-z]{{3,}})[\s\-/|:]+(?=.*{_HAN})(.+)$")
_CODE_FIRST = re.compile(rf"({_CODE})[\s\-/|:_,]*(?=[^A-Za-z_]*{_HAN})(.+)$")
_CODE_LAST = re.compile(rf"(.*{_HAN}[^A-Za-z]*?)[\s\-/|:_,]*({_CODE})\s*(?P<remark>\([^()]*\))?$")


@dataclass(frozen=True, slots=True)
class Peeled:
    """A heading without what stands around it.

    `core` keeps the brackets that may matter in their places, `rest` leaves them out; `code` is the code or the name in a
    second language beside it, `tool` a tool's word that changes the figures, `counted` what the cells count (%, 笔).
    """

    core: str
    rest: str
    brackets: tuple[str, ...] = ()
    code: str = ""
    tool: str = ""
    counted: str = ""


@dataclass(frozen=True, slots=True)
class _Words:
    remarks: tuple[str, ...]
    ends: tuple[str, ...]
    counts: frozenset[str]
    yes_no: frozenset[str]
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    others: tuple[str, ...]


@cache
def _words() -> _Words:
    rules = Rules.load()

    def of(name: str) -> tuple[str, ...]:
        return tuple(sorted((word.upper() for word in rules.words(f"intake.{name}")), key=len, reverse=True))

    return _Words(
        of("remark_words"), of("remark_ends"), frozenset(of("remark_counts")), frozenset(of("remark_yes_no")),
        of("tool_prefixes"), of("tool_suffixes"), of("tool_others"),
    )  # fmt: skip


def peelings(original: str, telling: Sequence[str]) -> Iterator[Peeled]:
    """The heading taken apart, whole first, then as a Chinese name with a code or a second language beside it.

    A bracket with one of the words `telling` is never taken for a mere remark.
    """
    text = " ".join(tidied(original).split())
    yield _peeled(text, telling, "")
    for pattern, code, name in ((_CODE_APART, 1, 2), (_CODE_FIRST, 1, 2), (_CODE_LAST, 2, 1)):
        match = pattern.match(text)
        if (
            match
            and len(match[code]) > 1
            and (match.end(1) < match.start(2) or {"_", " "} & set(match[code]))
        ):
            yield _peeled(match[name] + (match.groupdict().get("remark") or ""), telling, match[code])


def _peeled(text: str, telling: Sequence[str], code: str) -> Peeled:
    tool = ""
    while True:
        before = text
        text, tool = _toolless(text.strip(), tool)
        text = _remarkless(_EDGES.sub("", _numbered(_unremarked(text, telling))))
        if text == before:
            break
    brackets: list[str] = []
    text, counted = _shareless(text)
    core, rest = _unbracketed(text, telling, brackets)
    return Peeled(ends(core), ends(rest), tuple(brackets), code, tool, counted)


def _unremarked(text: str, telling: Sequence[str]) -> str:
    """Without a remark in a bracket at the start: 【必填】(一)客户号."""
    match = _BRACKETS.match(text)
    return text[match.end() :] if match and text[match.end() :] and _is_remark(match[1], telling) else text


def _toolless(text: str, other: str) -> tuple[str, str]:
    words, upper = _words(), text.upper()
    for word in (*words.prefixes, *words.others):
        if upper.startswith(word) and len(text) > len(word):
            rest = text[len(word) :]
            if word.endswith("(") and rest.endswith(")"):
                rest = rest[:-1]
            return rest, word if word in words.others else other
    for word in words.suffixes:
        if upper.endswith(word) and len(text) > len(word):
            return text[: -len(word)], other
    if match := _TABLE.match(text):
        return text[match.end() :], other
    return text, other


def _numbered(text: str) -> str:
    match = _NUMBERING.match(text)
    return text[match.end() :] if match else text


def _shareless(text: str) -> tuple[str, str]:
    """The text without a per-cent sign at an end, and what its cells count as that or as a bracket says."""
    bare = text.strip("%‰ ")
    if bare != text and bare:
        return bare, text.replace(bare, "").strip()
    parts = (part.strip().upper() for match in _BRACKETS.finditer(text) for part in _SPLIT.split(match[1]))
    return text, next((part for part in parts if part in _words().counts), "")


def counts_share(text: str) -> bool:
    """Whether a heading says that its cells are shares of a hundred or of a thousand."""
    return any(sign in tidied(text) for sign in SHARES)


def _remarkless(text: str) -> str:
    for word in _words().ends:
        if text.startswith(word) and len(text) > len(word) + 1:
            return text[len(word) :]
        if text.endswith(word) and len(text) > len(word) + 1:
            return text[: -len(word)]
    return text


def _unbracketed(text: str, telling: Sequence[str], brackets: list[str]) -> tuple[str, str]:
    """The text with what matters of its brackets, and without; what matters is added to `brackets`."""
    core, rest = text, text
    cut = _OPEN.search(rest)
    if cut and not _BRACKETS.search(rest[cut.start() :]):  # a bracket that is not closed
        rest = core = text + {"(": ")", "[": "]", "【": "】"}.get(text[cut.start()], ")")
    for _round in range(6):
        match = _BRACKETS.search(rest)
        if match is None:
            break
        kept = "".join(part for part in _SPLIT.split(match[1]) if part and not _is_remark(part, telling))
        if _is_remark(match[1], telling):
            kept = ""
        whole = not rest[: match.start()].strip() and not rest[match.end() :].strip()
        if kept and not whole:
            brackets.append(kept)
        rest = rest[: match.start()] + (kept if whole else "") + rest[match.end() :]
        at = core.find(match[0])
        core = core[:at] + kept + core[at + len(match[0]) :] if at >= 0 else core
    return core, rest


def _is_remark(text: str, telling: Sequence[str]) -> bool:
    """Whether a bracket says how to fill in a cell, and not which figure it is."""
    words, upper = _words(), text.strip().upper()
    if not upper or _FORMAT.fullmatch(upper) or _COUNTED.fullmatch(upper) or upper in BARE_UNITS:
        return True
    if upper in words.counts or re.fullmatch(r"\d{1,3}(?:-\d{1,3})?位?(?:数字?|字符|字母)?", upper):
        return True
    if any(word in upper for word in telling) and re.search(r"\d", upper):
        return False
    if _VALUES.fullmatch(upper):
        return True
    parts = [part for part in re.split(r"[,，;；、/|\s:或=-]+", upper) if part]
    if parts and all(part in words.yes_no for part in parts):
        return True
    return any(word in upper for word in words.remarks) and not any(word in upper for word in telling)


def ends(text: str) -> str:
    """The text without numbering, marks and remarks at its ends."""
    while True:
        before = text
        text = _remarkless(_EDGES.sub("", _numbered(text.strip())))
        if text == before:
            return text


def levels(text: str) -> str | None:
    """A joined heading whose levels repeat words (存款-日均-月日均), each word once; None where none is repeated."""
    parts = [plain_form(part) for part in re.split(r"[-—/>_|\s]+", text) if plain_form(part)]
    if len(parts) < 2:
        return None
    joined = parts[0]
    for part in parts[1:]:
        size = next((n for n in range(min(len(joined), len(part)), 1, -1) if joined[-n:] in part), 0)
        joined = joined[: len(joined) - size] + part
    return joined
