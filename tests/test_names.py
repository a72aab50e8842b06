"""Names say what a thing is: one class a name, no filler words, a docstring on what others call."""

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ("workbench", "ui", "db", "resources")
#: Words that tell what was done to get a thing, and not what it is.
FILLERS = frozenset({"told", "found", "asked", "said"})
#: How many lines a local may live under such a name.
SHORT = 5
#: Names that are data: columns of the book, measures that own tags and saved lists may use.
DATA = frozenset({"months_told"})

_Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def _trees() -> dict[str, ast.Module]:
    files = (file for floor in FLOORS for file in sorted((ROOT / floor).rglob("*.py")))
    return {
        file.relative_to(ROOT).as_posix(): ast.parse(file.read_text("utf-8"))
        for file in files
        if "migrations" not in file.parts
    }


def _filler(name: str) -> bool:
    words = re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower().split("_")
    return name not in DATA and not FILLERS.isdisjoint(words)


def _targets(body: list[ast.stmt]) -> Iterator[ast.Name]:
    for statement in body:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        if isinstance(statement, ast.AnnAssign):
            targets = [statement.target]
        yield from (target for target in targets if isinstance(target, ast.Name))


def _of_json(node: ast.ClassDef | ast.Module) -> bool:
    """Whether its attributes are keys of a document, which others rely on."""
    bases = node.bases if isinstance(node, ast.ClassDef) else []
    return any(
        isinstance(base, ast.Name) and (base.id == "TypedDict" or base.id.endswith("Json")) for base in bases
    )


def _declared(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every name that lives longer than a function's run: of modules, classes, functions, parameters, attributes."""
    for node in ast.walk(tree):
        if isinstance(node, _Function | ast.ClassDef):
            yield node.lineno, node.name
        if isinstance(node, ast.ClassDef | ast.Module) and not _of_json(node):
            yield from ((name.lineno, name.id) for name in _targets(node.body))
        if isinstance(node, _Function):
            given = node.args
            yield from (
                (node.lineno, one.arg) for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)
            )
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.attr


def _long_locals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for function in ast.walk(tree):
        if isinstance(function, _Function):
            lines: dict[str, list[int]] = defaultdict(list)
            for node in ast.walk(function):
                if isinstance(node, ast.Name) and _filler(node.id):
                    lines[node.id].append(node.lineno)
            yield from ((min(at), name) for name, at in lines.items() if max(at) - min(at) >= SHORT)


def test_a_public_class_has_its_name_for_itself() -> None:
    names = Counter(
        node.name
        for tree in _trees().values()
        for node in tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("floor", FLOORS)
def test_a_name_tells_what_the_thing_is(floor: str) -> None:
    fillers = [
        f"{path}:{line}: {name}"
        for path, tree in _trees().items()
        if path.startswith(f"{floor}/")
        for line, name in (*_declared(tree), *_long_locals(tree))
        if _filler(name)
    ]
    assert fillers == []


def test_what_others_call_says_what_it_answers() -> None:
    functions = [
        (path, node)
        for path, tree in _trees().items()
        for node in ast.walk(tree)
        if isinstance(node, _Function) and not node.name.startswith("_")
    ]
    silent = [
        f"{path}:{node.lineno}: {node.name}" for path, node in functions if ast.get_docstring(node) is None
    ]
    assert len(silent) <= 0.05 * len(functions), silent


def test_the_three_meanings_of_c1_to_c3_are_told_apart_by_name() -> None:
    """Data-protection class, critical class of a lead, risk grade of a customer: each has its home, and names."""
    homes = {
        "workbench/base/sensitivity.py",
        "workbench/insight/towers/critical_class.py",
        "workbench/insight/shelf/levels.py",
    }
    bare = [
        f"{path}:{node.lineno}"
        for path, tree in _trees().items()
        if path not in homes and re.search(r"C[123]", (ROOT / path).read_text("utf-8"))
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value in {"C1", "C2", "C3"}
    ]
    assert bare == []
