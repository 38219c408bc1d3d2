# Rapporteur. `make` alone lists the commands.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
UV_VERSION := 0.13.9
export UV_PYTHON_DOWNLOADS := never
# Offices often have a certificate authority of their own, which the system knows.
export UV_SYSTEM_CERTS := true

.DEFAULT_GOAL := help
.PHONY: help install setup demo test check format messages lock bench clean

help: ## List these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

.tools/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' || { \
	  echo "Rapporteur needs Python 3.11, 3.12 or 3.13; $(PYTHON) is $$($(PYTHON) --version 2>&1). Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Fetching uv $(UV_VERSION) into .tools"
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target .tools "uv==$(UV_VERSION)"

.venv/runtime.stamp: $(filter .tools/bin/uv,$(UV)) requirements/runtime.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' || { \
	  echo "Rapporteur needs Python 3.11, 3.12 or 3.13; $(PYTHON) is $$($(PYTHON) --version 2>&1). Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(UV) venv --quiet --python $(PYTHON) .venv
	@echo "Installing the locked dependencies"
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/runtime.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

.venv/dev.stamp: .venv/runtime.stamp requirements/dev.txt
	@echo "Installing what the tests and checks need"
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

install: .venv/runtime.stamp ## Install the program alone (for a real site: docs/how-to/deploy.md)

setup: .venv/runtime.stamp ## Install, create the database, load the framework and the record
	@$(BIN)/rapporteur demo prepare

demo: setup ## Set up and serve the demonstration (PORT=8000)
	@$(BIN)/rapporteur serve --port $(PORT)

test: .venv/dev.stamp ## Run the whole suite, on SQLite and on PostgreSQL where one answers
	@$(BIN)/python scripts/run_tests.py

check: .venv/dev.stamp ## Format, lint, types, architecture, translations, documentation
	@$(BIN)/python scripts/run_checks.py

format: .venv/dev.stamp ## Set the code's layout
	@$(BIN)/ruff check --fix --quiet src tests benchmarks scripts || true
	@$(BIN)/ruff format src tests benchmarks scripts

messages: .venv/dev.stamp ## Gather the strings for translation and compile the catalogs
	@$(BIN)/rapporteur translations gather
	@$(BIN)/rapporteur translations compile

lock: .tools/bin/uv ## Resolve the dependencies anew (names, versions and hashes)
	@$(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --extra postgres pyproject.toml -o requirements/runtime.txt
	@$(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --extra postgres --group dev pyproject.toml -c requirements/runtime.txt -o requirements/dev.txt

bench: .venv/dev.stamp ## Run the benchmarks and print their tables
	@$(BIN)/python -m benchmarks

clean: ## Take away what was built; the data in var/ stays
	@rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
