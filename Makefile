# The two commands: `make run` and `make test`. Both set up what they need, in .venv and node_modules.

PY ?= python3
BIN := .venv/bin
LOCK := $(BIN)/uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-header
SETUP := @$(PY) tools/setup.py
# Pages only: the lines of a mail are its words.
DJADE := find templates -name "*.html" -print0 | xargs -0 $(BIN)/djade
BIOME := $(BIN)/python tools/node.py node tools/biome.mjs
# Whoever kills make -9 means the whole of it.
WITH_MAKE := $(shell command -v setpriv >/dev/null && echo setpriv --pdeathsig TERM)

STATED = $(shell sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
IMAGE ?= leaderboard
OUTPUT ?= type=oci,dest=leaderboard.oci.tar
SOURCE ?= $(shell git config --get remote.origin.url)

# Many processes start here, and the others read what the first has compiled.
export PYTHONDONTWRITEBYTECODE =

.PHONY: help run test soak lint fmt words shots bench release backup restore sbom image lock clean node_modules

help:                ## these lines
	@sed -n 's/^\([a-z_]*\):.*## /\1\t/p' Makefile | expand -t 14

run:                 ## the whole product on http://127.0.0.1:8000 (PORT=8001 elsewhere; DEMO=0 empty, and remembered)
	$(SETUP)
	@$(WITH_MAKE) $(BIN)/python -m leaderboard.local

test:                ## every test, with a real database, broker, worker and browser (ARGS=tests/rules some of them)
	$(SETUP) --dev
	@$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

soak:                ## the tests with large numbers and heavy judges
	$(SETUP) --soak
	@$(BIN)/python -m pytest -m soak $(ARGS)

lint:                ## what a machine can say about code, templates, scripts and sheets
	$(SETUP) --dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djlint --quiet --lint templates
	@$(DJADE) --check
	@$(BIOME)
	@$(BIN)/mypy

fmt:                 ## write the code the way lint wants it
	$(SETUP) --dev
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format .
	@$(DJADE) || true  # it fails where it has written something
	@$(BIOME) --write

words:               ## new strings into the catalogues of teams/locale, and what is left to translate
	$(SETUP) --dev
	@$(BIN)/python tools/words.py

shots:               ## pictures of every page into pictures/
	$(SETUP) --soak
	@$(BIN)/python -m tests.shots

bench:               ## the benchmarks; their last results are in bench/
	$(SETUP) --dev
	@$(BIN)/python -m bench

sbom:                ## the bill of materials of servers and pages, as CycloneDX, into sbom.json
	$(SETUP) --dev
	@$(BIN)/python tools/sbom.py sbom.json

release:             ## the next version: its number and date, a bill of materials, a commit and a tag (VERSION=0.2.0)
	$(SETUP) --dev
	@$(BIN)/python tools/release.py $(VERSION)

backup:              ## a backup of what `make run` runs, into var/backups, tried out by restoring it
	$(SETUP)
	@$(BIN)/python manage.py backup --verify

restore:             ## a backup in its place (FILE=var/backups/…); what was there stays under another name
	$(SETUP)
	@$(BIN)/python manage.py restore $(FILE)

image:               ## one image for amd64 and arm64, by Docker's buildx, into a file (OUTPUT=type=registry to IMAGE's registry)
	@docker buildx build --platform=linux/amd64,linux/arm64 --provenance=mode=max --sbom=true \
		--label=org.opencontainers.image.version=$(STATED) \
		--label=org.opencontainers.image.revision=$(shell git rev-parse HEAD) \
		--label=org.opencontainers.image.source=$(SOURCE) \
		--label=org.opencontainers.image.licenses=Apache-2.0 \
		--tag=$(IMAGE):$(STATED) --output=$(OUTPUT) --metadata-file=image.json .

lock:                ## new versions into the lock files
	$(SETUP) --dev
	@$(LOCK) --upgrade pyproject.toml -o requirements.lock
	@$(LOCK) --upgrade --group dev pyproject.toml -o requirements-dev.lock
	@$(BIN)/python tools/node.py npm update --package-lock-only

node_modules:        ## only what the pages need of npm's packages
	$(SETUP)

clean:               ## remove what was set up; the data in var/ stay
	rm -rf .venv node_modules
