# The few commands of this project; each sets up first what is missing.
PYTHON := .venv/bin/python
# a run that may not keep what it compiled compiles all of it again, in each worker and in each process that a test starts
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup demo test test-long mutants bench fuzz faults monkey locale clean

setup:
	@bash .ci/setup

demo: setup
	.venv/bin/workbench demo $(ARGS)

test: export QT_QPA_PLATFORM := offscreen
test: setup
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports
	$(PYTHON) -m resources.locale.catalogue --check
	$(PYTHON) -m pytest -q -n 2 --dist loadfile -m "not long"

# laws on many examples, oracles over the real months and long runs: before a release, not in CI
test-long: export QT_QPA_PLATFORM := offscreen
test-long: setup
	$(PYTHON) -m pytest -q -n 2 --dist loadfile -m "long or hypothesis" --hypothesis-profile long

# small changes to chosen modules that their tests must notice (ARGS: parts of their paths); hours, so not in CI
mutants: setup
	@$(PYTHON) -c 'import mutmut' 2>/dev/null || $(PYTHON) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[mutants]'
	$(PYTHON) -m bench.mutants $(ARGS)

bench: export QT_QPA_PLATFORM := offscreen
bench: setup
	$(PYTHON) -m bench $(ARGS)

# kills, full disks, flipped bytes, cut logs, two processes, tampering; goes on where it was stopped (ARGS: --anew, --only WORD)
faults: setup
	$(PYTHON) -m bench.faults $(ARGS)

# 50,000 clicks and keys over all pages of the sample branch, by a stored seed (ARGS: --events N, --seed N)
monkey: export QT_QPA_PLATFORM := offscreen
monkey: setup
	$(PYTHON) -m bench.monkey $(ARGS)

# files and texts changed at random against the rooms that read them; what falls over goes to tests/corpus (ARGS: --seconds N, --seed N)
fuzz: setup
	$(PYTHON) -m bench.fuzz $(ARGS)

locale: setup
	$(PYTHON) -m resources.locale.catalogue --update

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
