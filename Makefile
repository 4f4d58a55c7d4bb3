# Python 3.11 to 3.13, make and pip are all that is needed; everything else goes into .venv.
PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11 python,$(shell \
	$(name) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	&& echo $(name))))
BIN := .venv/bin
READY := .venv/.ready

.PHONY: help report test test-browser soak check-vectors lock clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

report: $(READY) ## render the Luoyang report for the newest complete year into reports/
	@$(BIN)/lyanalysis render

test: $(READY) ## check style and types, run every test that needs no browser
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m pytest -m "not browser and not soak"

test-browser: $(READY) ## open the page in headless Chromium (needs chromium on the PATH)
	$(BIN)/python -m pytest -m browser

soak: $(READY) ## the long counts: every region, every year, both languages
	$(BIN)/python -m pytest -m soak

check-vectors: $(READY) ## run a file of worked answers: make check-vectors VECTORS=FILE
	@test -n "$(VECTORS)" || { echo "name the file: make check-vectors VECTORS=FILE" >&2; exit 2; }
	@$(BIN)/python tests/check_vectors.py "$(VECTORS)"

lock: ## renew requirements.lock (the only target that needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --upgrade --group dev pyproject.toml -o requirements.lock

clean: ## remove the environment and caches; reports stay
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { \
		echo "Python 3.11, 3.12 or 3.13 was not found; name it: make PYTHON=/path/to/python" >&2; \
		exit 2; }
	@echo "Preparing .venv with $(PYTHON) (about 900 MB, once)"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
