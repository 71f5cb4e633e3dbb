# Needs Python 3.11 or newer, make and a package index. `uv` is used when it is there and can be reached.
UV := $(shell command -v uv || echo false)
PYTHON ?= python3
PY := .venv/bin/python
WORKERS ?= 2

export UV_SYSTEM_CERTS := 1
export UV_PYTHON_DOWNLOADS := never
export UV_LINK_MODE := copy
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
unexport PYTHONDONTWRITEBYTECODE

# A .venv that was moved or copied still runs the code of its first place: it is made anew.
MOVED := $(shell test -d .venv && test "`cat .venv/place 2>/dev/null`" != "`pwd -P`" && rm -rf .venv && echo yes)
BROKEN := $(shell test -d .venv && ! .venv/bin/python -c '' 2>/dev/null && rm -rf .venv && echo yes)

.PHONY: help demo test fast lint fmt lock revision clean
.DEFAULT_GOAL := help

help:
	@echo 'make demo      a year of follow-up in under a minute'
	@echo 'make test      set up, check and test everything, as CI does'
	@echo 'make fast      the tests without slow ones'
	@echo 'make lint      format, lint, types, floors, protocols'
	@echo 'make fmt       format the code'
	@echo 'make lock      write run.lock, test.lock and the requirements of the peers anew (needs uv)'
	@echo 'make revision  write a migration for changed tables: make revision m="why"'
	@echo 'make clean     remove what was made here'

demo: .venv/run.stamp
	@$(PY) -m followup demo

test: lint
	$(PY) -m pytest -n $(WORKERS)

fast: .venv/test.stamp
	$(PY) -m pytest -n $(WORKERS) -m 'not slow and not browser and not rabbitmq'

lint: .venv/test.stamp
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
	$(PY) -m followup protocol check

fmt: .venv/test.stamp
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

lock:
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes pyproject.toml --group build --group dev -o test.lock
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes pyproject.toml --group build -c test.lock -o run.lock
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes benchmarks/peers/requirements.in -o benchmarks/peers/requirements.txt

revision: .venv/test.stamp
	$(PY) -m tests.support.revision "$(m)"

clean:
	rm -rf .venv dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'followup needs Python 3.11 or newer: try make PYTHON=python3.12 $(MAKECMDGOALS)' >&2; exit 1; }
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 \
	  || { rm -rf .venv; $(UV) venv -q --seed --python "$(PYTHON)" .venv 2>/dev/null; } \
	  || { rm -rf .venv; echo 'this Python cannot make a virtual environment: install python3-venv (apt install python3-venv) or uv' >&2; exit 1; }
	@pwd -P > .venv/place

.venv/%.stamp: %.lock pyproject.toml | .venv/bin/python
	@echo 'installing what $< lists'
	@$(UV) pip install -q --python $(PY) --require-hashes -r $< 2>/dev/null || $(PY) -m pip install -qq --require-hashes -r $<
	@$(PY) -m pip install -qq --no-deps --no-build-isolation -e .
	@touch $@
