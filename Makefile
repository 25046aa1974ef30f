# Every command sets up what it needs, on a machine with Python 3.11 or newer, make and a POSIX shell.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
DATA_DIR ?= .local
SITE_URL ?= https://forum-cai.example
MODE ?=
ONLY ?=
PACKAGE_PYTHON ?= python3.13
FOR ?= closed
STAGE ?=
CHECK ?= yes

bin := .venv/bin
shipped := backend/chalicelib
sources := $(shell find docs overrides hooks $(shipped) -type f -not -path '*/web/shell/*' -not -name '*.pyc' -not -name '*.mo' -not -name '*.pot')
packaged := $(shell find infra backend/.chalice -type f -not -name '*.pyc') backend/app.py
catalogues := $(shell find $(shipped)/words/locale -name '*.po')
node := requirements/node/node_modules
# They let every call of every step go wrong once, which is not for each change.
boundaries := $(wildcard tests/store/test_*boundaries.py)
install = $(1)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(2)

export PYTHONPATH := backend:.
export NO_MKDOCS_2_WARNING := 1

.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help run test full check site sheets package deploy destroy restore rotate bench images office messages links translations audit mutants lock always

help: ## list this
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 14

run: .venv/run build/demonstration.built ## serve everything at one address: PORT, HOST, DATA_DIR
	@exec $(bin)/python -m local --host $(HOST) --port $(PORT) --data-dir "$(DATA_DIR)"

test: check build/package.made .venv/browser $(node)/html ## run every kind of test, browser included
	$(bin)/pytest -n 2 -m "not full" $(boundaries) $(filter-out tests/unit/ tests/store/,$(sort $(dir $(wildcard tests/*/test_*.py))))

full: test ## run them, then the complete matrices
	$(bin)/pytest -n 2 -m full

check: .venv/test build/demonstration.built .venv-ministack/made ## run the fast gate: format, lint, imports, types, words, unit and store tests
	$(bin)/ruff format --check .
	$(bin)/ruff check .
	$(bin)/lint-imports --config pyproject.toml
	$(bin)/mypy
	$(bin)/pytest -n 2 tests/unit tests/store $(boundaries:%=--ignore=%)

site: .venv/test build/site.built ## build the site into build/site and check it: SITE_URL, MODE (else as in facts.toml)
	@CHECKED_SITE=build/site $(bin)/pytest tests/site/test_pages.py tests/site/test_languages.py tests/site/test_typed_facts.py

sheets: .venv/browser build/site.built ## print the fact sheet of each language as PDF into build/sheets: SITE_URL, MODE
	@$(bin)/python -m hooks.sheets build/site build/sheets

package: build/package.made ## make zip of the functions and template of the stack in build/package, linted: PACKAGE_PYTHON, FOR=site

deploy: .venv/test $(if $(filter yes,$(CHECK)),check) ## bring a stage to AWS, or say what is missing for it: STAGE=preview, YES=1, CHECK=no
	@[ "$(CHECK)" = yes ] || echo "Not checked before: CHECK=$(CHECK)"
	@$(bin)/python -m infra.deploy "$(STAGE)"

destroy: .venv/test ## take away a stage that holds nobody's data: STAGE=preview, YES=1
	@$(bin)/python -m infra.destroy "$(STAGE)"

restore: .venv/test ## bring the table of a stage back, without who was erased since: STAGE=prod, TO=2026-11-21T09:00+01:00, YES=1
	@$(bin)/python -m infra.restore "$(STAGE)"

rotate: .venv/test ## make a new key for a stage: STAGE=prod, PURPOSE=links, sign-in, limits or pointers, DROP=yes to end what older ones signed, YES=1
	@$(bin)/python -m infra.rotate "$(STAGE)"

bench: .venv/test build/demonstration.built build/package.made .venv-ministack/made .venv-peers/made .venv/browser $(node)/lighthouse ## measure what bench/RESULTS.md says, beside its peers, in about two hours: ONLY="weight start"
	@$(bin)/python -m bench $(ONLY)

office: .venv/run ## do by command, beside make run, what staff do at the desk: DO="letters", DO="sessions" or DO="plan FILE.csv"
	@set -a && . "$(DATA_DIR)/service.env" && $(bin)/python backend/office.py $(DO)

images: .venv/test .venv/browser build/words ## draw docs/<language>/share.png and the icons anew, after a change of the mark or of what they say
	$(bin)/python -m hooks.images

messages: .venv/run ## update the catalogues from the code
	$(bin)/python -m hooks.messages

links: .venv/run ## ask every address in links.toml whether it still answers (needs internet)
	@$(bin)/python -m hooks.visit

translations: .venv/run ## say what is missing or older than the English, and write build/translations.html: STAMP=fr/contact, CHECKED=fr/contact, MINOR=contact
	@$(bin)/python -m hooks.translations --stamp "$(STAMP)" --checked "$(CHECKED)" --minor "$(MINOR)"

audit: .venv-audit/made ## ask for advisories about every locked package (needs internet)
	@$(call system,npm --version,npm,npm for the audit of what it installs)
	@.venv-audit/bin/python -m hooks.audit

mutants: .venv-mutants/made build/words build/demonstration.built ## change domain/ and usecases/ in small steps and name those that no test notices, in an hour or two: ONLY="chalicelib.domain.days*"
	@.venv-mutants/bin/python -m hooks.mutants $(ONLY)

lock: .venv/test ## write the locks anew
	$(bin)/python -m hooks.lock

build/words: .venv/run $(catalogues)
	@mkdir -p build
	@$(bin)/pybabel --quiet compile --domain cai --directory $(shipped)/words/locale
	@touch $@

# A different mode or address is a different site.
build/demonstration.built: wanted = http://127.0.0.1:8000 demonstration
build/closed.built: wanted = $(SITE_URL) closed
build/site.built: wanted = $(SITE_URL) $(MODE)
build/%.built: $(sources) mkdocs.yml .venv/run build/words build/%.wanted
	@echo "Building the site into build/$*"
	@set -- $(wanted); CAI_SITE_URL=$$1 CAI_MODE=$${2-} $(bin)/mkdocs build --strict --site-dir build/$*.new
	@rm -rf build/$*.old && { [ ! -d build/$* ] || mv build/$* build/$*.old; } && mv build/$*.new build/$* && rm -rf build/$*.old && touch $@

.PRECIOUS: build/%.wanted
build/%.wanted: always
	@mkdir -p $(@D) && echo "$(wanted)" | cmp -s - $@ || echo "$(wanted)" > $@

# Pure Python, but for what has wheels for the processor of the functions.
build/vendor.made: backend/requirements.txt .venv/run
	@echo "Fetching what ships with the functions (once)"
	@rm -rf build/vendor && mkdir -p build && $(call install,.venv,backend/requirements.txt) --no-compile --target build/vendor \
	  --only-binary=:all: --implementation cp --python-version 3.13 --platform manylinux2014_aarch64 --platform any && touch $@

# Packaged for one site it is not the package of another.
build/package.made: wanted = $(FOR)
build/package.made: build/package.wanted $(sources) $(packaged) build/vendor.made build/words build/demonstration.built build/$(FOR).built .venv/test
	@echo "Packaging the functions into build/package"
	@$(bin)/python -m infra.package build/vendor build/$(FOR) build/package $(PACKAGE_PYTHON)
	@$(bin)/cfn-lint build/package/sam.json && touch $@

.venv/made:
	@echo "Making a Python environment in .venv"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	@$(PYTHON) -m venv .venv && touch $@

.venv/run: .venv/made requirements/run.txt
	@echo "Installing what the service needs (once, about a minute)"
	@$(call install,.venv,requirements/run.txt) && touch $@

.venv/test: .venv/run requirements/test.txt
	@echo "Installing what the tests need (once)"
	@$(call install,.venv,requirements/test.txt) && touch $@

.venv-audit/made: requirements/audit.txt
	@$(PYTHON) -m venv .venv-audit && $(call install,.venv-audit,requirements/audit.txt) && touch $@

.venv-mutants/made: requirements/mutants.txt
	@$(PYTHON) -m venv .venv-mutants && $(call install,.venv-mutants,requirements/mutants.txt) && touch $@

.venv-ministack/made: requirements/ministack.txt
	@echo "Installing the second database engine for tests (once)"
	@$(PYTHON) -m venv .venv-ministack && $(call install,.venv-ministack,requirements/ministack.txt) && touch $@

.venv-peers/made: requirements/peers.txt
	@echo "Installing what the bench measures beside ours (once)"
	@$(PYTHON) -m venv .venv-peers && $(call install,.venv-peers,requirements/peers.txt) && touch $@

.venv/browser: .venv/test
	@$(call system,chromium-headless-shell --version || chromium --version,chromium-headless-shell,Chromium for the browser tests)
	@touch $@

# What asks whether it is there, Debian's package of it, and what it is and for what.
define system
{ $(1); } >/dev/null 2>&1 || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "Installing $(3) (once)" \
  && apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(2) >/dev/null; } \
  || { echo "Missing: $(3). Install your system's package $(2), then run this again"; exit 1; }
endef

# Tests need the dependencies of package.json only; the rest is for `make bench`.
$(node)/html: requirements/node/package-lock.json
	@$(call system,npm --version,npm,npm for the HTML checker)
	@$(call system,java -version,default-jre-headless,Java for the HTML checker)
	@echo "Installing the HTML checker (once)"
	@cd requirements/node && npm ci --omit=dev --loglevel=error && touch node_modules/html

# All of package.json, so the HTML checker is there too.
$(node)/lighthouse: $(node)/html
	@echo "Installing Lighthouse (once)"
	@cd requirements/node && npm ci --loglevel=error && touch node_modules/html node_modules/lighthouse
