# The commands of this project. Every one of them works on a fresh clone.
.PHONY: setup demo test test-fast check budgets bench fmt lock

PYTHON ?= python3
BOOT := $(PYTHON) tools/bootstrap.py
BIN := .venv/bin
unexport PYTHONDONTWRITEBYTECODE  # without compiled files every command starts seconds later

setup:                ## build .venv with everything
	@$(BOOT)

demo:                 ## a house with sixty people in it; honors PORT= and PORCHLIGHT_DATA=
	@$(BOOT) --run-only
	@exec $(BIN)/python manage.py demo

test:                 ## the whole suite, twice: PostgreSQL + Redis, then SQLite + one process; ARGS= goes to pytest
	@$(BOOT)
	@$(BIN)/python tools/run_tests.py $(ARGS)

test-fast:            ## SQLite + one process, no browser, no faults: before every commit
	@$(BOOT)
	@$(BIN)/python tools/run_tests.py --fast $(ARGS)

check:                ## style, types, walls, settings, documents, pins
	@$(BOOT)
	@$(BIN)/python tools/check.py $(ARGS)

budgets:              ## what the pages cost those who open them; ARGS=--write keeps it in docs/performance.md
	@$(BOOT)
	@$(BIN)/python tools/budgets.py $(ARGS)

bench:                ## measure an engine: WHAT=due_scan, screening, matching, promises, pairs_from_rows or again; ARGS=--write keeps it in its document
	@$(BOOT)
	@$(BIN)/python tools/bench/$(WHAT).py $(ARGS)

fmt:                  ## let ruff write the form
	@$(BOOT)
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

lock:                 ## write the pins anew from pyproject.toml, keeping those that still fit (UPGRADE=1: the newest)
	@$(BOOT)
	@$(BIN)/python tools/lock.py $(if $(UPGRADE),--upgrade)
