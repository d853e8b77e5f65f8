# make run    serve the dashboard on http://127.0.0.1:8501 (PORT=9000 to change)
# make test   every check and every test, a real browser included
# make quick  what needs no browser, no database and takes no minutes: the checks and most tests
# make bench  measure scrubbing; writes benchmarks/README.md (BESIDE=DIR: another checkout too)
#             and benchmarks/sizes.md, on atlases 1, 10 and 100 times the shipped one
# make pages  measure page loads and runs; writes benchmarks/pages.md
# make sessions  a hundred readers while films are made; writes benchmarks/sessions.md
# make growth  how the cost of each command grows with the atlas; writes benchmarks/growth.md
# make mutants  3,000 atlases with something changed: what a check calls clean can be used
# make figures  some 180 printed maps to look at, in build/figures (FIGURES=DIR to change)
# make looks  pictures of every tab, at four sizes, light and dark, in build/looks (LOOKS=DIR)
# Needs Python 3.11 or newer. The network is used the first time only.

.DEFAULT_GOAL := run
.PHONY: run test quick bench pages sessions growth mutants figures looks clean

HOST ?= 127.0.0.1
PORT ?= 8501
FIGURES ?= build/figures
LOOKS ?= build/looks
MUTANTS ?= 3000
VENV := .venv
comma := ,
BIN := $(VENV)/bin
PY := $(BIN)/python
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c '$(NEW_ENOUGH)' 2>/dev/null && { echo $$p; break; }; done)
PIP_INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt
# The build backend is installed first, from the pins, so that no unpinned one
# is fetched for an isolated build.
BACKEND := hatchling editables
# The workbench draws; films need ffmpeg: where the system has none, the package that holds one.
EXTRAS := edit$(if $(shell command -v ffmpeg 2>/dev/null),,$(comma)mp4)

run: $(VENV)/.run-ready
	$(PY) -m maps serve --host $(HOST) --port $(PORT)

test: $(VENV)/.test-ready
	$(PY) tests/install.py
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PY) -m maps check
	$(PY) -m maps build --check
	$(PY) -m pytest --numprocesses 2

quick: $(VENV)/.test-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PY) -m maps check
	$(PY) -m pytest --numprocesses 2 -m "not browser and not postgres and not slow"

bench: $(VENV)/.test-ready
	$(PY) tests/install.py chromium
	PYTHONPATH=tests $(PY) benchmarks/scrub.py $(if $(BESIDE),--beside $(BESIDE))
	PYTHONPATH=tests $(PY) benchmarks/sizes.py $(if $(BESIDE),--beside $(BESIDE))

pages: $(VENV)/.test-ready
	$(PY) tests/install.py chromium
	PYTHONPATH=tests $(PY) benchmarks/pages.py

sessions: $(VENV)/.test-ready
	PYTHONPATH=tests $(PY) benchmarks/sessions.py

growth: $(VENV)/.test-ready
	$(PY) benchmarks/growth.py

mutants: $(VENV)/.test-ready
	PYTHONPATH=tests $(PY) benchmarks/mutants.py $(MUTANTS)

figures: $(VENV)/.test-ready
	PYTHONPATH=tests $(PY) benchmarks/figures.py $(FIGURES)

looks: $(VENV)/.test-ready
	$(PY) tests/install.py chromium
	PYTHONPATH=tests $(PY) benchmarks/looks.py $(LOOKS)

clean:
	rm -rf $(VENV) build dist test-results

$(PY):
	@test -n "$(PYTHON)" && $(PYTHON) -c '$(NEW_ENOUGH)' 2>/dev/null || \
		{ echo "Python 3.11 or newer was not found; install it or name it: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) >/dev/null || { rm -rf $(VENV); \
		echo "$(PYTHON) has no working venv module; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

# A stamp is newer than what was installed from; with it in place pip is not called.
$(VENV)/.run-ready: pyproject.toml constraints.txt | $(PY)
	$(PIP_INSTALL) $(BACKEND)
	$(PIP_INSTALL) --no-build-isolation -e '.[$(EXTRAS)]'
	@touch $@

$(VENV)/.test-ready: pyproject.toml constraints.txt | $(PY)
	$(PIP_INSTALL) $(BACKEND)
	$(PIP_INSTALL) --no-build-isolation -e '.[dev,edit,mp4,postgis,cluster]'
	@touch $(VENV)/.run-ready $@
