# On Record. `make demo` and `make test` set up everything they need on a machine with Python 3.11+, git and make.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
BENCH := $(VENV)/.bench

.DEFAULT_GOAL := help
.PHONY: help demo discord-demo test test-slow lint check format bench train clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "On Record needs Python 3.11 or newer; name one with: make PYTHON=python3.11"; exit 2; }
	@$(PYTHON) -m venv $(VENV) \
	  || { echo "Python cannot make an environment; on Debian: apt install python3-venv"; exit 2; }

$(RUNTIME): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing On Record into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(DEV): $(RUNTIME)
	@echo "Installing the test tools into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

$(BENCH): $(RUNTIME)
	@echo "Installing what is measured beside ours into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	@touch $@

demo: $(RUNTIME) ## index the sample articles and answer posted quotes
	@$(BIN)/onrecord demo

discord-demo: $(DEV) ## play a scene of the Discord bot on loopback, print it and write its files to discord-demo/
	@$(BIN)/python -m tests.discord_double.scene discord-demo

test: $(DEV) ## run the tests
	@$(BIN)/python -m pytest -m "not slow"

test-slow: $(DEV) ## run the long tests too
	@$(BIN)/python -m pytest

lint: $(DEV) ## format, lint, types and import contracts, checked
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

check: lint test ## everything that must hold before a commit

bench: $(BENCH) ## measure matching beside what one would use instead
	@$(BIN)/python -m benchmarks.matching $(ARGS)

train: $(RUNTIME) ## fit the weights of attribution on the sample articles anew
	@$(BIN)/python -m benchmarks.train

format: $(DEV) ## format and mend what ruff can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

clean: ## remove the environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
