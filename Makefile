# The two commands: `make run` and `make test`. Each does all the set-up on a fresh machine.

ifeq ($(OS),Windows_NT)
PYTHON ?= python
BIN := .venv/Scripts
else
PYTHON ?= python3
BIN := .venv/bin
endif

.PHONY: run test benchmark package package-test format clean

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

package: .venv/packager
	rm -rf dist
	$(BIN)/pyinstaller --noconfirm --log-level WARN --distpath dist --workpath build/package \
		assets/packaging/digitpad.spec
	$(BIN)/python assets/packaging/release.py dist

package-test: .venv/ready
	$(BIN)/python -m tests.packaging dist

format: .venv/ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf .venv build dist

.venv/packager: .venv/ready
	$(BIN)/python -m pip install --quiet --editable ".[package]"
	$(PYTHON) -c "open('.venv/packager', 'w')"

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	$(PYTHON) -c "open('.venv/ready', 'w')"
