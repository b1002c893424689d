.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
TESTS ?= tests
# one more than there are processors: a sixth of a worker's time is waiting for a browser, a server or a disk
WORKERS := $(shell echo $$(($$(nproc 2>/dev/null || echo 1) + 1)))

.PHONY: help
help: ## what can be made here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

.PHONY: setup
setup: ## install what is missing
	@.ci/setup test

.PHONY: run
run: ## install what is missing and build every report of this folder into build/
	@.ci/setup run
	@echo "Making every report of this folder into build/: one to three minutes the first time." >&2
	@.venv/bin/granskning -v build

.PHONY: test
test: ## install what is missing (2.6 GB, said first) and run the tests (TESTS=path for some of them)
	@.ci/setup test
	@$(PYTHON) -m pytest -n $(WORKERS) --dist loadgroup --no-loadscope-reorder $(TESTS)

# the rooms that are values in and values out, and what holds the house together: no git, Pango, browser, office or server
QUICK := tests/unit/scoring tests/unit/workspace tests/unit/evidence tests/unit/statistics tests/unit/reporting \
	tests/test_cases.py tests/test_catalogue.py tests/test_glossary.py tests/test_house.py tests/test_old_files.py \
	tests/test_wordings.py tests/test_writers.py

.PHONY: test-quick
test-quick: ## run the tests that need nothing beyond Python, and say which are left out
	@.ci/setup quick
	@$(PYTHON) -m pytest -n auto $(QUICK)
	@echo "Left out: tests/browser, editor, functional, golden, laws, serving, unit/edges, unit/tasks and test_docs.py, which"
	@echo "need git, Pango, a browser, an office or a server. All of them: make test."

.PHONY: lint
lint: ## lint and types
	@.ci/setup test
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy

.PHONY: check
check: lint test ## lint, types and tests: what CI runs (.ci/run)

.PHONY: house
house: ## the house in figures: rooms, arrows, circles, arrows up, sizes
	@.ci/setup test
	@$(PYTHON) .ci/house

.PHONY: bench
bench: ## measure speed, as ratios against other programs in the same run (ONLY="check start", ONLY=--quick in three minutes)
	@.ci/setup test
	@$(PYTHON) tests/bench $(ONLY)

.PHONY: fuzz
fuzz: ## let odd inputs in at every door, SECONDS of processor time at each (DOORS="review pdf" for some)
	@.ci/setup test
	@$(PYTHON) tests/fuzz $(or $(SECONDS),60) $(DOORS)

.PHONY: coverage
coverage: ## which branches of scoring its quick tests reach: all (PART=workspace TESTS=tests/unit for a room, PART=. for the house)
	@.ci/setup test
	@.ci/coverage $(or $(PART),scoring) $(filter-out tests,$(TESTS))

.PHONY: nightly
nightly: ## what takes too long for every day: kills, disks that say no, mutants, other versions
	@.ci/setup test
	@LAW_TRIES=5 $(PYTHON) -m pytest -n auto --hypothesis-profile=anew tests/laws
	@$(PYTHON) tests/kills.py 500
	@GRANSKNING_LONG=1 $(PYTHON) -m pytest tests/functional/test_desk_exactness.py
	@$(PYTHON) tests/refused_writes.py
	@$(PYTHON) tests/mutants.py --sample 60
	@.ci/coverage
	@.ci/coverage .
	@.ci/everywhere
	@$(PYTHON) .ci/sbom --licences
	@$(PYTHON) .ci/sbom --audit

.PHONY: golden
golden: ## write anew what cases and golden outputs are expected to say; read the difference afterwards
	@.ci/setup test
	@$(PYTHON) -m pytest --renew tests/test_cases.py tests/golden

.PHONY: po
po: ## bring the catalogues up to date with the messages in the code
	@.ci/setup test
	@$(PYTHON) .ci/po

.PHONY: docs
docs: ## write the handbook's generated pages, and the index of the decisions
	@.ci/setup test
	@$(PYTHON) docs/generera.py
	@$(PYTHON) .ci/decisions

.PHONY: build
build: ## wheel and sdist into dist/
	@.ci/setup test
	@$(PYTHON) -m hatchling build

.PHONY: release
release: ## a release in dist/ (VERSION=0.2.0): version, changelog, wheel, tested sdist, SBOM, hashes, signature, tag; sends nothing
	@.ci/setup test
	@$(PYTHON) .ci/release $(or $(VERSION),--help)

LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url --no-emit-find-links --no-annotate

.PHONY: lock
lock: ## renew the two locks: for the tests, and what of it the reports need
	@.ci/setup test
	@$(PYTHON) -m $(LOCK) --upgrade --group dev pyproject.toml -o requirements-test.lock
	@$(PYTHON) -m $(LOCK) --group build -c requirements-test.lock pyproject.toml -o requirements.lock

.PHONY: sbom
sbom: ## what the reports need, as a CycloneDX list with licences: build/sbom.json
	@.ci/setup test
	@mkdir -p build
	@$(PYTHON) .ci/sbom > build/sbom.json

.PHONY: clean
clean: ## remove what can be made again
	rm -rf build dist .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
