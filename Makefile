# The two commands: `make run` and `make test`. Each does all the set-up on a fresh machine.

PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif

.PHONY: run test benchmark format clean

run: .venv/ready
	$(BIN)/python -m digitpad --or-self-test

test: .venv/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

benchmark: .venv/ready
	$(BIN)/python -m tests.benchmarks

format: .venv/ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf .venv build dist

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	$(PYTHON) -c "open('.venv/ready', 'w')"
