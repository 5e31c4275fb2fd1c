# Two commands matter: `make chat` and `make test`. Both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# CPU builds of torch, and of nothing else: no other package has to wait for that index.
TORCH_INDEX := https://download.pytorch.org/whl/cpu
PIP := $(BIN)/python -m pip --disable-pip-version-check -q

# What takes long and seldom changes: of the two fakes, of what must not matter for a verdict, of all injections, and of what
# takes processes of its own.
LONG := tests/fake_discord tests/fake_chat_model tests/evals/test_invariance.py tests/bot/test_injections.py \
	tests/bot/test_injected_names.py tests/bot/test_wheel.py tests/bot/evaluation/test_command.py \
	tests/bot/cogs/test_card_in_parts.py tests/bot/test_restart.py tests/bot/test_streaming.py tests/bot/doctor

.PHONY: chat test more eval scores reader lock clean

chat: $(VENV)/installed
	@$(BIN)/python -m bot chat

# The store that the tests share is built meanwhile, once for both processes.
test: $(VENV)/installed-dev
	@DATA_DIR=.cache $(BIN)/python -m bot compare > /dev/null & store=$$!; \
	set -ex; \
	$(BIN)/ruff format --check .; \
	$(BIN)/ruff check .; \
	$(BIN)/mypy; \
	$(BIN)/lint-imports; \
	wait $$store
	$(BIN)/python -m pytest -q -n 2 --dist loadfile $(addprefix --ignore ,$(LONG))

more: $(VENV)/installed-dev
	$(BIN)/python -m pytest -q -n 2 --dist loadfile $(LONG)

# With our own lesson, whatever lesson is in use elsewhere.
eval: $(VENV)/installed-dev
	@DATA_DIR=.cache $(BIN)/python -m tests.evals

# Commits to what is measured: the tests fail where a score falls below it.
scores: $(VENV)/installed-dev
	@DATA_DIR=.cache $(BIN)/python -m tests.evals --commit

# Trains the reader on our sentences anew (a quarter to half an hour); commit the result together with the sentences.
reader: $(VENV)/installed-dev
	$(BIN)/python -m knowledge.training

lock: $(VENV)/installed-dev
	$(PIP) freeze --exclude-editable | grep -v ' @ ' | sed 's/^torch==\([0-9.]*\).*/torch==\1/' > requirements.lock

clean:
	rm -rf $(VENV)

$(VENV)/bin/python:
	@echo "Setting up $(VENV) …" >&2
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/python pyproject.toml requirements.lock
	@echo "Installing (a few minutes, once) …" >&2
	@$(PIP) install --no-compile -c requirements.lock --no-deps --extra-index-url $(TORCH_INDEX) torch </dev/null >&2
	@$(PIP) install --no-compile -c requirements.lock -e . </dev/null >&2
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@$(PIP) install --no-compile -c requirements.lock -e '.[dev]' </dev/null >&2
	@touch $@
