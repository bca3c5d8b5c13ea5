# Every target installs what it needs; only Python 3.11 or later, make and git have to be there.
.DEFAULT_GOAL := help

# The first that works: a name on PATH may belong to a version manager that has no such version.
PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3.14 python3; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
VENV := .venv
BIN := $(VENV)/bin
PRODUCT := $(VENV)/.product
TOOLS := $(VENV)/.tools
# Tests wait for processes and servers most of the time: four go well beside one another even on two cores.
WORKERS = $(shell $(PYTHON) -c 'import os; print(max(4, os.cpu_count() or 1))')
# Of the demo, named on the command line only: shells export such names for purposes of their own.
HOST :=
PORT :=

.PHONY: help demo run setup voice tools test lint format check bench lock lock-upgrade clean

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

demo: $(PRODUCT) ## the whole product with no token, on this machine [HOST=127.0.0.1] [PORT=8080]
	@$(BIN)/bantin demo $(if $(HOST),--host $(HOST)) $(if $(PORT),--port $(PORT))

run: $(PRODUCT) ## the service, with the configuration in config/
	@exec $(BIN)/bantin run

setup: $(PRODUCT) ## install the product alone into .venv; the command is .venv/bin/bantin

voice: $(PRODUCT) ## install what reads articles aloud as well; see [voice] in config/bot.toml
	@$(PYTHON) bot/install.py --venv $(VENV) requirements-voice.lock

tools: $(TOOLS) ## install what the targets below need as well

test: $(TOOLS) ## every test, and which ten took longest
	$(BIN)/pytest -n $(WORKERS) --dist worksteal --durations 10

lint: $(TOOLS) ## style, types, layers, texts
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.i18n

format: $(TOOLS) ## bring the code into the one style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

check: lint test ## lint and test

bench: $(TOOLS) ## measure, and print the README's table
	$(BIN)/python -m tests.bench

lock: ## write the lock files anew from pyproject.toml; what they name stays as far as it may
	@$(lock)

lock-upgrade: ## the same, with the newest releases that pyproject.toml allows
	@$(lock)

clean: ## remove all that these targets have made
	rm -rf $(VENV) build dist .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(PRODUCT): requirements.lock pyproject.toml bot/install.py
	@$(if $(PYTHON),,echo "Python 3.11 or later is needed: make PYTHON=/path/to/python3.11"; exit 1)
	@$(PYTHON) bot/install.py --venv $(VENV) requirements.lock
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet --no-index --no-deps --no-build-isolation --editable .
	@touch $@

$(TOOLS): $(PRODUCT) requirements-dev.lock
	@$(PYTHON) bot/install.py --venv $(VENV) requirements-dev.lock
	@touch $@

# One resolution for every system and every Python from 3.11 on; the other locks add to the first.
lock-upgrade: UPGRADE := --upgrade
define lock
	set -e; folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; \
	$(PYTHON) -m venv "$$folder"; \
	"$$folder/bin/python" -m pip --disable-pip-version-check install --quiet uv; \
	export UV_CUSTOM_COMPILE_COMMAND='make lock'; \
	compile="$$folder/bin/uv pip compile --quiet --universal --python-version 3.11 --no-build --generate-hashes \
		--no-strip-extras --no-annotate $(UPGRADE) --group build pyproject.toml"; \
	$$compile --output-file requirements.lock; \
	$$compile --extra voice --constraints requirements.lock --output-file requirements-voice.lock; \
	$$compile --extra dev --constraints requirements.lock --output-file requirements-dev.lock
endef
