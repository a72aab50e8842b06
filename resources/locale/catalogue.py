"""Keeps the English catalogue complete: collects every sentence a person can see, from code and from resources.

python -m resources.locale.catalogue --update    collect anew, keep translations, compile
python -m resources.locale.catalogue --check     fail when a sentence is missing, stale or not translated
"""

import argparse
import datetime as dt
import io
import re
import string
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tomli as tomllib
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "resources" / "locale" / "en" / "LC_MESSAGES"
CODE = ("workbench", "ui")
#: what a sheet may call a thing is not what we call it: these are matched, never shown
NOT_SHOWN = {
    "synonyms",
    "words",
    "suffixes",
    "value",
    "columns",
    "match",
    "surnames",
    "polyphones",
    "readings",
    # conditions in the language of tags and lists
    "rule",
    "cases",
    "eligible",
    "examples",
    "when",
    "all",
    "categories",
    "names",
    "within",
    # headings of lists, matched too
    "also",
    "around",
    "more",
    "without",
    "maybe",
    "variants",
    "asked",
    "vague",
}
#: the sample branch writes head office's language, whatever ours is
NOT_READ = {"sample", "fonts"}
READ = {"found_by.toml"}
EPOCH = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
HAN = re.compile(r"[㐀-鿿、-。，；：！？（）]")
#: a translation may quote a Chinese term
QUOTED = re.compile(r"“[^”]*”|\([^)]*\)|\"[^\"]*\"")


def _shown(value: Any, key: str = "") -> Iterator[str]:
    entries = isinstance(value, list) and bool(value) and isinstance(value[0], dict)
    if key in NOT_SHOWN and not entries:
        return
    if isinstance(value, str):
        if HAN.search(value):
            yield value
    elif isinstance(value, list):
        for item in value:
            yield from _shown(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _shown(item, name)


def collect() -> dict[str, set[str]]:
    """Every sentence a person can see -> the files it stands in."""
    messages: dict[str, set[str]] = {}
    for package in CODE:
        for name, _line, message, _notes, _context in extract_from_dir(
            ROOT / package, [("**.py", "python")], keywords={"_": None}
        ):
            messages.setdefault(str(message), set()).add(f"{package}/{name}")
    for file in sorted((ROOT / "resources").rglob("*.toml")):
        where = file.relative_to(ROOT)
        if NOT_READ.isdisjoint(where.parts) or file.name in READ:
            for message in _shown(tomllib.loads(file.read_text("utf-8"))):
                messages.setdefault(message, set()).add(where.as_posix())
    return messages


def _read() -> Catalog:
    with (FOLDER / "workbench.po").open("rb") as stream:
        return read_po(stream, locale="en", domain="workbench")


def _compiled(catalogue: Catalog) -> bytes:
    # the compiled file holds words only: its header would tell the hour it was made
    words = Catalog(locale="en", domain="workbench", header_comment="", fuzzy=False)
    words.creation_date = words.revision_date = EPOCH
    for message in catalogue:
        if message.id:
            words.add(message.id, message.string)
    out = io.BytesIO()
    write_mo(out, words)
    return out.getvalue()


def _holes(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}
    except ValueError:
        return set()


def _counted(text: str) -> set[str]:
    """The numbers that words of a translation follow (see `workbench.base.i18n.CountedMessage`)."""
    return set(re.findall(r"\[(\w+):[^\[\]]*\|", text))


def update() -> None:
    """Write the catalogue anew: translations kept by sentence, stale ones dropped."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    known = {m.id: m.string for m in _read() if m.id} if (FOLDER / "workbench.po").exists() else {}
    made = Catalog(
        locale="en",
        domain="workbench",
        project="account-workbench",
        version="1",
        header_comment="# English words of the account manager's workbench; kept complete by `make locale`.",
        fuzzy=False,
    )
    for message, places in sorted(collect().items()):
        made.add(message, known.get(message, ""), locations=[(place, None) for place in sorted(places)])
    out = io.BytesIO()
    write_po(out, made, width=110, include_lineno=False, omit_header=False)
    text = re.sub(
        rb'"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Generated-By|Report-Msgid-Bugs-To|Language-Team):.*?"\n',
        b"",
        out.getvalue(),
    )
    (FOLDER / "workbench.po").write_bytes(text)
    (FOLDER / "workbench.mo").write_bytes(_compiled(_read()))


def check() -> list[str]:
    """What is wrong with the catalogue, a line each; empty when it is complete."""
    wanted = collect()
    catalogue = _read()
    known = {str(m.id): str(m.string) for m in catalogue if m.id}
    wrong = [f"missing: {m!r} ({', '.join(sorted(wanted[m]))})" for m in sorted(set(wanted) - set(known))]
    wrong += [f"stale: {m!r}" for m in sorted(set(known) - set(wanted))]
    for message in sorted(set(known) & set(wanted)):
        if not known[message].strip():
            wrong.append(f"not translated: {message!r} ({', '.join(sorted(wanted[message]))})")
        elif _holes(message) != _holes(known[message]):
            wrong.append(f"other placeholders: {message!r} -> {known[message]!r}")
        elif not _counted(known[message]) <= _holes(message):
            wrong.append(f"counts by a figure that is not there: {message!r} -> {known[message]!r}")
        elif HAN.search(QUOTED.sub("", known[message])):
            wrong.append(f"still Chinese: {message!r} -> {known[message]!r}")
    if not wrong and (FOLDER / "workbench.mo").read_bytes() != _compiled(catalogue):
        wrong.append("workbench.mo is older than workbench.po: run --update")
    return wrong


def main() -> int:
    """Update the catalogue, or check it; status 1 when something is missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument("--update", action="store_true")
    way.add_argument("--check", action="store_true")
    if parser.parse_args().update:
        update()
        return 0
    wrong = check()
    print("\n".join(wrong) or "the English catalogue is complete")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
