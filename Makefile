# `make` sets up, validates, builds and shows the data; `make test` runs the tests. Both create a virtual environment first.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
EVENT := 2019-09-26-china-celac-quartet

# Tests start the program hundreds of times: it would be compiled each time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: all test test-all lint check tamper fuzz faults lowest picture bench bench-compare bench-draft clean

all: $(VENV)/.ready
	$(BIN)/readouts validate
	$(BIN)/readouts build
	$(BIN)/readouts load statements
	$(BIN)/readouts show $(EVENT)

test: $(VENV)/.ready-dev
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

# Includes the tests marked as slow; run this before a release. `.ci/run` runs the slow tests that cover changed files.
test-all: export READOUTS_TEST_ALL = 1
test-all: test

lint: $(VENV)/.ready-dev
	$(BIN)/ruff check scripts tests bench
	$(BIN)/ruff format --check scripts tests bench

check: $(VENV)/.ready
	$(BIN)/readouts build --check

# The tests that TRUST.md reports; each takes a quarter of an hour or more and rewrites its section.
tamper: $(VENV)/.ready-dev
	$(BIN)/python -m tests.trust.tamper
	$(BIN)/readouts build

fuzz: $(VENV)/.ready-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[fuzz]'
	$(BIN)/python -m tests.trust.hostile

faults: $(VENV)/.ready-dev
	$(BIN)/python -m tests.trust.faults

# The tests with the lowest versions that pyproject.toml allows.
lowest: $(VENV)/.ready-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(VENV)-lowest
	$(BIN)/uv pip install --quiet --python $(VENV)-lowest/bin/python --resolution lowest-direct --editable '.[dev]'
	$(VENV)-lowest/bin/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

# Renders the picture of the README from the event page in Chromium.
picture: $(VENV)/.ready-dev
	$(BIN)/python -m tests.picture

# Sizes and more by BENCH_ARGS: make bench BENCH_ARGS="--statements 1000000 --statements 4000000"
bench: $(VENV)/.ready-bench
	$(BIN)/python -m bench published $(BENCH_ARGS)
	$(BIN)/python -m bench curated $(CURATED_ARGS)
	$(BIN)/python -m bench start
	$(BIN)/python -m bench site $(SITE_ARGS)

# Needs the development pairs beside the checkout (../shared/pairs); skipped without them.
bench-compare: $(VENV)/.ready-dev
	$(BIN)/python -m bench compare $(BENCH_ARGS)

# Drafted statements against the gold next to the checkout, with textacy's quotation extractor on the same texts.
bench-draft: $(VENV)/.ready-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check textacy || true
	$(BIN)/python -m bench draft $(DRAFT_ARGS)

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Readouts needs Python 3.11 or newer; name one with make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[hub]'
	touch $@

$(VENV)/.ready-dev: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

$(VENV)/.ready-bench: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	touch $@

clean:
	rm -rf $(VENV) $(VENV)-lowest .readouts bundle site
