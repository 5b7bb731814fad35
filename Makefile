# The two commands a newcomer needs are `make demo` and `make test`.
SWIFT ?= swift
PREFIX ?= /usr/local
CHECKED = --explicit-target-dependency-import-check error
# Without symbols, without tables for unwinding (lean.ld) and of names that nobody looks up at run time, and with the addresses to
# adjust at the start as bits (DT_RELR, glibc 2.36) rather than as 24 bytes each. Equal functions become one.
LEAN = -Xswiftc -use-ld=lld -Xlinker -s -Xlinker --icf=all -Xlinker --gc-sections -Xlinker --no-export-dynamic -Xlinker --no-eh-frame-hdr \
    -Xlinker -T -Xlinker $(CURDIR)/lean.ld -Xlinker -z -Xlinker pack-relative-relocs
APUS = $(CURDIR)/.build/release/apus
ONNXRUNTIME = $$(ls $(CURDIR)/.build/peers-serving/lib/python3*/site-packages/onnxruntime/capi/libonnxruntime.so.*)

.PHONY: help demo test demo-kubernetes interop faults serving images cluster release install check format bench bench-data bench-serving bench-images

help:
	@sed -n 's/^## //p' Makefile

## make demo      builds apus and runs the tour of README: handwritten digits, in a temporary folder
demo: release
	APUS=$(APUS) Examples/digits/demo

## make test      runs the tests
test:
	Tests/install-tools
	Tests/unprivileged $(SWIFT) test $(CHECKED)

## make interop   compares apus with the recorded behaviour of DVC; DVC names the real one, to take turns with
interop: release
	APUS=$(APUS) Tests/unprivileged Tests/Interop/interop check --except Tests/Interop/pending.txt

## make faults    kills, starves and deceives apus (see Tests/Faults)
faults: release
	APUS=$(APUS) Tests/Faults/faults
	APUS=$(APUS) Tests/unprivileged Tests/Faults/hostile

## make serving   asks apus serve with other people's clients and a browser, damages requests, loads it; compares model tags with GTO
serving: release
	Tests/install-tools serving
	Tests/install-peers serving
	Tests/install-peers kserve
	export APUS=$(APUS) APUS_ONNXRUNTIME="$(ONNXRUNTIME)"; \
	    for test in serving predictions clients kserve browser fuzz "stress --quick"; do \
	        Tests/unprivileged Tests/Serving/$$test || exit 1; \
	    done; Tests/unprivileged Tests/Registry/check 10

## make images    gives images of apus to docker-registry, skopeo, umoci, buildah and runc; puts trouble in their way
images: release
	Tests/install-tools images
	Tests/install-peers serving
	export APUS=$(APUS) APUS_ONNXRUNTIME="$(ONNXRUNTIME)"; Tests/Images/judges && Tests/Images/faults

## make cluster   deploys to a real Kubernetes of one node, which it starts and stops (see Tests/Cluster); as root, on Debian
cluster: release
	Tests/install-tools images
	Tests/install-peers serving
	if exports=$$(Tests/Cluster/up); then \
	    trap Tests/Cluster/down EXIT; export $$exports APUS=$(APUS) APUS_ONNXRUNTIME="$(ONNXRUNTIME)"; \
	    Tests/unprivileged Tests/Cluster/deployments && Tests/unprivileged $(SWIFT) test $(CHECKED) --filter KubernetesTests; \
	else echo "SKIPPED: no cluster could be started on this machine"; fi

## make demo-kubernetes  from a trained model to pods that answer, on the current context or on a cluster that it starts
demo-kubernetes: release
	Tests/install-peers serving
	APUS=$(APUS) APUS_ONNXRUNTIME="$(ONNXRUNTIME)" Examples/digits/demo-kubernetes

## make release   builds .build/release/apus, Swift linked statically
release:
	Tests/install-tools
	$(SWIFT) build -c release --product apus --static-swift-stdlib $(LEAN) $(CHECKED)

## make install   installs apus below PREFIX
install: release
	install -D -m 755 $(APUS) $(DESTDIR)$(PREFIX)/bin/apus

## make bench     measures all of the following, one after the other: about two hours on an idle machine
bench: bench-data bench-serving bench-images

## make bench-data  measures data and pipelines beside dvc and a floor in C (see Benchmarks/bench --help)
bench-data: release
	APUS=$(APUS) Benchmarks/bench

## make bench-serving  measures apus serve beside other servers and a floor in C (see Benchmarks/serving)
bench-serving: release
	APUS=$(APUS) Benchmarks/serving/bench

## make bench-images  measures images beside buildah (see Benchmarks/images)
bench-images: release
	APUS=$(APUS) Benchmarks/images/bench

## make check     checks the format and the table of modules
check:
	$(SWIFT) format lint --strict -r -p Package.swift Sources Tests
	Tests/Modules/check

## make format    formats the sources in place
format:
	$(SWIFT) format -i -r -p Package.swift Sources Tests
