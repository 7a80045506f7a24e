# The two main commands: make demo (the main job) and make test. `make help` lists the others.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

STACK ?= dev
CONTEXT ?=
BASE ?= HEAD
FROM ?=
TO ?=
APPLY ?=
OUT ?=
NAMESPACE ?=
ENGINE ?= declared
MAVEN := mvn -B -ntp
JAVA := JDK_JAVA_OPTIONS="@tools/jvm.options" java -cp target/streamset.jar
SOURCES := pom.xml $(shell find src/main -type f)
STACKS := $(patsubst Pulumi.%.yaml,%,$(wildcard Pulumi.*.yaml))

.PHONY: help context demo test check mutation build sbom install render explain plan review policy report snapshots new-stack promote diff docs catalogs fuzz format lint up preview destroy bench bench-wal bench-memory bench-shared-memory bench-tune bench-life bench-restore bench-backup e2e-faults e2e-backup e2e-alerts e2e-security testbed-up testbed-down packages tools

help: ## this list
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

demo: ## deploy the dev stack to the testbed (or CONTEXT=<kubeconfig context>) and show it streaming
	@tools/demo.sh $(CONTEXT)

test: $(if $(CONTEXT),context) packages build tools $(if $(CONTEXT),,testbed-up) ## all tests; those of the cluster on the testbed (or CONTEXT=<kubeconfig context>)
	$(MAVEN) verify

e2e-faults: packages build tools testbed-up ## all faults under load, and the testbed stopped hard at the end (root, most of an hour); ENGINE=patroni
	@FAULTS_RESTART_TESTBED=yes ENGINE='$(ENGINE)' $(MAVEN) -q test -Dtest=FaultSuite

e2e-backup: packages build tools testbed-up ## all faults of a cluster with backups under load, and restores (root, most of an hour); ONLY=<part of a name>
	@ONLY='$(ONLY)' $(MAVEN) -q test -Dtest=BackupSuite

e2e-alerts: packages build tools testbed-up ## each alert fires for its fault: a real Prometheus reads pods (root, most of an hour); ONLY=<part of a name>, QUIET=<minutes without a fault>
	@ONLY='$(ONLY)' QUIET='$(or $(QUIET),0)' $(MAVEN) -q test -Dtest=AlertsSuite

e2e-security: packages build tools testbed-up ## who gets in to a cluster with the rules of production, and who does not (root, five minutes); ENGINE=patroni
	@testbed/policies.sh
	@trap 'testbed/policies.sh --stop' EXIT; ENGINE='$(ENGINE)' $(MAVEN) -q test -Dtest=SecuritySuite

# Only C1: the tests end before C2 would pay off.
UNIT := -Dgroups=unit -DskipITs -Dembedded.postgres.skip '-DargLine=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC'

check: ## compiler, layout, and the tests that need nothing but Java (about two minutes)
	$(MAVEN) verify $(UNIT)

# Ends a test that hangs.
FUZZ_SECONDS := 10800

fuzz: packages ## 100,000 random inputs of each kind (conf files, values, pg_hba.conf, stack files, topologies, Jobs); CASES=<number>, SEED=<seed of a failure>
	$(MAVEN) test -Dtest='*FuzzTest,CatalogRealServerTest#readsRandomTexts*' -Dfuzz.cases='$(or $(CASES),100000)' -Dfuzz.seed='$(or $(SEED),$(shell date +%s))' -Dsurefire.timeout=$(FUZZ_SECONDS)

mutation: ## change the code of sizing, settings and plan in many places: do the tests notice? (target/pit-reports, most of an hour)
	$(MAVEN) -Dembedded.postgres.skip test-compile org.pitest:pitest-maven:mutationCoverage

build: target/streamset.jsa ## the program and its class data archive

sbom: ## what is in the program: its libraries, versions, licences and checksums, as CycloneDX (target/sbom.json)
	@$(MAVEN) -q org.cyclonedx:cyclonedx-maven-plugin:makeBom >&2
	@echo 'wrote target/sbom.json'

install: ## install the program into the local Maven repository, where projects made by `pulumi new` find it
	@$(MAVEN) -q install -Dmaven.test.skip

# Messages go to standard error: the output of render, explain and plan may be processed further.
target/streamset.jar: $(SOURCES)
	@echo 'building the program' >&2
	@$(MAVEN) -q package -Dmaven.test.skip >&2
	@touch $@

# Class data of a typical run, which saves half of the start-up time. No engine listens on the discard port.
target/streamset.jsa: target/streamset.jar
	@rm -f $@
	@PULUMI_MONITOR=127.0.0.1:9 PULUMI_ENGINE=127.0.0.1:9 PULUMI_PROJECT=streamset PULUMI_STACK=dev PULUMI_DRY_RUN=true \
	  PULUMI_CONFIG='{"kubernetes:context":"none","streamset:secretName":"none"}' timeout 120 \
	  java -XX:ArchiveClassesAtExit=$@ -cp $< streamset.review.TypicalRun >target/archive.log 2>&1 || [ -s $@ ]

render: target/streamset.jsa ## the objects of STACK as YAML; FLAGS=--show-secrets for clear text
	@$(JAVA) streamset.review.Render $(STACK) $(FLAGS) 2> >(grep -av '^NOTE: Picked up' >&2)

explain: target/streamset.jsa ## the result of STACK: budgets, and every setting with origin and reason
	@$(JAVA) streamset.review.Explain $(STACK) 2> >(grep -av '^NOTE: Picked up' >&2)

plan: target/streamset.jsa ## what an update of STACK does to a cluster that runs as reviewed in BASE (a commit or branch)
	@git rev-parse --verify --quiet '$(BASE)^{commit}' >/dev/null || { echo '$(BASE) is not a revision; what to do: make plan BASE=<commit or branch>' >&2; exit 1; }
	@{ git show '$(BASE):stacks/$(STACK)/manifests.yaml' 2>/dev/null || true; } | $(JAVA) streamset.review.ChangePlan $(STACK) '$(BASE)' 2> >(grep -av '^NOTE: Picked up' >&2)

review: target/streamset.jsa ## what the files here change in all stacks (or STACK=<stack>) since BASE; FORMAT=text, md or json
	@tools/review.sh '--format=$(or $(FORMAT),text)' $(if $(filter command line environment,$(origin STACK)),'--stack=$(STACK)') '$(BASE)'

policy: target/streamset.jsa ## whether all stacks (or STACK=<stack>) follow the rules of policy/README.md or waive them with a reason
	@$(JAVA) streamset.review.Policy $(if $(filter command line environment,$(origin STACK)),'$(STACK)',$(STACKS)) 2> >(grep -av '^NOTE: Picked up' >&2)

report: target/streamset.jsa ## a page for a browser about STACK: topology, budgets, settings, and what changes since BASE=<revision>, or else the first deployment; OUT=<file>
	@tools/report.sh '--stack=$(STACK)' $(if $(OUT),'--out=$(OUT)') $(if $(filter command line environment,$(origin BASE)),'$(BASE)')

snapshots: target/streamset.jsa ## write stacks/<stack>/manifests.yaml, the reviewed objects
	@failed=''; \
	for stack in $(STACKS); do \
	  mkdir -p stacks/$$stack; \
	  if $(JAVA) streamset.review.Render $$stack --snapshot >target/render.yaml 2>target/render.log; then \
	    mv target/render.yaml stacks/$$stack/manifests.yaml; \
	    echo "wrote stacks/$$stack/manifests.yaml"; \
	  else \
	    failed+=" $$stack"; \
	    { echo "stacks/$$stack/manifests.yaml stays as it was:"; cat target/render.log; } >&2; \
	  fi; \
	done; \
	[ -z "$$failed" ] || { echo "not written:$$failed" >&2; exit 1; }

new-stack: target/streamset.jsa ## write the files of a new STACK after those of FROM (NAMESPACE=<another namespace>)
	@$(JAVA) streamset.review.NewStack '$(if $(filter file,$(origin STACK)),,$(STACK))' '$(FROM)' '$(NAMESPACE)' 2> >(grep -av '^NOTE: Picked up' >&2)

promote: target/streamset.jsa ## what FROM is meant to do (version, parameters, conf files, features) for TO, as a diff; APPLY=yes writes it
	@$(JAVA) streamset.review.Promote '$(FROM)' '$(TO)' '$(APPLY)' 2> >(grep -av '^NOTE: Picked up' >&2)

diff: ## how the rendered objects of all stacks differ from those of BASE (a commit or branch)
	@git diff --stat -p $(BASE) -- 'stacks/*/manifests.yaml'

docs: build ## write the configuration table of README.md and the schema of stack files from Pulumi.yaml and keys.yaml
	@$(JAVA) streamset.review.Docs 2>/dev/null

catalogs: packages ## read the parameters that each version of PostgreSQL knows from the real servers
	@$(MAVEN) -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test.classpath
	@java -cp "target/test-classes:target/classes:$$(<target/test.classpath)" streamset.catalog.CatalogWriter

up: build tools ## pulumi up of STACK, with fast JVM options
	@tools/pulumi.sh up --stack $(STACK)

preview: build tools ## pulumi preview of STACK
	@tools/pulumi.sh preview --stack $(STACK)

destroy: build tools ## pulumi destroy of STACK
	@tools/pulumi.sh destroy --stack $(STACK)

bench: build tools ## measure start-up, rendering and the time until standbys stream, in ratios
	@tools/bench.sh

bench-wal: packages ## measure how far pg_wal grows against the bound that is printed (root)
	@[ "$$(id -u)" = 0 ] || { echo 'bench-wal creates its own volumes and needs root; what to do: sudo make bench-wal' >&2; exit 1; }
	@unshare --mount $(MAVEN) -q test -Dtest=WalBench

bench-memory: build tools ## whether the memory budget holds with all clients sorting at once (testbed, half an hour)
	@tools/bench-memory.sh

bench-shared-memory: packages ## compare the computed shared memory with that of servers with thousands of random settings (15 minutes)
	@$(MAVEN) -q test -Dtest=SharedMemoryOnServersTest -Dshared.memory.settings=3000

bench-tune: build ## pgbench: computed settings compared with defaults, the lesson's and PGTune's (root, half an hour)
	@tools/bench-tune.sh

bench-life: packages build tools testbed-up ## how long reload, restart, handover, failures and clones take, compared with a peer (root, 15 minutes)
	@$(MAVEN) -q test -Dtest=LifeBench

bench-restore: packages ## restore many points in time on every major version, and compare the rows (20 minutes); VERSIONS=15,18, SEED=<seed of a run>
	@VERSIONS='$(VERSIONS)' SEED='$(SEED)' $(MAVEN) -q test -Dtest=RestoreBench

bench-backup: packages ## how fast a cluster backs up and restores 1 GB, compared with pgBackRest by hand, and whether archiving keeps up (15 minutes)
	@$(MAVEN) -q test -Dtest=BackupBench

format: ## format the code
	@$(MAVEN) -q spotless:apply

lint: target/streamset.jsa ## the workflows, with actionlint, shellcheck and zizmor; the objects of all stacks, with kube-score
	@tools/lint.sh
	@tools/kube-score.sh

tools: ## the Pulumi CLI and its Java host, unless there is a pulumi on PATH
	@tools/build.sh

packages: ## the Debian packages that the tests use
	@tools/packages.sh

context: # whether CONTEXT can be used
	@tools/context.sh '$(CONTEXT)'

testbed-up: ## start the local cluster
	@[ -z '$(CONTEXT)' ] || { echo 'this needs the testbed: leave out CONTEXT=$(CONTEXT)' >&2; exit 1; }
	@testbed/up.sh

testbed-down: ## stop it; its data stay
	@testbed/down.sh
