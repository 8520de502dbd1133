# make demo: try it.  make test: everything that must hold.  make help: the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO ?= demo

# What is compiled once starts at once, hundreds of times in the tests; some machines have this off.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test quick kill failures together hostile fuzz model parts corpus lint generate bench population providers portfolio installer page site clean

help:
	@echo "make demo      an example workbook, checked, its triggers computed, its documents made, in $(DEMO)/"
	@echo "make test      style, types, generated pages and the whole test suite"
	@echo "make quick     the tests of the inner loop, in less than a minute"
	@echo "make kill      kills 500 real runs at random moments; each workbook must be the old or the new one"
	@echo "make failures  has 1,000 calls to the system fail in real runs; every word must be true of what the disk holds"
	@echo "make hostile   300 presses in a LibreOffice in which somebody dies or comes between; takes about an hour"
	@echo "make together starts 200 times two or three runs at once, each with another clock; nothing may be lost or left"
	@echo "make fuzz      reads and changes 100,000 workbooks made wrong: none may be damaged, nothing may fail without words;"
	@echo "               100,000 more whose parts, relationships, tables, names and cells have changed places"
	@echo "make model     changes workbooks in 5,000 random ways; all readers must see what a plain model of them holds;"
	@echo "               takes 500 random runs back and makes them again; every cell must come back"
	@echo "make corpus    changes all the foreign files in every way; other programs must see just what was put in"
	@echo "make parts     builds the two parts that others may want as wheels of their own, and tests each alone"
	@echo "make lint      style and types alone"
	@echo "make generate  writes the generated reference pages anew"
	@echo "make bench     measures speed and memory, beside other libraries doing the same"
	@echo "make population judges the rules on 200 simulated programmes of each kind; takes hours (TIMES=20 for a look)"
	@echo "make providers writes 1,000 simulated providers' workbooks, twenty of them spoilt, into build/providers (N=100 for fewer)"
	@echo "make portfolio makes a portfolio of them by a pool and by Dask, somebody killed in each, and holds them against another"
	@echo "make installer writes the installer for Windows into dist/ (needs NSIS and a package index)"
	@echo "make page      writes the page for a browser, which needs nothing installed, into dist/ (needs npm and a package index)"
	@echo "make site      builds the project's site into dist/site, with that page and an empty workbook; fails on a dead link"
	@echo "make clean     removes the environment and everything made"

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or later is needed: make PYTHON=python3.12')"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	$(BIN)/python -m compileall -q workbook addin
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --editable '.[dev]' || \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: $(VENV)/.installed
	$(BIN)/champions demo $(DEMO)

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python tools/generate.py --check & made=$$!; $(BIN)/mypy; typed=$$?; wait $$made && exit $$typed

# A third worker uses the cores while two wait for an office program.
test: lint
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder --durations=60

# The inner loop: no office program, no foreign files, no long search.
quick: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/python -m pytest -q -n 2 -m "not (libreoffice or installer or browser or wine or corpus or long or slow)"

kill: $(VENV)/.installed-dev
	$(BIN)/python -m tests.support.killing --times 500

failures: $(VENV)/.installed-dev
	$(BIN)/python -m tests.support.failures --times 1000

# A Python that speaks UNO drives LibreOffice; the program runs in our own.
OFFICE_PYTHON ?= /usr/bin/python3

hostile: $(VENV)/.installed-dev
	$(OFFICE_PYTHON) -m tests.support.hostile --python $(BIN)/python --times 300

together: $(VENV)/.installed-dev
	$(BIN)/python -m tests.support.together --times 200

fuzz: $(VENV)/.installed-dev
	$(BIN)/python -m tests.support.fuzzing --times 100000
	$(BIN)/python -m tests.support.swapping --times 100000

model: $(VENV)/.installed-dev
	CHAMPIONS_EXAMPLES=5000 $(BIN)/python -m pytest tests/addin/lossless/test_model.py tests/addin/hosts/file/test_undo_sequences.py

parts: $(VENV)/.installed-dev
	$(BIN)/python tools/parts.py lossless calc

corpus: $(VENV)/.installed-dev
	CHAMPIONS_WHOLE_CORPUS=1 CHAMPIONS_REQUIRE_ALL=1 $(BIN)/python -m pytest -n 2 -m corpus

generate: $(VENV)/.installed-dev
	$(BIN)/python tools/generate.py

bench: $(VENV)/.installed-dev
	$(BIN)/python bench/run.py
	$(BIN)/python bench/office.py
	$(BIN)/python bench/calc.py
	$(BIN)/python bench/resident.py
	$(BIN)/python bench/live.py
	$(BIN)/python bench/intake.py

TIMES ?= 200

population: $(VENV)/.installed-dev
	$(BIN)/python -m bench.population --programmes $(TIMES) --planted $(TIMES) --seed 20000

N ?= 1000
PROVIDERS ?= build/providers

providers: $(VENV)/.installed-dev
	$(BIN)/python -m bench.portfolio make $(N) $(PROVIDERS)

portfolio: $(VENV)/.installed-dev
	$(BIN)/python -m bench.portfolio prove $(PROVIDERS)

installer: $(VENV)/.installed-dev
	$(BIN)/python tools/installer.py

page: $(VENV)/.installed-dev
	$(BIN)/python tools/page.py

site: page
	$(BIN)/python tools/project_site.py

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
