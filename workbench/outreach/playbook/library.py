"""The library that comes with the program: resources/playbook/*.toml, each file one of the books that the outlines name."""

import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, get_args

import tomli as tomllib

from workbench.base.i18n import _
from workbench.insight.genes.data import letters, segments
from workbench.insight.selling.kinds import regimes
from workbench.insight.stages.lines import STAGES
from workbench.outreach.playbook.script import Occasion, Scene, Script, ScriptKind
from workbench.rules.contact_codes import contact_codes

#: the files of the folder that hold no scripts
_NO_SCRIPTS = frozenset({"scenes.toml", "banned.toml", "office_form.toml"})
#: letters of the variants of one text: 'LS-101b' is the second
_VARIANTS = "abcdefgh"
#: the highest risk of a product
_HIGHEST = 5
#: keys of an entry that are lists of words
_LISTS = ("segment", "style", "stage", "tower", "channel", "never")


@dataclass(frozen=True, slots=True)
class ScriptBook:
    """A book of the library by its outline's name, with the number of entries that it has to hold at least."""

    code: str
    name: str
    least: int


@dataclass(frozen=True, slots=True, eq=False)
class ScriptLibrary:
    """Scenes and books in the order of the files, scripts in that of the scenes; equal to itself alone. `axes`: axis -> value ->
    its name (msgid); `strict`: those whose texts are only said where an occasion wants just their value."""

    scenes: Mapping[str, Scene]
    occasions: tuple[Occasion, ...]
    books: Mapping[str, ScriptBook]
    axes: Mapping[str, Mapping[str, str]]
    strict: frozenset[str]
    scripts: Mapping[str, Script]

    def of_scene(self, scene: str) -> tuple[Script, ...]:
        """The scripts of a scene."""
        return tuple(one for one in self.scripts.values() if one.scene == scene)

    def occasion(self, *, kind: str = "", act: str = "") -> Occasion | None:
        """The occasion of a reason of the week (its kind), or of a next step of the portrait (its code)."""
        return next(
            (one for one in self.occasions if (kind and kind in one.kinds) or (act and act in one.acts)), None
        )

    def scene_named(self, word: str) -> Scene | None:
        """A scene by its code or its name, also in the language in use."""
        plain = word.strip().lower()
        return next(
            (
                one
                for one in self.scenes.values()
                if plain in (one.code, one.name.lower(), _(one.name).lower())
            ),
            None,
        )


@cache
def library() -> ScriptLibrary:
    """What comes with the program. Raises ValueError where the files contradict themselves."""
    folder = files("resources") / "playbook"
    heads = tomllib.loads((folder / "scenes.toml").read_text("utf-8"))
    scenes = {
        code: Scene(code, body["name"], body["kind"], body.get("most", heads["most"]))
        for code, body in heads["scenes"].items()
    }
    occasions = tuple(
        Occasion(
            tuple(one.get("kinds", ())), tuple(one.get("acts", ())), tuple(one["scenes"]), dict(one.get("of", {}))
        )
        for one in heads["occasion"]
    )  # fmt: skip
    books: dict[str, ScriptBook] = {}
    axes: dict[str, dict[str, str]] = {}
    scripts: dict[str, Script] = {}
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if not file.name.endswith(".toml") or file.name in _NO_SCRIPTS:
            continue
        body = tomllib.loads(file.read_text("utf-8"))
        book = ScriptBook(**body["book"])
        books[book.code] = book
        for axis, values in body.get("axes", {}).items():
            axes.setdefault(axis, {}).update(values)
        for raw in body["script"]:
            for one in read_entry(raw, book.code, scenes, axes):
                if one.id in scripts:
                    raise ValueError(f"{file.name}: {one.id} stands twice")
                scripts[one.id] = one
    place = {code: number for number, code in enumerate(scenes)}
    scripts = dict(sorted(scripts.items(), key=lambda item: place[item[1].scene]))
    return ScriptLibrary(
        MappingProxyType(scenes), occasions, MappingProxyType(books), MappingProxyType(axes), frozenset(heads["strict"]),
        MappingProxyType(scripts),
    )  # fmt: skip


def read_entry(
    raw: Mapping[str, Any], book: str, scenes: Mapping[str, Scene], axes: Mapping[str, Mapping[str, str]]
) -> Iterator[Script]:
    """The scripts of an entry, one for each of its variants. Raises ValueError naming what is wrong with it."""
    unknown = sorted(raw.keys() - _KEYS)
    if unknown:
        raise ValueError(f"{raw.get('id')}: no such key {unknown[0]}")
    base, scene = raw["id"], scenes.get(raw["scene"])
    if scene is None:
        raise ValueError(f"{base}: no scene {raw['scene']}")
    of = dict(raw.get("of", {}))
    for axis, value in of.items():
        if value not in axes.get(axis, {}):
            raise ValueError(f"{base}: no {axis} {value}")
    texts = raw["text"] if isinstance(raw["text"], list) else [raw["text"]]
    _check_codes(raw)
    segment, style, stage, tower, channel, never = (tuple(raw.get(name, ())) for name in _LISTS)
    when = {
        name: tuple(value) if isinstance(value, list) else (value,)
        for name, value in raw.get("when", {}).items()
    }
    for place, text in enumerate(texts):
        code = base if len(texts) == 1 else f"{base}{_VARIANTS[place]}"
        yield Script(
            code, base, book, scene.code, text, raw.get("kind", scene.kind), of, segment, style, stage, tower, channel, when,
            at_least=dict(raw.get("at_least", {})), at_most=dict(raw.get("at_most", {})),
            regime=raw.get("regime", ""), risk=raw.get("risk"), touches=tuple(raw.get("for", ())),
            never=never, to=raw.get("to", "customer"), escalates=raw.get("escalates", False), old=raw.get("old", False),
            quiet=raw.get("quiet", False), mark=raw.get("mark", "P"), version=raw.get("version", 1), most=scene.most,
        )  # fmt: skip


@cache
def _codes() -> Mapping[str, frozenset[str]]:
    """The codes that an entry may name."""
    return {
        "segment": frozenset(one.code for one in segments()), "style": frozenset(letters()), "stage": frozenset(STAGES),
        "tower": frozenset(("base", "waist", "top")), "channel": frozenset(one.code for one in contact_codes("channels")),
        "regime": frozenset(one.code for one in regimes()),
    }  # fmt: skip


def _check_codes(raw: Mapping[str, Any]) -> None:
    """Raises ValueError for a code that nothing goes by, so that no entry fits nobody or breaks the choice of all."""
    known = _codes()
    for name in _LISTS:
        listed = raw.get(name, ())
        if not isinstance(listed, list | tuple):
            raise ValueError(f"{raw['id']}: {name} is no list")
        if name in known and (wrong := [one for one in listed if one not in known[name]]):
            raise ValueError(f"{raw['id']}: no {name} {wrong[0]}")
    regime, risk = raw.get("regime", ""), raw.get("risk")
    if regime and regime not in known["regime"]:
        raise ValueError(f"{raw['id']}: no regime {regime}")
    if risk is not None and (not isinstance(risk, int) or not 1 <= risk <= _HIGHEST):
        raise ValueError(f"{raw['id']}: no risk {risk}")
    if raw.get("kind", "care") not in get_args(ScriptKind):
        raise ValueError(f"{raw['id']}: no kind {raw['kind']}")
    figures = [figure for name in ("at_least", "at_most") for figure in raw.get(name, {}).values()]
    if any(not isinstance(one, int | float) for one in figures):
        raise ValueError(f"{raw['id']}: a figure is no number")


_KEYS = {
    "id", "scene", "of", "text", *_LISTS, "when", "at_least", "at_most", "kind", "regime", "risk", "for", "to", "escalates",
    "old", "quiet", "mark", "version",
}  # fmt: skip


def gaps(text: str) -> tuple[str, ...]:
    """The names of the gaps of a text, in their order."""
    return tuple(dict.fromkeys(name for _text, name, _form, _way in string.Formatter().parse(text) if name))


def axis_words(of: Mapping[str, str], scene: str = "") -> str:
    """What of its scene a script is for, in the language in use: '愤怒 · 要求赔偿'; without the name of the `scene` that stands
    beside it."""
    axes = library().axes
    known = (_(axes[axis][value]) for axis, value in of.items() if value in axes.get(axis, {}))
    return " · ".join(words for words in known if words != scene)
