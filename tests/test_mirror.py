"""Tests mirror the tree: who looks for the tests of a folder finds them in the folder of that name below `tests`."""

from pathlib import Path

import tomli as tomllib

ROOT = Path(__file__).parents[1]
TESTS = Path(__file__).parent
#: files that stand at the top because they are about the whole project
GUARDS = {
    "test_changelog.py": "what users are told of each version",
    "test_contributing.py": "where the developers' page leads",
    "test_corpus.py": "what is read from outside and was once misread",
    "test_handbook.py": "what the code cites",
    "test_handbook_figures.py": "the thresholds that the handbook states",
    "test_marker.py": "what the program leaves lying about",
    "test_names.py": "what things are called",
    "test_precommit.py": "what is checked before a commit",
    "test_mirror.py": "where tests stand",
    "test_packaging.py": "how the project is installed and run",
    "test_waits.py": "how tests wait",
}

#: folders of laws across all floors: the same figures on both stores
ACROSS = (TESTS / "parity",)


def test_every_test_stands_in_a_folder_that_the_product_has() -> None:
    """A journey or a law across parts stands in the folder of the room that it goes through."""
    homeless = [
        str(path.relative_to(ROOT))
        for path in sorted(TESTS.rglob("test_*.py"))
        if path.parent not in (TESTS, *ACROSS) and not (ROOT / path.parent.relative_to(TESTS)).is_dir()
    ]
    assert homeless == []


def test_only_guards_of_the_whole_project_stand_at_the_top() -> None:
    assert {path.name for path in TESTS.glob("test_*.py")} == set(GUARDS)


def test_a_test_with_the_name_of_one_module_of_its_floor_stands_beside_it() -> None:
    """Who reads `test_topup.py` thinks of `topup.py`: it may not be the test of something else."""
    homes: dict[tuple[str, str], set[Path]] = {}
    for floor in ("db", "workbench", "ui", "resources"):
        for module in (ROOT / floor).rglob("*.py"):
            homes.setdefault((floor, module.name), set()).add(module.parent.relative_to(ROOT))
    astray = []
    for path in sorted(TESTS.rglob("test_*.py")):
        here = path.parent.relative_to(TESTS)
        homed = homes.get((here.parts[0], path.name.removeprefix("test_")), set()) if here.parts else set()
        if len(homed) == 1 and here not in homed:
            astray.append(f"{path.relative_to(ROOT)}: {homed.pop()}")
    assert astray == []


def test_every_module_under_mutation_is_there_and_so_are_the_tests_that_prove_it() -> None:
    listed = tomllib.loads((ROOT / "bench" / "mutants.toml").read_text("utf-8"))["modules"]
    lost = [
        path for module, tests in listed.items() for path in (module, *tests) if not (ROOT / path).is_file()
    ]
    assert lost == []
    assert all(tests for tests in listed.values())
