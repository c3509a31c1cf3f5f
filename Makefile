# The portal's commands. `make run` and `make test` need nothing but Python 3.11 or 3.12, and make.

PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3)
PIP = .venv/bin/python -m pip --disable-pip-version-check --no-input install --quiet --require-hashes
MANAGE = .venv/bin/python manage.py
PYTEST = .venv/bin/python -m pytest

# Compiled modules are kept whatever the shell says: a start takes half the time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test test-fast browser check fix bench messages openapi lock coverage clean
.DEFAULT_GOAL := help

help: ## These lines
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 12

run: .venv/.run ## The whole portal on this machine, with sample records; Ctrl-C stops it
	@exec .venv/bin/python -m bch_portal.embedded

test: .venv/.test browser ## The whole suite, on a real PostgreSQL, Redis and Chromium
	$(PYTEST) -n 2 --dist loadgroup

test-fast: .venv/.test ## The fast part of the suite
	$(PYTEST) -n 2 -m "not slow and not browser"

coverage: .venv/.test browser ## The whole suite, with branch coverage
	$(PYTEST) -n 2 --dist loadgroup --cov --cov-report=term:skip-covered --cov-fail-under=95

# Debian's Chromium, where we may install it; the suite itself says loudly when it is missing.
browser:
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium fonts-noto-core fonts-noto-cjk; } \
	  || echo "Chromium is missing: the browser tests will NOT be run."

check: .venv/.test ## Everything that can be told without running the suite
	@.venv/bin/python -m tests.checks

TEMPLATES = find . \( -path ./.venv -o -path ./var \) -prune -o -path '*/templates/*.html' -print0

fix: .venv/.test ## Mend what a machine can mend
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	@# Both end with 1 when they mended something; `make check` says what is still wrong.
	@$(TEMPLATES) | xargs -0r .venv/bin/djade --target-version 5.2 || true
	@$(TEMPLATES) | xargs -0r .venv/bin/djhtml --tabwidth 2 || true

bench: .venv/.test ## Measure, and print the table of docs/performance.md
	.venv/bin/python -m benchmarks

messages: .venv/.test ## Gather the translatable texts into locale/
	@.venv/bin/python -m tests.environment messages

openapi: .venv/.test ## Write the description of the API anew: bch_portal/openapi.json
	@SECRET_KEY=none DATABASE_URL=postgres:///none REDIS_URL=redis://none EMAIL_URL=memorymail:// \
	  $(MANAGE) spectacular --format openapi-json --file bch_portal/openapi.json --validate --fail-on-warn

lock: .venv/.test ## Renew requirements.txt and requirements-dev.txt
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  pyproject.toml -o requirements.txt
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --extra dev pyproject.toml -o requirements-dev.txt

clean: ## Remove the embedded databases and everything made from the sources
	rm -rf var .ruff_cache .mypy_cache .hypothesis .import_linter_cache

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "The portal needs Python 3.11 or later (found: $(PYTHON))."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
	  || { echo "Python's venv is missing. On Debian: apt-get install $$(basename $(PYTHON))-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.run: requirements.txt | .venv/.made
	@echo "Installing the locked libraries (only when the list changed; about a minute)"
	$(PIP) -r requirements.txt
	@touch $@

.venv/.test: requirements-dev.txt | .venv/.made
	@echo "Installing the locked libraries and the tools (only when the list changed; about two minutes)"
	$(PIP) -r requirements-dev.txt
	@touch $@ .venv/.run
