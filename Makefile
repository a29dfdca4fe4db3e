# make score: the verdict table of the sample report.   make test: everything that must hold.
# Both make .venv themselves (Python 3.11 or newer is all they need) and are quick the second time.
.DEFAULT_GOAL := help
.PHONY: help score test check unit docs refresh train compare wheel coverage lock clean core dev

BIN := .venv/bin
SAMPLE := docs/samples/completion-table.txt
# Tests are spread over the cores there are, at most four: each worker holds a pipeline.
WORKERS ?= $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1); [ $$n -gt 4 ] && n=4; echo $$n)

help:  ## This list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

core:
	@scripts/environment core

dev:
	@scripts/environment dev

score: core  ## Score the sample report and print its verdict table
	@echo "==> indicators score $(SAMPLE)" >&2
	@$(BIN)/indicators score $(SAMPLE)

test: check unit  ## ruff, mypy --strict, import-linter, then every test (the output contract among them)

check: dev  ## Style, types and the direction of imports
	@echo "==> ruff check" >&2; $(BIN)/ruff check .
	@echo "==> ruff format --check" >&2; $(BIN)/ruff format --check .
	@echo "==> mypy --strict" >&2; $(BIN)/mypy
	@echo "==> import-linter" >&2; $(BIN)/lint-imports

unit: dev  ## The tests alone
	@echo "==> pytest ($(WORKERS) workers)" >&2
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

docs: dev  ## Build the documentation into site/
	@$(BIN)/mkdocs build --strict

refresh: dev  ## Print the outputs shown in README and docs anew
	@$(BIN)/python tests/docs/markdown_blocks.py

train: dev  ## Train the learned steps, measure them, write the model card
	@$(BIN)/indicators train && $(BIN)/indicators evaluate --full --card models

compare: dev  ## Hold the kinds of scorers against each other (a quarter of an hour); the next card tells it
	@$(BIN)/python -m models.compare

wheel: dev  ## Build wheel and sdist into dist/
	@rm -rf dist && PIP_CONSTRAINT=$(CURDIR)/constraints.txt $(BIN)/python -m build --outdir dist .

coverage: dev  ## Measure branch coverage, that of processes started by the tests too
	@$(BIN)/coverage erase && $(BIN)/coverage run -m pytest -n $(WORKERS) --dist loadfile
	@$(BIN)/coverage combine --quiet && $(BIN)/coverage report --skip-covered

lock: dev  ## Write constraints.txt anew from what is installed in .venv
	@$(BIN)/python scripts/lock

clean:  ## Remove what was built (not .venv)
	@rm -rf build dist site .coverage* htmlcov .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info
