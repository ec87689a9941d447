# LightDom. `make help` lists what there is. Everything is installed inside the project; nothing needs to be set up before.
.DEFAULT_GOAL := help
.NOTPARALLEL:
SHELL := /bin/sh
BIN := .venv/bin
# Settings of ape and forge, and their real programs on the PATH.
CHAIN_TOOLS := . scripts/env.sh &&
FUZZ_SECONDS ?= 3600
MUTANTS ?= 100

.PHONY: help setup up demo down logs test test-deep lint format bench bench-indexer gas mutation coverage slither symbolic fuzz sanitize abi vectors schema clean distclean
.PHONY: setup-for-tests test-contracts test-dashboards test-stories test-python

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install and build what is missing or changed; the other commands do this first
	@scripts/bootstrap/run.sh up

up: setup ## Start everything, show that it works, stay up until Ctrl-C
	@$(BIN)/lightdom up

demo: setup ## Like up, once: exit 0 only if the claims were finalized, paid and read back through GraphQL
	@$(BIN)/lightdom up --once

down: ## Stop what `make up` started, from any terminal
	@if [ -x $(BIN)/lightdom ]; then $(BIN)/lightdom down; else echo "Nothing is installed here."; fi

logs: ## Follow the logs of all services
	@$(BIN)/lightdom logs --follow

test: setup-for-tests lint test-contracts test-dashboards test-stories test-python ## Run every check and every test

test-deep: setup-for-tests ## Run the long fuzzing, invariant and property tests
	$(CHAIN_TOOLS) FOUNDRY_PROFILE=deep forge test
	$(CHAIN_TOOLS) $(BIN)/python -m pytest -m deep --timeout 3600
	$(CHAIN_TOOLS) LIGHTDOM_TEST_DEPTH=deep $(BIN)/python -m pytest -m "not deep" --timeout 7200 tests/core_ext tests/services tests/optimizer tests/adversary
	tests/fuzz/sanitize.sh
	@tests/fuzz/run.sh 60 || [ $$? -eq 77 ]

fuzz: setup-for-tests ## Look for bytes that break the compiled modules (FUZZ_SECONDS=3600; needs clang)
	tests/fuzz/run.sh $(FUZZ_SECONDS)

sanitize: setup-for-tests ## Run the compiled modules' suite with ASan and UBSan
	tests/fuzz/sanitize.sh

setup-for-tests:
	@scripts/bootstrap/run.sh test

test-contracts:
	$(CHAIN_TOOLS) forge test

test-dashboards:
	npm test --silent -w dashboards

# A process each: what ape has learnt of a chain's addresses stays with it, and the next file's chain has others there.
test-stories:
	$(CHAIN_TOOLS) ls tests/contracts/test_*.py | xargs -P 2 -n 1 $(BIN)/python -m pytest -m "not deep"

# Last: its closing line says how many tests ran.
test-python:
	$(CHAIN_TOOLS) $(BIN)/python -m pytest -m "not deep" -n auto --maxprocesses 4 --dist loadfile --ignore tests/contracts

lint: setup-for-tests ## Check style, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/cython-lint core_ext optimizer
	$(CHAIN_TOOLS) forge fmt --check

format: setup-for-tests ## Format every source
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .
	$(CHAIN_TOOLS) forge fmt

bench: setup-for-tests ## Measure speed and memory (bench/)
	@for bench in bench/*.py; do echo "== $$bench"; $(CHAIN_TOOLS) $(BIN)/python "$$bench" || exit 1; done

bench-indexer: setup-for-tests ## Measure the indexer beside others, where ../shared/bench/indexer is there
	$(CHAIN_TOOLS) $(BIN)/python bench/indexers.py --sizes 100k 1m --contenders floor_cy floor_hand ours ponder envio
	$(CHAIN_TOOLS) $(BIN)/python bench/endless.py --events 1000000 10000000

mutation: setup-for-tests ## Plant small faults in contracts and count those that the tests find (MUTANTS=100; 0: all)
	$(CHAIN_TOOLS) $(BIN)/python -m scripts.mutation DOMSpaceToken --sample $(MUTANTS)
	$(CHAIN_TOOLS) $(BIN)/python -m scripts.mutation ProofOfOptimization --sample $(MUTANTS)

coverage: setup-for-tests ## Show what no forge test reaches; fails on what docs/contracts.md does not explain
	$(CHAIN_TOOLS) $(BIN)/python -m scripts.analysis.coverage

slither: setup-for-tests ## Compare what slither finds with the reviewed list (installs slither on first use)
	$(CHAIN_TOOLS) $(BIN)/python -m scripts.analysis.slither

symbolic: setup-for-tests ## Prove contracts/test/symbolic for every input (installs halmos on first use)
	$(CHAIN_TOOLS) $(BIN)/python -m scripts.analysis.symbolic

gas: setup-for-tests ## Write anew the gas that every action costs (snapshots/)
	$(CHAIN_TOOLS) FOUNDRY_PROFILE=gas forge test --match-path 'contracts/test/gas/*'

abi: setup ## Write anew indexer/abi from the contracts
	$(CHAIN_TOOLS) $(BIN)/python scripts/export_abi.py

vectors: setup ## Write anew tests/vectors from the slow oracle
	$(BIN)/python tests/vectors/generate.py

schema: setup ## Write anew graphql/schema.graphql
	$(BIN)/python -m api.schema_export

clean: down ## Remove all data of the local run: database, chain, blobs, logs (not ape's keys)
	@scripts/bootstrap/clean.sh

distclean: clean ## Remove everything that was installed or built as well
	rm -rf .venv node_modules services/blobs/ipfs_node/node_modules dashboards/dist build .build contracts/.cache
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info core_ext/*.c core_ext/*.so optimizer/*/*.so
