# Two commands do everything: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
export QT_LOGGING_RULES ?= qt.qpa.plugin=false

WORKERS := $(shell n=$$(nproc 2>/dev/null || echo 2); n=$$((n + 1)); if [ $$n -lt 3 ]; then n=3; elif [ $$n -gt 5 ]; then n=5; fi; echo $$n)
# Each worker has a PostgreSQL and windows of its own and often waits, so there is one more than cores; more than five take each other's disk.

AGAIN := --reruns 1 --only-rerun "TimeoutError: waitUntil" --only-rerun "a window kept a test waiting"
# A window that waited in vain beside other windows is asked once more and told of as R in the summary; nothing else is run twice.

.PHONY: setup system run test check papers guide bench bench-sync bench-load soak deb test-deb clean

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更高版本 / Python 3.11+ is needed"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

system:
	@sh installer/system-packages.sh window

run: setup system
	@sh installer/run.sh $(BIN)/python

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check
	@sh installer/system-packages.sh tests
	@if command -v xvfb-run >/dev/null; then \
	  xvfb-run -a -s "-screen 0 1400x900x24" env QT_QPA_PLATFORM=xcb $(BIN)/pytest -q $(AGAIN) tests/ui/test_journey.py tests/ui/test_two_windows.py tests/ui/test_real_input_method.py tests/ui/walks; \
	else QT_QPA_PLATFORM=offscreen $(BIN)/pytest -q $(AGAIN) tests/ui/test_journey.py tests/ui/test_two_windows.py tests/ui/test_real_input_method.py tests/ui/walks; fi
	QT_QPA_PLATFORM=offscreen $(BIN)/pytest -n $(WORKERS) $(AGAIN) --dist loadfile --no-loadscope-reorder --ignore=tests/ui/test_journey.py --ignore=tests/ui/test_two_windows.py --ignore=tests/ui/test_real_input_method.py --ignore=tests/ui/walks

papers: setup
	$(BIN)/python -m tests.documents.beside

bench: setup system
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.bench

bench-sync: setup
	@sh installer/system-packages.sh tests
	@if command -v npm >/dev/null; then mkdir -p build/pouch && cp tests/bench/pouch/* build/pouch/ && \
	  (cd build/pouch && npm install --silent --no-audit --no-fund --ignore-scripts >/dev/null); fi
	LIAISON_POUCH=$(CURDIR)/build/pouch $(BIN)/python -m tests.bench.sync $(SIZE)

bench-load: setup
	@sh installer/system-packages.sh tests
	$(BIN)/python -m tests.bench.load

soak: setup
	LIAISON_KILL_ROUNDS=200 LIAISON_REPLY_KILLS=50 LIAISON_EVERY_FIELD=1 LIAISON_WALK_STEPS=200000 LIAISON_CHANGE_STEPS=20000 LIAISON_ROWS_EXAMPLES=500 LIAISON_HYPOTHESIS=soak LIAISON_TORTURE=whole QT_QPA_PLATFORM=offscreen $(BIN)/pytest tests/store/test_kill.py tests/ui/test_reply_pages.py tests/ui/test_real_input_method.py tests/unit/test_walk.py tests/unit/test_changing_rules.py tests/sync/test_rows.py tests/documents/test_torture.py
	LIAISON_HYPOTHESIS=soak LIAISON_MODEL_STEPS=2000 LIAISON_MODEL_SEEDS=1:50 QT_QPA_PLATFORM=offscreen $(BIN)/pytest -n $(WORKERS) -rA tests/sync/test_model.py
	LIAISON_YEAR_CASES=20000 $(BIN)/pytest tests/journeys/test_demo_year.py
	LIAISON_KILL_SYNC=100 QT_QPA_PLATFORM=offscreen $(BIN)/pytest tests/sync/test_faults_desk.py
	LIAISON_SOAK_ROUNDS=200 LIAISON_SOAK_SECONDS=20 LIAISON_SOAK_DESKS=10 QT_QPA_PLATFORM=offscreen $(BIN)/pytest -n 4 -s tests/sync/test_soak.py
	LIAISON_SOAK_ROUNDS=3 LIAISON_SOAK_FIRST=1001 LIAISON_SOAK_SECONDS=300 LIAISON_SOAK_DESKS=10 QT_QPA_PLATFORM=offscreen $(BIN)/pytest -s tests/sync/test_soak.py

guide: setup
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.ui.guide

deb:
	@sh installer/deb/build.sh

test-deb:
	@sh installer/deb/try.sh

clean:
	rm -rf out build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache *.egg-info
