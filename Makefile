# The few commands everyone needs. `make` alone lists them.

PYTHON := .venv/bin/python
WORKERS ?= auto
REGIME ?= duk_2016

.PHONY: help run demo test check bench docs requirements audit environment-run environment-dev

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-14s%s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: environment-run  ## six demo campaigns on SQLite and their pages at http://127.0.0.1:8000
	.venv/bin/kiemdiem serve --demo

demo: environment-run  ## one whole campaign, told in the terminal; REGIME=tkv_2018, bg_2019, duk_2016, cdtkv_2020, stc_2024 or qd366_2025
	.venv/bin/kiemdiem demo --regime $(REGIME)

test: environment-dev  ## every test, on SQLite and on PostgreSQL
	$(PYTHON) -m pytest -n $(WORKERS) --dist loadgroup

check: environment-dev  ## what CI runs: format, lint, types, imports, printed pages, tests
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m ruff check
	$(PYTHON) -m mypy
	.venv/bin/lint-imports
	.venv/bin/kiemdiem docs --check
	$(PYTHON) -m pytest -n $(WORKERS) --dist loadgroup

bench: environment-dev  ## side-by-side measurements; prints ratios
	$(PYTHON) -m bench.run

docs: environment-dev  ## prints the pages in docs/ that come from the code
	.venv/bin/kiemdiem docs

requirements: COMPILE = UV_CUSTOM_COMPILE_COMMAND="make requirements" uv pip compile --quiet --universal \
	--python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate pyproject.toml requirements/build.in
requirements:  ## pins every package anew with its hashes (needs uv; add UPGRADE=--upgrade for newer ones)
	$(COMPILE) $(UPGRADE) -o requirements/run.txt
	$(COMPILE) $(UPGRADE) --group dev -c requirements/run.txt -o requirements/dev.txt

audit:  ## weaknesses known of the pinned packages; asks the advisories of PyPI, so it needs the internet
	python3 -m venv var/audit
	var/audit/bin/python -m pip install --quiet pip-audit
	var/audit/bin/pip-audit --strict --require-hashes --disable-pip -r requirements/run.txt

environment-run:
	@sh setup/environment.sh run

environment-dev:
	@sh setup/environment.sh dev
