"""The method handbook's Markdown as the HTML that Qt shows: paragraphs, lists, tables, bold, marks and references.

No more of Markdown than docs/domain.md uses; every anchor of a section can be scrolled to.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from html import escape
from itertools import groupby

from ui.theme import Colours
from workbench.base.handbook import HandbookSection

_BULLET, _ITEM, _TABLE, _TEXT, _BLANK = "bullet", "item", "table", "text", "blank"
_NUMBERED = re.compile(r"^\d+\. ")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_CODE = re.compile(r"`([^`]+)`")
_MARK = re.compile(r"〔[^〕]*〕")
#: '22-2' anywhere, '4.4' or '2.2 a' in brackets
_REFERENCE = re.compile(
    r"(?<![\d.\-])(\d{1,2}(?:\.\d{1,2})?-\d{1,2})(?![\d.\-])|(?<=[(见])(\d{1,2}(?:\.\d{1,2})?(?: [ab])?)(?=[)、])"
)


def style(colours: Colours) -> str:
    """The style sheet of the document in a theme."""
    return (
        f"body {{ color: {colours.ink}; }} h1 {{ font-size: 20px; }} h2 {{ font-size: 18px; margin-top: 22px; }}"
        " h3 { font-size: 15px; margin-top: 16px; } h4 { font-size: 14px; margin-top: 12px; }"
        " p { margin-top: 4px; margin-bottom: 8px; line-height: 150%; } li { margin-bottom: 4px; line-height: 150%; }"
        f" table {{ border-collapse: collapse; margin-bottom: 8px; }} th {{ background: {colours.header_row}; }}"
        f" th, td {{ border: 1px solid {colours.line}; padding: 4px 8px; }}"
        f" .mark {{ color: {colours.second}; font-size: 11px; }} code {{ color: {colours.second}; font-size: 11px; }}"
        f" a {{ color: {colours.accent}; text-decoration: none; }}"
    )


def to_html(sections: Sequence[HandbookSection]) -> str:
    """The body of the document."""
    known = {anchor for section in sections for anchor in section.anchors}
    return "".join(_section(section, known) for section in sections)


def _section(section: HandbookSection, known: Collection[str]) -> str:
    head = f'<h{section.level}><a name="{section.number}"></a>{escape(section.name)}</h{section.level}>'
    return head + "".join(_blocks(section, known))


def _blocks(section: HandbookSection, known: Collection[str]) -> Iterator[str]:
    for kind, group in groupby(section.lines, _kind):
        lines = list(group)
        if kind == _TABLE:
            yield _table(lines, known)
        elif kind == _BULLET:
            yield f"<ul>{''.join(f'<li>{_inline(line[2:], known)}</li>' for line in lines)}</ul>"
        elif kind == _ITEM:
            yield f"<ol>{''.join(_item(section.number, line, known) for line in lines)}</ol>"
        elif kind == _TEXT:
            yield f"<p>{_inline(''.join(lines), known)}</p>"


def _kind(line: str) -> str:
    if not line.strip():
        return _BLANK
    if line.startswith("|"):
        return _TABLE
    return _BULLET if line.startswith("- ") else _ITEM if _NUMBERED.match(line) else _TEXT


def _item(section: str, line: str, known: Collection[str]) -> str:
    number, _dot, words = line.partition(". ")
    return f'<li><a name="{section}-{number}"></a>{_inline(words, known)}</li>'


def _table(lines: Sequence[str], known: Collection[str]) -> str:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    made = [
        "".join(f"<{tag}>{_inline(cell, known)}</{tag}>" for cell in row)
        for tag, row in (("th", rows[0]), *(("td", row) for row in rows[2:]))
    ]
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in made)}</table>"


def _inline(text: str, known: Collection[str]) -> str:
    """Marks and references first: what they put in holds none of the signs of the others."""

    def link(match: re.Match[str]) -> str:
        anchor = match[1] or match[2]
        return f'<a href="#{anchor}">{anchor}</a>' if anchor in known else anchor

    parts = _CODE.split(escape(text, quote=False))
    for place, part in enumerate(parts):
        if place % 2:  # between backquotes
            parts[place] = f"<code>{part}</code>"
            continue
        linked = _REFERENCE.sub(link, part)
        marked = _MARK.sub(lambda match: f'<span class="mark">{match[0]}</span>', linked)
        parts[place] = _BOLD.sub(r"<b>\1</b>", marked)
    return "".join(parts)
