# Everything a person or a build server does here has its name below; the work itself is in eng/.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.NOTPARALLEL:

OUT := $(CURDIR)/artifacts
CONFIGURATION := Release

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

.PHONY: run
run: ## build, then start the agent here: on real accelerators, else on a simulated node (SIMULATE=NAME|FILE, ARGS="…")
	@eng/require.sh eng/build-packages.txt
	@$(MAKE) --no-print-directory build
	@exec eng/run.sh $(ARGS)

.PHONY: build
build: native ## the program into artifacts/forewarn, the simulated node into artifacts/native
	@eng/publish.sh "$(OUT)/forewarn"

.PHONY: native
native: ## the simulated node alone
	@$(MAKE) --no-print-directory -C native OUT="$(OUT)/native"

.PHONY: test
test: ## install what tests need (as root), build, run every test; the last line counts them
	@eng/require.sh eng/build-packages.txt eng/test-packages.txt
	@eng/test.sh

.PHONY: test-all
test-all: ## the same, and the packages: made, installed in a Debian that boots, tormented, purged
	@eng/require.sh eng/build-packages.txt eng/test-packages.txt eng/package-test-packages.txt
	@eng/test.sh packages

.PHONY: test-slurm
test-slurm: ## move jobs of a real Slurm off nodes that fail, one after the other, print what happened when, and hold our own share against what is promised (twenty minutes)
	@eng/require.sh eng/build-packages.txt eng/test-packages.txt
	@$(MAKE) --no-print-directory build
	@. eng/environment.sh && dotnet test tests/EndToEnd.Tests --configuration Release --filter Category=Slurm --logger "console;verbosity=detailed" -nodeReuse:false -- xUnit.ParallelizeTestCollections=false

.PHONY: explain
explain: build ## play every scenario to its end and hold what `forewarn explain` says of it against tests/EndToEnd.Tests/golden (a quarter of an hour, all at once; UPDATE=1 writes it)
	@. eng/environment.sh && $(if $(UPDATE),FOREWARN_UPDATE_GOLDEN=1 ,)dotnet test tests/EndToEnd.Tests --configuration Release --filter Category=Slow -nodeReuse:false

.PHONY: kills
kills: ## kill what stores events at two hundred instants, and look each time whether any is missing or doubled (two minutes)
	@eng/require.sh eng/build-packages.txt
	@. eng/environment.sh && dotnet test tests/Daemon.Tests --configuration Release --filter "Category=Slow&FullyQualifiedName~KillTests" -nodeReuse:false

.PHONY: storms
storms: ## replay three hundred storms of harmless errors with one grave error hidden in each, and look whether its card is named in time (ten minutes)
	@eng/require.sh eng/build-packages.txt
	@. eng/environment.sh && dotnet test tests/Daemon.Tests --configuration Release --filter "Category=Slow&FullyQualifiedName~KernelReplayTests" -nodeReuse:false

.PHONY: format
format: ## bring the C# files into the form of .editorconfig
	@. eng/environment.sh && dotnet format Telemetry.sln

.PHONY: format-check
format-check: ## say what is not
	@eng/format-check.sh

.PHONY: packages
packages: native ## the Debian packages into artifacts/packages
	@eng/packages.sh

.PHONY: docs
docs: ## write the generated pages of docs/ anew
	@eng/docs.sh

.PHONY: bench
bench: ## measure cost and latency of the packaged build beside a bare C loop and beside other exporters
	@eng/require.sh eng/build-packages.txt eng/bench-packages.txt
	@bench/run.sh $(if $(BENCH_QUICK),--quick)

.PHONY: soak
soak: ## how memory goes over HOURS=2 of an agent that is scraped, and what its pages are
	@eng/require.sh eng/build-packages.txt eng/bench-packages.txt
	@bench/run.sh --soak $(or $(HOURS),2)

.PHONY: compat
compat: native ## nvidia-smi, nvtop and pynvml on the simulated node, as far as apt has them
	@native/compat.sh "$(OUT)/native" || [ $$? -eq 77 -a "$$CI" != true ] # 77: not enabled here; it has said so, and how to. A failure in CI

.PHONY: clean
clean: ## remove everything that was built
	rm -rf "$(OUT)"
