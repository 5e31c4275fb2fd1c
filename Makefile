# Two commands matter: `make chat` and `make test`. Both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# CPU builds of torch, and of nothing else: no other package has to wait for that index.
TORCH_INDEX := https://download.pytorch.org/whl/cpu
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
# Bytecode is kept, whatever the environment says: without it every process compiles all it imports anew, for seconds.
export PYTHONDONTWRITEBYTECODE :=
# uv is several times as quick; where it finds no index, pip may know a mirror.
install = $(BIN)/uv pip install -q --python $(BIN)/python -c requirements.lock -e '$(1)' </dev/null >&2 \
	|| $(PIP) install --no-compile -c requirements.lock -e '$(1)' </dev/null >&2

# What takes long and seldom changes: of the two fakes, of what must not matter for a verdict, of all injections, and of what
# takes processes of its own.
LONG := tests/fake_discord tests/fake_chat_model tests/evals/test_invariance.py tests/bot/test_injections.py \
	tests/bot/test_injected_names.py tests/bot/test_wheel.py tests/bot/evaluation/test_command.py \
	tests/bot/cogs/test_card_in_parts.py tests/bot/test_restart.py tests/bot/test_streaming.py tests/bot/doctor \
	tests/bot/cogs/test_gap.py::test_a_button_works_after_a_restart_as_far_as_discord_tells_what_was_asked \
	tests/bot/cogs/test_privacy.py::test_the_buttons_work_after_a_restart_and_nothing_is_left_in_the_file \
	tests/bot/cogs/test_settings.py::test_settings_and_panels_outlive_a_restart_and_go_with_the_bot \
	tests/bot/cogs/test_retention.py::test_a_bot_that_starts_deletes_what_is_old \
	tests/bot/test_client.py::test_the_bot_keeps_knocking_until_discord_opens \
	tests/bot/test_client.py::test_a_bot_that_cannot_reach_discord_can_be_stopped \
	tests/bot/test_client.py::test_a_token_that_is_withdrawn_ends_the_bot \
	tests/bot/test_main.py::test_a_damaged_file_of_gaps_costs_no_reply \
	tests/bot/test_main.py::test_a_lesson_that_is_ingested_is_the_one_in_use \
	tests/bot/cogs/test_settings.py::test_a_broken_database_costs_no_more_than_the_change \
	tests/bot/cogs/test_privacy.py::test_a_broken_database_is_told_and_a_mended_one_works

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
	$(BIN)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder $(addprefix --deselect ,$(LONG))

more: $(VENV)/installed-dev
	$(BIN)/python -m pytest -q -n 2 --dist loadfile $(LONG)

# With our own lesson, whatever lesson is in use elsewhere.
eval: $(VENV)/installed-dev
	@DATA_DIR=.cache $(BIN)/python -m tests.evals

# Commits to what is measured: the tests fail where a score falls below it.
scores: $(VENV)/installed-dev
	@DATA_DIR=.cache $(BIN)/python -m tests.evals --commit

# Trains the reader on our sentences anew (some hours); commit the result together with the sentences.
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
	@echo "Installing (a minute or two, once) …" >&2
	@$(PIP) install --no-compile --retries 1 -c requirements.lock --no-deps --extra-index-url $(TORCH_INDEX) torch </dev/null >&2
	@$(PIP) install --no-compile -c requirements.lock uv </dev/null >&2
	@$(call install,.)
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@$(call install,.[dev])
	@touch $@
