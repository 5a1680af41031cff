# The two commands: make run (everything, at http://localhost:8000) and make test. Needs Python 3.11 or newer and pip.
SHELL := /bin/sh
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help setup run test quick lint faults

help:
	@echo "make run    start everything at http://localhost:8000 (another port: PORT=8001 make run)"
	@echo "make test   check the code and run all tests"
	@echo "make quick  check the code, and run the fences and the tests of what was changed: a minute and a half"
	@echo "make lint   check the code only"
	@echo "make faults kill, stop and spoil whatever can be, for a quarter of an hour"
	@echo "make setup  make .venv and compile the translations; starts nothing"

setup: .venv/installed
	@$(BIN)/python -m osallistava.translations

LOCKS := requirements.txt requirements-demo.txt requirements-dev.txt
.venv/installed: $(LOCKS)
	@sh .ci/make-venv $(LOCKS)
	@touch $@

run: setup
	@exec $(BIN)/python -m osallistava.start

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/python manage.py makemigrations --check --dry-run

test: lint
	$(BIN)/pytest -n 2 --dist worksteal -q

quick: setup
	@$(BIN)/python -m testing.quick

# every fault, on servers of their own: a quarter of an hour
faults: setup
	FAULTS=whole $(BIN)/pytest -q etotu/tests/faults
