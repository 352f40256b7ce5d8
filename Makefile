# Everything a new machine needs is brought by the targets themselves: Debian 12, Python 3.11, make and a network to
# the package registries are all that is assumed. `make` alone says what there is.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
UV := .uv/bin/uv
BIN := .venv/bin
# A stamp is newer than what it was made from, or it is made again.
READY := .stamps/python
ORACLES := .stamps/oracles
export UV_PYTHON_DOWNLOADS = never
export UV_NO_PROGRESS = 1

# Node of the system where it is 20 or newer, else the one that a Python package brings.
NODE_READY := $(shell node -e 'process.exit(+(process.versions.node.split(".")[0] < 20))' 2>/dev/null && echo system)
NODE := $(if $(NODE_READY),,.stamps/node)
export PATH := $(if $(NODE_READY),,$(CURDIR)/.node/bin:)$(PATH)

.DEFAULT_GOAL := help
.PHONY: help demo test lint types fmt bench serve lock spec install clean postgresql chromium scanner phone wheel

# What the phone's two apps are built from.
PHONE_SOURCES := $(shell find scanner/src scanner/gate scanner/check scanner/public -type f) \
    scanner/vite.config.ts src/borderpass/web/static/borderpass/tokens.css pyproject.toml

help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(READY) phone ## the main job for real, then the site (ARGS=--no-serve stops after the story)
	@$(BIN)/borderpass demo $(ARGS)

test: lint types postgresql chromium $(ORACLES) scanner phone ## every test: the scanner, SQLite and the browser, then PostgreSQL
	@echo "tests on SQLite"
	@$(BIN)/pytest -n 2 --dist loadfile $(ARGS)
	@echo "tests on PostgreSQL"
	@$(BIN)/pytest -n 2 --dist loadfile --database=postgresql $(ARGS)

scanner: .stamps/scanner ## the scanner's types, style and tests, all vectors among them
	@echo "tests of the scanner"
	@cd scanner && npm run --silent types && npm run --silent lint && npm test --silent

phone: .stamps/phone ## build what is served under /gate/ and /check/

wheel: $(READY) phone ## the package with the phone's apps in it, in dist/
	@$(BIN)/python -m hatchling build --target wheel

lint: $(READY) ## style and formatting
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .

types: $(READY) ## mypy, strict
	@$(BIN)/mypy --no-error-summary

fmt: $(READY) ## put the formatting right
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .

bench: $(READY) postgresql chromium phone ## measure against limits; writes var/bench.json
	@$(BIN)/python -m bench

serve: $(READY) phone ## serve the site of this installation (var/)
	@$(BIN)/borderpass serve $(ARGS)

spec: $(READY) .stamps/scanner ## write what is made from the contract and the cases: reasons, vectors, catalogues
	@$(BIN)/python tools/build_reasons.py
	@cd scanner && npm run --silent tables
	@$(BIN)/python -m tools.build_vectors
	@$(BIN)/python tools/build_messages.py

lock: $(UV) ## pin the newest versions that requirements/*.in allow, with hashes
	@for name in uv run dev oracles node; do \
	    $(UV) pip compile --quiet --upgrade --generate-hashes --no-annotate --no-header --no-emit-index-url \
	        requirements/$$name.in -o requirements/$$name.txt || exit 1; \
	done

install: $(READY) ## the Python environment in .venv

clean: ## remove what was installed and made here (var/ stays)
	@rm -rf .venv .venv-oracles .uv .node .stamps dist scanner/node_modules src/borderpass/web/phone

$(UV): requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed"; exit 1; }
	@$(PYTHON) -m venv --clear .uv >/dev/null 2>&1 || { sh tools/install_debian.sh python3-venv && $(PYTHON) -m venv --clear .uv; }
	@.uv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

$(READY): $(UV) requirements/dev.txt pyproject.toml
	@mkdir -p .stamps
	@test -x $(BIN)/python || $(UV) venv --quiet --python $(PYTHON) .venv
	@VIRTUAL_ENV=.venv $(UV) pip sync --quiet --require-hashes requirements/dev.txt
	@VIRTUAL_ENV=.venv $(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(ORACLES): $(UV) requirements/oracles.txt
	@mkdir -p .stamps
	@test -x .venv-oracles/bin/python || $(UV) venv --quiet --python $(PYTHON) .venv-oracles
	@VIRTUAL_ENV=.venv-oracles $(UV) pip sync --quiet --require-hashes requirements/oracles.txt
	@touch $@

.stamps/node: $(UV) requirements/node.txt
	@mkdir -p .stamps
	@$(UV) venv --quiet --clear --python $(PYTHON) .node
	@VIRTUAL_ENV=.node $(UV) pip sync --quiet --require-hashes requirements/node.txt
	@touch $@

.stamps/scanner: $(NODE) scanner/package-lock.json
	@mkdir -p .stamps
	@cd scanner && npm ci --silent --no-audit --no-fund
	@touch $@

# The apps come compressed beside themselves, so that a phone on a slow line waits once and not for long.
.stamps/phone: .stamps/scanner $(READY) $(PHONE_SOURCES)
	@cd scanner && npm run --silent build
	@$(BIN)/python -m whitenoise.compress --quiet src/borderpass/web/phone
	@touch $@

chromium:
	@command -v chromium >/dev/null 2>&1 || sh tools/install_debian.sh chromium || \
	    echo "no Chromium, and none can be installed: the tests in the browser are skipped"

postgresql:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || sh tools/install_debian.sh postgresql || \
	    echo "no PostgreSQL of Debian's: the tests use the one of a Python package"
