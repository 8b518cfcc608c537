# Every target does its own set-up, in .venv: with uv if it is there, else with Python's venv and pip.
#
#   make demo    build the graph, validate it, ask the flagship question, write the network page
#   make test    all tests; those that need a missing system package are skipped and listed
#   make lint    formatting, types, layering, the bytes of the curated Turtle, the queries
#   make bench   a table of timings
#   make build   the distribution: sdist, and the wheel made from it, in dist/
#   make catalogue  docs/queries.md, the page of the queries, from their headers
#   make picture    docs/network.svg and docs/network.zh.svg, the READMEs' picture of the network, from the build
#   make notebooks  run the notebooks and keep their outputs
#   make check-source TEXT=path   the index of passages against your copy of a source text
#
# STRICT=1 makes a skipped test a failure (as .ci/run does). PYTHON=python3.12 chooses the interpreter.

.SHELLFLAGS := -euc
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
STRICT ?=
TEXT ?=
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
OUT := build

# Absolute, since hooks and tests may run elsewhere; UTF-8 whatever the locale says.
export PYTHONUTF8 := 1
export STRICT

.PHONY: help setup demo test lint format bench build catalogue picture notebooks check-source lock clean

help:
	@sed -n 's/^#   //p' Makefile

setup: $(STAMP)

# Once for each lock: a change to either file sets up anew. An environment without pip is one that uv made, or one
# half made.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("ZoneKG needs Python 3.11 or later" if sys.version_info < (3, 11) else 0)'
	@echo "正在准备 $(VENV)（仅第一次，约一分钟） / setting up $(VENV) (about a minute, once)" >&2
	@if command -v uv >/dev/null; then \
	  [ -x $(BIN)/python ] || uv venv --quiet --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" $(VENV); \
	  uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock; \
	  uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .; \
	else \
	  $(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV); \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .; \
	fi
	@touch $@

demo: $(STAMP)
	$(BIN)/kg build --out $(OUT)
	$(BIN)/kg validate
	$(BIN)/kg query partnerships_of_zones_and_universities --lang zh
	$(BIN)/kg query partnerships_of_zones_and_universities --lang en
	@mkdir -p artifacts
	@$(BIN)/kg view --out artifacts/network.html
	@echo "请用浏览器打开（open in a browser）：$(CURDIR)/artifacts/network.html"

test: $(STAMP)
	$(BIN)/kg build --out $(OUT)
	$(BIN)/kg validate
	$(BIN)/python -m pytest

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/kg format --check
	$(BIN)/kg queries --check

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/kg format

bench: $(STAMP)
	$(BIN)/kg build --out $(OUT)
	$(BIN)/python tests/benchmarks/run.py
	$(BIN)/python tests/benchmarks/query.py
	$(BIN)/python tests/benchmarks/validate.py --install-peers
	$(BIN)/python tests/benchmarks/view.py

build: $(STAMP)
	rm -rf dist
	$(BIN)/python -m build --no-isolation --outdir dist .

catalogue: $(STAMP)
	$(BIN)/kg queries --export markdown docs/queries.md

picture: $(STAMP)
	$(BIN)/kg build --out $(OUT)
	$(BIN)/kg view zones_and_universities --dataset $(OUT) --lang en --out docs/network.svg
	$(BIN)/kg view zones_and_universities --dataset $(OUT) --lang zh --out docs/network.zh.svg

notebooks: $(STAMP)
	$(BIN)/kg build --out $(OUT)
	$(BIN)/python -m tests.approve_notebooks

check-source: $(STAMP)
	@[ -n "$(TEXT)" ] || { echo "say which text: make check-source TEXT=path" >&2; exit 2; }
	$(BIN)/kg source check "$(TEXT)"

# The lock is made by uv, for every supported Python at once; it names no registry.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-annotate --upgrade --custom-compile-command "make lock" \
	  --extra dev --output-file requirements.lock pyproject.toml

clean:
	rm -rf build dist artifacts .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
