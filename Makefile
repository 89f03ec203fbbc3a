# `make` alone lists what there is.

SHELL := /bin/bash
SWIFT ?= swift
# debug builds several times faster, release runs several times faster.
CONFIGURATION ?= debug
CORDON = .build/$(CONFIGURATION)/cordon
SOURCES = Package.swift Sources Tests
# Most tests wait for servers. Without a bound all of them start at the same moment, and those that are about deadlines miss theirs.
TESTS_AT_ONCE ?= 2

# Requests to this machine never go through a proxy.
export NO_PROXY := localhost,127.0.0.1,::1
export no_proxy := $(NO_PROXY)

.DEFAULT_GOAL := help
.PHONY: help bootstrap bootstrap-for-tests build verifier up test format lint bench verify-two-brand audit-brand-id-inserts audit-brand-id-rw torture simulate clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

bootstrap: ## Install what this machine lacks (apt, as root or with sudo)
	@scripts/bootstrap

bootstrap-for-tests:
	@scripts/bootstrap --tests

build: bootstrap ## Compile
	$(SWIFT) build --configuration $(CONFIGURATION) --product cordon
	$(SWIFT) build --configuration $(CONFIGURATION) --product cordon-verify
	@git rev-parse --short=12 HEAD 2>/dev/null > $(CORDON).commit || rm -f $(CORDON).commit

verifier: bootstrap ## Compile cordon-verify, optimised, into one file without Swift's libraries
	$(SWIFT) build --configuration release --product cordon-verify --static-swift-stdlib
	@echo .build/release/cordon-verify

up: build ## Start everything on this machine, play the two-brand demo, stay up until Ctrl-C
	@exec $(CORDON) up --demo

test: bootstrap-for-tests lint ## Compile with warnings as errors, check the format, run every test
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --experimental-maximum-parallelization-width $(TESTS_AT_ONCE)

format: ## Rewrite the sources in the project's format
	$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

lint: ## Check the format, and the shell scripts where shellcheck is installed
	$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)
	@if command -v shellcheck >/dev/null; then shellcheck scripts/bootstrap scripts/simulate scripts/torture .ci/run; fi

bench: bootstrap ## Run every benchmark and print its figures
	@set -e; for run in benchmarks/*/run; do echo "== $$run"; "$$run"; done

# Where `make up` keeps what the commands need to know of the stack.
STACK = .cordon/cordon.env

verify-two-brand: build ## Run the two-brand harness against the stack that `make up` started
	$(CORDON) brand seed-two --config $(STACK)
	$(CORDON) verify two-brand --config $(STACK)

audit-brand-id-inserts: build ## Check that every INSERT of the sources names its brand
	@$(CORDON) audit sql --only inserts

audit-brand-id-rw: build ## Check that every SELECT, UPDATE and DELETE of the sources is held to a brand
	@$(CORDON) audit sql --only rw

torture: bootstrap ## Kill the servers under load, send malformed requests; CORDON_TORTURE_SECONDS, CORDON_TORTURE_SEED
	@scripts/torture

simulate: bootstrap ## Play random histories of wallet commands against a model; CORDON_SIMULATION_SEEDS, CORDON_SIMULATION_SEED
	@scripts/simulate

clean: ## Remove what was built; data in .cordon stays
	$(SWIFT) package clean
