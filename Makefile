# make run     installs what the main job needs, builds, loads the bundled study, prints its assessment
# make check   installs what tests need; suite with gcc, clang and sanitizers, fuzz targets, layer check
# make         the program build/entente and the library build/libentente.a
# make bench   time and memory of the main job
# make fuzz    each fuzz target for FUZZ_SECONDS (default 600)
# make clean   removes build/
#
# B is the build folder, so that several builds stand side by side.
B        ?= build
CC       = gcc
OPT      ?= -O2 -g
CSTD     := -std=c11 -D_POSIX_C_SOURCE=200809L
WARN     := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wcast-qual \
            -Wwrite-strings -Wformat=2 -Wundef -Wvla
# Nothing may depend on the compiler's freedom to fuse, reorder or assume away floating-point operations.
FLOAT    := -ffp-contract=off -fno-fast-math
CFLAGS   ?=
LDFLAGS  ?=
LIBS     := -lsqlite3 -lgsl -lgslcblas -ljansson -lcsv -lnettle -lunistring -lm
FUZZ_SECONDS ?= 600

ROOMS    := base num records files table store evidence measures assess study report
SRC      := $(sort $(wildcard $(ROOMS:%=src/%/*.c)))
CLI      := $(sort $(wildcard src/cli/*.c))
OBJ      := $(SRC:%.c=$(B)/obj/%.o) $(B)/obj/gen/sql.o
CLIOBJ   := $(CLI:%.c=$(B)/obj/%.o) $(B)/obj/gen/commands.o
COMPILE   = $(CC) $(CSTD) $(WARN) $(FLOAT) $(OPT) $(CFLAGS) -Iinclude -Isrc -MMD -MP

all: $(B)/entente $(B)/libentente.a

$(B)/entente: $(CLIOBJ) $(B)/libentente.a
	$(CC) $(OPT) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(B)/libentente.a: $(OBJ)
	rm -f $@
	ar rcs $@ $^

$(B)/obj/src/%.o: src/%.c | $(B)/.setup
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<

# Tables that are made at build time: SQL files as strings, commands from their descriptors.
$(B)/gen/sql.c: tools/embed-sql $(sort $(wildcard src/store/sql/*.sql))
	@mkdir -p $(@D)
	tools/embed-sql $(sort $(wildcard src/store/sql/*.sql)) >$@.part && mv $@.part $@
$(B)/gen/commands.c: tools/list-descriptors $(CLI)
	@mkdir -p $(@D)
	tools/list-descriptors ent_command command cli/command.h ent_commands $(CLI) >$@.part && mv $@.part $@
$(B)/obj/gen/%.o: $(B)/gen/%.c
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<

$(B)/.setup: tools/setup
	@mkdir -p $(@D)
	tools/setup run
	@touch $@

-include $(OBJ:.o=.d) $(CLIOBJ:.o=.d)
.PHONY: all
