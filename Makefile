# Everything a newcomer needs: `make run`, then the browser. `make help` lists the rest.
# Settings come from the environment or .env (.env.example has them all); PORT=8080 moves the chat.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
CITY := .venv/city/bin
BOT := .venv/bot/bin
WITH_SETTINGS := $(CITY)/python -m ops.settings
# As the Rasa server runs: for small matrices the threads of BLAS only wait for each other.
ONE_THREAD := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
export RASA_TELEMETRY_ENABLED := false
export PYTHONPATH := $(CURDIR)
unexport PYTHONDONTWRITEBYTECODE
ifdef PORT
export ADUAN_WEB_PORT := $(PORT)
endif

.PHONY: help run chat crm train test check check-telegram check-whatsapp demo demo-telegram demo-whatsapp unit understanding understand bench lock install install-dev clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

run: install ## start everything and print the addresses (PORT=8080, VERBOSE=1)
	@$(CITY)/python -m ops.run $(if $(VERBOSE),--verbose)

chat: install ## talk to the running assistant in this terminal
	@$(CITY)/python -m ops.chat

crm: install ## look at reports and move them on, e.g. make crm ARGS="list" or ARGS="--help"
	@$(WITH_SETTINGS) $(CITY)/python -m crm $(ARGS)

check-telegram: install ## is Telegram set up? says what is wrong and what to do (ARGS=--remove-webhook)
	@$(WITH_SETTINGS) $(CITY)/python -m gateway.telegram.check $(ARGS)

check-whatsapp: install ## is WhatsApp set up, here and at Meta? changes and sends nothing
	@$(WITH_SETTINGS) $(CITY)/python -m gateway.whatsapp.check

demo: install-dev ## fill a store of its own with a plausible month of reports (ARGS="--size 2000", ARGS=--again)
	@$(CITY)/python -m demos.month $(ARGS)

demo-telegram: install-dev ## a scripted citizen on a stand-in Telegram, through the real system
	@$(CITY)/python -m demos telegram

demo-whatsapp: install-dev ## the same on a stand-in WhatsApp
	@$(CITY)/python -m demos whatsapp

train: install ## train the model if the inputs changed
	@$(CITY)/python -m ops.train

test: check train unit ## all checks and all tests

check: install-dev ## style, types, import rules, training data
	@echo '-- ruff' && $(CITY)/ruff check . && $(CITY)/ruff format --check .
	@echo '-- types' && $(CITY)/mypy crm gateway actions ops benchmarks demos && $(BOT)/mypy bot
	@echo '-- import rules' && $(CITY)/lint-imports
	@mkdir -p var
	@echo '-- rasa data validate' && $(WITH_SETTINGS) $(BOT)/python -m rasa data validate --fail-on-warnings \
		--data data/nlu data/rules $(wildcard data/stories) \
		> var/validate.log 2>&1 || { tail -n 40 var/validate.log; exit 1; }

# Both sides run even when the first fails; pytest's own closing lines come last.
unit: install-dev
	@mkdir -p var/log; status=0; \
	$(BOT)/python -m pytest tests/bot 2>&1 | tee var/log/tests-bot.log || status=1; \
	$(CITY)/python -m pytest tests --ignore=tests/bot 2>&1 | tee var/log/tests-city.log || status=1; \
	echo '-- Rasa side, then all the rest:'; \
	tail -n 1 var/log/tests-bot.log; tail -n 1 var/log/tests-city.log; exit $$status

understanding: install-dev train ## measure how well messages are understood; prints and writes docs/understanding.md
	@$(ONE_THREAD) $(BOT)/python -m benchmarks.understanding $(ARGS)

understand: ## what Aduan understands: make -s understand < texts.jsonl > answers.jsonl
	@$(PYTHON) ops/bootstrap.py >&2 && $(CITY)/python -m ops.train >&2
	@$(ONE_THREAD) $(BOT)/python -m bot.nlu 2>/dev/null

bench: install-dev ## measure speed, memory and start-up; prints a table
	@$(WITH_SETTINGS) $(CITY)/python -m benchmarks.turn $(ARGS)

install:
	@$(PYTHON) ops/bootstrap.py

install-dev:
	@$(PYTHON) ops/bootstrap.py --dev

# The Rasa side is resolved for this platform (docs/dependencies.md), the city side for all.
COMPILE := .tools/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
	$(if $(UPGRADE),--upgrade) pyproject.toml
FOR_BOT := --python-version 3.10 --extra bot
FOR_CITY := --universal --python-version 3.11 --extra city

lock: install ## pin the requirements anew from pyproject.toml (UPGRADE=1 for newer versions)
	$(COMPILE) $(FOR_BOT) -o requirements/bot.txt
	$(COMPILE) $(FOR_BOT) --extra bot-dev -c requirements/bot.txt -o requirements/bot-dev.txt
	$(COMPILE) $(FOR_CITY) -o requirements/city.txt
	$(COMPILE) $(FOR_CITY) --extra city-dev -c requirements/city.txt -o requirements/city-dev.txt

clean: ## remove environments, models and caches; data under var/ stays
	rm -rf .venv .tools models .rasa .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
