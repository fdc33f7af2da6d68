# make demo           a first look: installs into .venv, compiles workouts/ into build/, shows one, and says where pages are
# make test           the whole test suite in the same environment
# make lint           ruff and mypy --strict
# make docs           makes the gallery, the manual of the rules and the list of codes in docs/ again, and the shapes of the reader
# make models         the names of watches again, from garmin-fit-sdk's profile
# make bench          medians and ratios of the speed budgets
# make scale          ten workouts for 10 000 runners: one process, two, a Dask cluster of two; N=5000 are fewer workouts
# make fuzz           the property tests on examples nobody has tried, and other numbers in valid texts, until stopped
# make test-anywhere  the tests at unlucky hours, and once in an unlucky place, in a random order, as another user
# make test-pythons   the tests under the newer Pythons that are installed
# make test-versions  the tests with the oldest and with the newest versions that pyproject.toml allows
# make test-sync      every way in which a sync can be cut off, on a double of the account
# make test-plans    makes plans for 2000 runners: each has no warning, or is refused with advice that is then taken
# make test-editors   what a YAML language server, which npm fetches into build/, underlines in workouts and plans
# make test-faults    every call that changes a file fails, and every end of a run there; goes on where it stopped
# make test-memos     long texts of FIT files against Garmin's JavaScript SDK, which npm fetches into build/
# make test-watch     the watch commands against an emulated watch, over real libmtp and a real FAT volume
# make test-wpd       the program under a Windows Python in Wine, and its way into a watch through real COM tables
# make constraints    the newest versions into constraints.txt, which all of these install

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MATRIX := tests/account tests/cli/test_pull_command.py tests/cli/test_weeks_of_a_plan.py tests/foreign/test_shipped.py
READY := $(VENV)/.ready
UV := build/uv/bin/uv
PIP := -m pip install --quiet --disable-pip-version-check
# The versions that were tested, also of what builds: pip before 25.3 reads the first of the two for both.
TESTED := PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt
install = $(TESTED) $(1)/bin/python $(PIP) --editable '.[dev]'

# Without its byte code each worker, and each process that a test starts, compiles the same files again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test lint docs rules codes shapes models bench scale fuzz test-anywhere test-pythons test-versions test-sync test-plans test-faults test-memos test-editors test-watch test-wpd constraints clean

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(call install,$(VENV))
	@touch $@

demo: $(READY)
	@$(BIN)/negsplit compile workouts/*.workout.yaml -o build --quiet
	@$(BIN)/negsplit show workouts/thirds-12k.workout.yaml
	@$(BIN)/negsplit show workouts/thirds-12k.workout.yaml -o build/workout.html --quiet
	@$(BIN)/negsplit plan show workouts/plans/first-progressions-8-weeks.plan.yaml --library workouts -o build/plan.html --quiet
	@echo
	@echo "In build/ there are the FIT files of all workouts, and two pages to look at:"
	@echo "  file://$(CURDIR)/build/workout.html"
	@echo "  file://$(CURDIR)/build/plan.html"

test: $(READY)
	$(BIN)/python -m pytest -n auto --maxprocesses 8

lint: $(READY)
	$(BIN)/ruff format --check src tests
	$(BIN)/ruff check src tests
	$(BIN)/mypy

docs: $(READY) rules codes shapes
	$(BIN)/python tests/write_gallery.py

models: $(READY)
	$(BIN)/python tests/write_models.py > src/negsplit/program/watch_models.txt.new
	mv src/negsplit/program/watch_models.txt.new src/negsplit/program/watch_models.txt

rules: $(READY)
	$(BIN)/python -m negsplit.check.manual > docs/rules.md.new && mv docs/rules.md.new docs/rules.md

codes: $(READY)
	$(BIN)/python -m negsplit.meanings > docs/codes.md.new && mv docs/codes.md.new docs/codes.md

shapes: $(READY)
	mkdir -p build
	$(BIN)/python tests/write_shapes.py > build/shapes.py
	$(BIN)/ruff format --quiet build/shapes.py
	mv build/shapes.py src/negsplit/document/shapes.py

bench: $(READY)
	$(BIN)/python tests/bench.py

fuzz: $(READY)
	while $(BIN)/python tests/fuzz_numbers.py 300 && HYPOTHESIS_PROFILE=search $(BIN)/python -m pytest -x; do :; done

test-anywhere: $(READY)
	.ci/debian "faketime is" faketime -- faketime
	$(BIN)/python tests/anywhere.py

test-pythons:
	@for version in 3.12 3.13; do \
	    python=$$(.ci/find-python $$version) || { echo "Python $$version is not here: skipped"; continue; }; \
	    $$python -m venv build/python$$version && \
	    $(call install,build/python$$version) && \
	    build/python$$version/bin/python -m pytest -n auto --maxprocesses 8 || exit 1; \
	done

test-versions: $(UV)
	$(PYTHON) tests/versions.py $(SETS)

# The newest client of the account needs Python 3.12, the last one for 3.11 is what .venv has there.
test-sync: $(READY)
	NEGSPLIT_FULL_MATRIX=1 $(BIN)/python -m pytest -n auto --maxprocesses 8 $(MATRIX)
	@python=$$(.ci/find-python 3.12) || { echo "Python 3.12 is not here: its client is skipped"; exit 0; }; \
	$$python -m venv build/python3.12 && \
	$(call install,build/python3.12) && \
	NEGSPLIT_FULL_MATRIX=1 build/python3.12/bin/python -m pytest -n auto --maxprocesses 8 $(MATRIX)

scale: $(READY)
	$(BIN)/python tests/scale.py $(N)

test-plans: $(READY)
	NEGSPLIT_RUNNERS=2000 $(BIN)/python -m pytest -n auto --maxprocesses 8 tests/desk/test_making.py

test-memos: $(READY)
	npm install --silent --no-save --prefix build/garmin-js @garmin/fitsdk@21.217.0
	$(BIN)/python -m pytest tests/formats/fit/test_garmin_memos.py

test-editors: $(READY)
	npm install --silent --no-save --prefix build/yaml-language-server yaml-language-server@2.0.0
	$(BIN)/python -m pytest tests/document/test_language_server.py

test-faults: $(READY)
	PYTHONPATH=tests $(BIN)/python -m faults.run

# ROWS="flipped full" tells some of its rows alone; FAULTS=1 breaks the program in each way that the rows must notice.
test-watch: $(READY)
	PYTHONPATH=tests $(BIN)/python -m emulator.run $(if $(FAULTS),faults) $(ROWS)

# Debian's wine needs a processor of the kind that it shows to Windows.
test-wpd: $(READY)
	.ci/debian "Wine is" wine wineserver -- wine wine64
	$(TESTED) $(BIN)/python tests/wine/run.py

constraints: $(UV)
	$(UV) pip compile pyproject.toml --all-extras --universal --python-version 3.11 --upgrade --no-annotate --quiet \
	    --custom-compile-command 'make constraints' --output-file constraints.txt

$(UV):
	$(PYTHON) -m venv build/uv
	build/uv/bin/python $(PIP) uv

clean:
	rm -rf build dist
