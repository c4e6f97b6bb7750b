# Two commands are all a new user needs: `make app` and `make test`.
# The first Python that really runs and is new enough (a name on the PATH alone proves nothing).
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3.14 python3; do \
	$$p -c '$(NEW_ENOUGH)' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
UV_VERSION := 0.13.9
PORT ?= 8501
export ANONYMIZED_TELEMETRY := False

.PHONY: app test quick check lint types layers lock docs screenshots measured clean

app: $(VENV)/.app ## set up and open the web UI on http://localhost:8501
	$(BIN)/python -m streamlit run app.py --server.port $(PORT)

test: $(VENV)/.dev lint types layers ## set up and run everything
	sh tests/system-packages.sh
	$(BIN)/python -m pytest -q -n auto --dist loadfile -m "not browser"
	$(BIN)/python -m pytest -m browser

quick: $(VENV)/.dev ## the quick tests only, under two minutes
	$(BIN)/python -m pytest -q -n auto --dist loadfile -m "not slow and not browser and not office"

check: $(VENV)/.dev lint types layers quick ## what a commit must pass

lint:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types:
	$(BIN)/mypy

layers:
	$(BIN)/lint-imports --no-cache

docs: $(VENV)/.dev ## regenerate what is generated: rule catalogue, command list, findings on the bundled forms
	$(BIN)/python -m tests.generated

screenshots: $(VENV)/.dev ## regenerate docs/images from the running product
	$(BIN)/python -m tests.browser.screenshots

measured: $(VENV)/.dev ## measure quality again and write the tables of the README
	$(BIN)/python -m tests.measured

lock: $(UV) ## compile the exact versions from requirements*.txt
	$(UV) pip compile -q requirements.txt -o requirements.lock --no-header --no-annotate --python-version 3.11
	$(UV) pip compile -q requirements-dev.txt -c requirements.lock -o requirements-dev.lock --no-header --no-annotate --python-version 3.11

# uv installs the lock in seconds where plain pip resolves for minutes.
$(UV):
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更新版本，请先安装，再运行一次。" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION)

$(VENV)/.app: requirements.lock | $(UV)
	$(UV) pip install -q --compile-bytecode --python $(BIN)/python -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.app | $(UV)
	$(UV) pip install -q --compile-bytecode --python $(BIN)/python -r requirements-dev.lock
	@touch $@

clean: ## remove everything that make created (not your data folder)
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
