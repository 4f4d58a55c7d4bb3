# Python 3.11 to 3.13, make and pip are all that is needed; everything else goes into .venv.
PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11 python,$(shell \
	$(name) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	&& echo $(name))))
BIN := .venv/bin
READY := .venv/.ready
BROWSER := .venv/.browser
LAB_HOME := .venv/jupyterlab
LAB_FOLDER := notebooks
LAB_LOCALE := $(LAB_HOME)/settings/@jupyterlab/translation-extension/plugin.jupyterlab-settings
LAB_VIEWERS := $(LAB_HOME)/settings/@jupyterlab/docmanager-extension/plugin.jupyterlab-settings
LAB_NEWS := $(LAB_HOME)/settings/@jupyterlab/apputils-extension/notification.jupyterlab-settings

.PHONY: help report lab test test-browser soak bench bench-indicators bench-report bench-export \
	bench-batch bench-data peers check-vectors lock clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

report: $(READY) ## render the Luoyang report for the newest complete year into reports/
	@$(BIN)/lyanalysis render

# Settings and layout live beside the environment: those of the user's own JupyterLab are neither
# read nor written. A language chosen in its menu stays until LAB_LANGUAGE names another; what this
# project calls zh is zh_CN there. It opens at the start page of that language, which is Markdown
# and is shown, not edited, until the user says otherwise; nor does JupyterLab ask whether it may
# fetch news, which it would over that page.
lab: $(READY) ## open the notebooks in JupyterLab, in Chinese (in English: make lab LAB_LANGUAGE=en)
	@mkdir -p $(dir $(LAB_LOCALE)) $(dir $(LAB_VIEWERS)) $(dir $(LAB_NEWS))
	@test -f $(LAB_LOCALE) -a -z "$(LAB_LANGUAGE)" || \
		echo '{"locale": "$(patsubst zh,zh_CN,$(or $(LAB_LANGUAGE),zh))"}' > $(LAB_LOCALE)
	@test -f $(LAB_VIEWERS) || \
		echo '{"defaultViewers": {"markdown": "Markdown Preview"}}' > $(LAB_VIEWERS)
	@test -f $(LAB_NEWS) || echo '{"fetchNews": "false"}' > $(LAB_NEWS)
	@start=start.$$(grep -q '"locale": *"zh' $(LAB_LOCALE) && echo zh || echo en).md; \
		test -f "$(LAB_FOLDER)/$$start" || start=; \
		JUPYTERLAB_SETTINGS_DIR=$(LAB_HOME)/settings JUPYTERLAB_WORKSPACES_DIR=$(LAB_HOME)/workspaces \
		$(BIN)/jupyter lab "$(LAB_FOLDER)/" --LabApp.default_url=/lab/tree/$$start $(LAB_OPTIONS)

test: $(READY) ## check style and types, run every test that needs no browser
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -m "not browser and not soak" \
		--numprocesses auto --dist loadfile

test-browser: $(BROWSER) ## open the page in headless Chromium (needs chromium on the PATH)
	$(BIN)/python -m pytest -m browser

soak: $(READY) ## the long counts: every region and year, 200 kills, 1,000 hostile texts
	$(BIN)/python -m pytest -m soak

bench: bench-indicators bench-report ## time the indicators, then a whole report

bench-indicators: $(READY) ## time the indicators against plain numpy, and peers after make peers
	@PYTHONPATH=tests OPENBLAS_NUM_THREADS=1 $(firstword $(wildcard .venv-peers/bin/python) $(BIN)/python) \
		-m benchmarks.bench_indicators $(BENCH_OPTIONS)

bench-report: $(READY) ## time a whole report against the stock tools: BENCH_OPTIONS="--repeats 9"
	@$(BIN)/python tests/benchmarks/bench_report.py $(BENCH_OPTIONS)

bench-export: $(BROWSER) ## time the exporters against nbconvert's own (webpdf needs chromium)
	@$(BIN)/python tests/benchmarks/bench_export.py $(BENCH_OPTIONS)

bench-batch: $(BROWSER) ## time many reports against the stock loop: BENCH_OPTIONS="--regions 18"
	@$(BIN)/python tests/benchmarks/bench_batch.py $(BENCH_OPTIONS)

peers: $(READY) ## install the peers of the benchmark apart, beside the environment
	$(BIN)/python -m venv .venv-peers
	@$(BIN)/python -c 'import site; print("import site; site.addsitedir(%r)" % site.getsitepackages()[0])' \
		> $$(echo .venv-peers/lib/python*/site-packages)/environment.pth
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check \
		-r tests/benchmarks/peers.txt

bench-data: $(READY) ## time loading: the shipped data, and made-up packages of growing size
	@$(BIN)/python tests/benchmarks/bench_data.py $(BENCH_OPTIONS)

check-vectors: $(READY) ## run a file of worked answers: make check-vectors VECTORS=FILE
	@test -n "$(VECTORS)" || { echo "name the file: make check-vectors VECTORS=FILE" >&2; exit 2; }
	@$(BIN)/python tests/check_vectors.py "$(VECTORS)"

lock: ## renew requirements.lock (the only target that needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --upgrade --group dev pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --upgrade --group browser -c requirements.lock \
		-o requirements-browser.lock

clean: ## remove the environment and caches; reports stay
	rm -rf .venv .venv-peers .mypy_cache .pytest_cache .ruff_cache

# The lock is complete: without --no-deps older pips look for newer releases of what is asked for
# with extras, and refuse them for want of a hash.
$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { \
		echo "Python 3.11, 3.12 or 3.13 was not found; name it: make PYTHON=/path/to/python" >&2; \
		exit 2; }
	@echo "Preparing .venv with $(PYTHON) (about 1.2 GB, once)"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# The driver of the browser alone takes 170 MB: only those who run these tests have it.
$(BROWSER): requirements-browser.lock $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
		-r requirements-browser.lock
	@touch $@
