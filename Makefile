# The two commands a newcomer needs: `make demo` and `make test`.
SWIFT ?= swift
PREFIX ?= /usr/local
RELEASE = -c release --static-swift-stdlib -Xlinker -s --explicit-target-dependency-import-check error

.PHONY: help test interop release format check

help:
	@sed -n 's/^## //p' Makefile

## make test      runs all unit tests
test:
	$(SWIFT) test --explicit-target-dependency-import-check error

## make format    formats the sources in place
format:
	$(SWIFT) format -i -r -p Package.swift Sources Tests

## make check     format, module table and warnings, as CI checks them
check:
	$(SWIFT) format lint --strict -r -p Package.swift Sources Tests
	Tests/Modules/check
