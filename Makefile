# Everything here needs Python 3.11 or newer and make, nothing else.
.DEFAULT_GOAL := help
.SUFFIXES:
.PHONY: help demo test check format docs bench lock clean

BIN := .venv/bin
INSTALL := $(BIN)/uv pip install --quiet --python $(BIN)/python
PYTEST := $(BIN)/pytest -p no:cacheprovider

help: ## list what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

demo: .venv/.demo ## from a file of leads to booked meetings, on this machine: no account, no key
	@$(BIN)/dealwright demo

test: .venv/.dev ## run every test
	$(PYTEST) -n 2 --dist loadfile

check: .venv/.dev ## format, lint, types, imports, tests and docs: what a change has to pass
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/basedpyright
	$(BIN)/lint-imports
	$(PYTEST) -n 2 --dist loadfile

format: .venv/.dev ## put the code into its form
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

docs: .venv/.dev ## write the page on commands, run every example in README.md and docs/
	$(BIN)/python -m scripts.cli_reference
	$(PYTEST) tests/house/test_docs.py tests/house/test_reference.py

bench: .venv/.benchmarks ## measure, on this machine
	$(BIN)/python -m benchmarks

lock: .venv/.uv ## write requirements/ anew from pyproject.toml
	$(LOCK) --group bootstrap --output-file requirements/bootstrap.txt
	$(LOCK) pyproject.toml --all-extras --group build --group dev --output-file requirements/dev.txt
	$(LOCK) pyproject.toml --extra demo --group build --constraints requirements/dev.txt \
		--output-file requirements/demo.txt
	$(LOCK) pyproject.toml --all-extras --group build --group dev --group benchmarks \
		--constraints requirements/dev.txt --output-file requirements/benchmarks.txt

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-header

clean: ## remove what make has made
	rm -rf .venv .ruff_cache .import_linter_cache .hypothesis

# A stamp says that a set of packages stands in .venv.
.venv/.%: requirements/%.txt pyproject.toml .venv/.uv
	$(INSTALL) --require-hashes --requirement $<
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.uv: requirements/bootstrap.txt
	@python=$$(for name in $(PYTHON) python3.13 python3.12 python3.11 python3; do \
		$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
			&& echo $$name && break; done); \
	if [ -z "$$python" ]; then \
		echo 'Dealwright needs Python 3.11 or newer. Install it, or say where it is:' \
			'make PYTHON=/path/to/python3' >&2; exit 1; fi; \
	test -x $(BIN)/python || $$python -m venv --clear .venv >/dev/null || true; \
	$(BIN)/python -m pip --version >/dev/null 2>&1 \
		|| $(BIN)/python -m ensurepip >/dev/null 2>&1 \
		|| { echo 'This Python comes without pip (ensurepip is missing). On Debian and Ubuntu:' \
			'apt install python3-venv' >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes \
		--requirement $<
	@touch $@
