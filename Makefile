# make run     installs what the main job needs, builds, loads the bundled study, prints its assessment
# make check   installs what tests need; the suite with gcc, with clang and under sanitizers; fuzz targets for ten
#              seconds each, as many at a time as there are processors; the layer check; the expectations of the
#              bundled study
# make         the program build/entente and the library build/libentente.a
# make numerics   build/libentente-numerics.so: composite indicators on plain arrays, for Python, R and others
# make bench   the machine's limits, and beside them the speed of the parts, of the main job and of large packages
# make bench-peers   the same computations by COINr (R) and numpy, where they are installed: results compared, then timed
# make fuzz    each fuzz target for FUZZ_SECONDS (600), as many at a time as there are processors; or FUZZ_TOTAL=3600:
#              an hour of all processors, divided over the targets
# make fuzz-coverage   the share of each reader's lines that the inputs of its target reach; fails below 80 %
# make clean   removes build/
#
# B is the build folder, so that several builds stand side by side: build/ is the release, build/clang and build/san are
# made by the tests.
B        ?= build
CC       := gcc
OPT      := -O3 -g
CFLAGS   :=
LDFLAGS  :=
FUZZ_SECONDS := 600
FUZZ_TOTAL   :=

# V=1 shows the commands.
Q        := $(if $(V),,@)
say       = $(if $(V),,@printf '  %-4s %s\n' $(1) $@)

CSTD     := -std=c11 -D_POSIX_C_SOURCE=200809L
WARN     := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wcast-qual \
            -Wwrite-strings -Wformat=2 -Wundef -Wvla
# Nothing may depend on the compiler's freedom to fuse, reorder or assume away floating-point operations; errno of
# functions is never read, so roots can be computed in place.
FLOAT    := -ffp-contract=off -fno-fast-math -fno-math-errno
LIBS     := -pthread -lsqlite3 -lgsl -lgslcblas -ljansson -lcsv -lnettle -lunistring -lm
COMPILE   = $(CC) $(CSTD) -pthread $(WARN) $(FLOAT) $(OPT) $(CFLAGS) -Iinclude -Isrc -MMD -MP

ROOMS    := base records files table store evidence num measures expression composite assess study report
SRC      := $(sort $(wildcard $(ROOMS:%=src/%/*.c)))
CLI      := $(sort $(wildcard src/cli/*.c))
SQL      := $(sort $(wildcard src/store/sql/*.sql))
OBJ      := $(SRC:%.c=$(B)/obj/%.o) $(B)/obj/gen/sql.o $(B)/obj/gen/sobol.o
CLIOBJ   := $(CLI:%.c=$(B)/obj/%.o) $(B)/obj/gen/commands.o
UNIT     := $(sort $(wildcard tests/unit/test_*.c))
COMMANDS := $(sort $(wildcard tests/command/test_*.py))
FUZZ     := $(sort $(patsubst fuzz/fuzz_%.c,%,$(wildcard fuzz/fuzz_*.c)))

.PHONY: all run check bench bench-peers fuzz fuzz-coverage clean tests fuzz-targets
all: $(B)/entente

run: $(B)/entente
	@$(B)/entente assess

clean:
	rm -rf build

# ---- the program ----

$(B)/entente: $(CLIOBJ) $(B)/libentente.a
	$(call say,LD)
	$(Q)$(CC) $(OPT) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(B)/libentente.a: $(OBJ)
	$(call say,AR)
	@rm -f $@
	$(Q)ar rcs $@ $^

$(B)/obj/src/%.o: src/%.c | $(B)/.ready
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(COMPILE) -c -o $@ $<

# Numerics on plain arrays (include/entente/composite.h) as a library of its own, for programs that load one: without
# CFLAGS, since a sanitizer would have to be loaded before.
NUMERICS := $(sort $(wildcard src/composite/*.c src/num/*.c)) src/base/arena.c src/base/text.c
$(B)/libentente-numerics.so: $(NUMERICS) $(B)/gen/sobol.c $(wildcard src/composite/*.h src/num/*.h include/entente/*.h)
	@mkdir -p $(@D)
	$(call say,LD)
	$(Q)$(CC) $(CSTD) -pthread $(WARN) $(FLOAT) $(OPT) -fPIC -shared -Wl,--no-undefined -Iinclude -Isrc \
	  -o $@.part $(filter %.c,$^) -lgsl -lgslcblas -lunistring -lm && mv $@.part $@
.PHONY: numerics
numerics: $(B)/libentente-numerics.so

# Tables that are made at build time: SQL files as strings, direction numbers, commands from the descriptors at the ends of their files.
$(B)/gen/sql.c: tools/embed-sql $(SQL)
	@mkdir -p $(@D)
	$(Q)tools/embed-sql $(SQL) >$@.part && mv $@.part $@
$(B)/gen/sobol.c: tools/embed-direction-numbers src/num/joe_kuo.txt
	@mkdir -p $(@D)
	$(Q)tools/embed-direction-numbers src/num/joe_kuo.txt >$@.part && mv $@.part $@
$(B)/gen/commands.c: tools/list-descriptors $(CLI)
	@mkdir -p $(@D)
	$(Q)tools/list-descriptors ent_command command cli/command.h ent_commands $(CLI) >$@.part && mv $@.part $@
$(B)/obj/gen/%.o: $(B)/gen/%.c | $(B)/.ready
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(COMPILE) -c -o $@ $<

# Made when tools/setup has seen, or installed, what a build needs.
$(B)/.ready: tools/setup
	@mkdir -p $(@D)
	$(Q)tools/setup run
	@touch $@

# ---- tests: unit tests and command tests of one build folder; TAP ----

TWICE := $(filter $(UNIT:tests/unit/%.c=%),$(COMMANDS:tests/command/%.py=%))
$(if $(TWICE),$(error two tests bear the name $(TWICE): give one of them another))
TESTS := $(UNIT:tests/unit/%.c=$(B)/t/%.t) $(COMMANDS:tests/command/%.py=$(B)/t/%.t)
tests: $(TESTS)

$(B)/t/test_%.t: tests/unit/test_%.c $(B)/libentente.a
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(COMPILE) -Itests -o $@ $< $(B)/libentente.a $(LDFLAGS) -lcmocka $(LIBS)

# A command test is a Python program; its wrapper says which build it looks at.
$(B)/t/%.t: tests/command/%.py $(B)/entente
	@mkdir -p $(@D)
	@printf '#!/bin/sh\nENTENTE=%s/entente ENTENTE_OBJECTS=%s/obj/src exec /usr/bin/python3 %s\n' $(B) $(B) $< >$@
	@chmod +x $@

$(B)/t/test_numerics.t: $(B)/libentente-numerics.so

# Faults below the program, for the tests that look at crashes: see the file.
$(B)/t/faults.so: tests/faults.c
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) -std=c11 -Wall -Wextra -O1 -g -shared -fPIC -o $@ $<
$(B)/t/test_crash.t $(B)/t/test_memory.t $(B)/t/test_shared_store.t: $(B)/t/faults.so

# ---- fuzzing: libFuzzer; a target's seeds stand in fuzz/corpus ----

FUZZ_FLAGS := -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined
fuzz-targets: $(FUZZ:%=$(B)/fuzz_%)
$(B)/fuzz_%: fuzz/fuzz_%.c $(B)/libentente.a
	$(call say,CC)
	$(Q)$(COMPILE) -fsanitize=fuzzer -o $@ $< $(B)/libentente.a $(LDFLAGS) $(LIBS)

fuzz: build/.check
	FUZZ_TOTAL=$(FUZZ_TOTAL) tools/fuzz-each $(FUZZ_SECONDS) $(FUZZ)

fuzz-coverage: build/.check
	tools/fuzz-coverage $(FUZZ)

# ---- everything ----

TSAN := -fsanitize=thread
THREADED := test_num_parallel test_composite_vary test_threads # tests in which threads share the work
SAN := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
STRICT := CFLAGS=-Werror
JOBS := -j$(shell nproc)

build/.check: tools/setup
	@mkdir -p build
	$(Q)tools/setup check
	@touch $@

check: build/.check
	$(MAKE) $(JOBS) --no-print-directory B=build/gcc $(STRICT) build/gcc/entente tests
	$(MAKE) $(JOBS) --no-print-directory B=build/clang CC=clang-14 $(STRICT) build/clang/entente tests
	$(MAKE) $(JOBS) --no-print-directory B=build/san CC=clang-14 OPT="-O1 -g" CFLAGS="-Werror $(SAN)" LDFLAGS="$(SAN)" build/san/entente tests
	$(MAKE) $(JOBS) --no-print-directory B=build/tsan CC=clang-14 OPT="-O1 -g" CFLAGS="-Werror $(TSAN)" LDFLAGS="$(TSAN)" build/tsan/entente $(THREADED:%=build/tsan/t/%.t)
	tools/fuzz-each 10 $(FUZZ)
	build/gcc/entente expect --store :memory:
	tools/run-tests gcc clang san tsan

# ---- speed: programs that print figures, beside what the machine can do or beside other programs ----

BENCH := $(sort $(patsubst %.c,$(B)/%,$(wildcard bench/bench_*.c)))
$(B)/bench/machine.o: bench/machine.c bench/machine.h
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(COMPILE) -c -o $@ $<
$(B)/bench/%: bench/%.c $(B)/bench/machine.o $(B)/libentente.a
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(COMPILE) -o $@ $< $(B)/bench/machine.o $(B)/libentente.a $(LDFLAGS) $(LIBS)

bench: build/.check $(B)/entente $(BENCH)
	bench/run $(B)
	bench/large $(B)/entente

bench-peers: build/.check $(B)/entente $(B)/bench/peers/evaluate
	bench/peers/run $(B)/entente $(B)/bench/peers/evaluate

-include $(OBJ:.o=.d) $(CLIOBJ:.o=.d) $(wildcard $(B)/t/*.d $(B)/bench/*.d $(B)/bench/peers/*.d) $(FUZZ:%=$(B)/fuzz_%.d)
