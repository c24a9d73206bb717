/* options.h - options of the command line, as tables that parsing and --help read alike. */
#ifndef ENT_CLI_OPTIONS_H
#define ENT_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "entente/entente.h"

enum { ENT_MOST_OPERANDS = 64 };

/* An option of a side: of a command that compares it may be given twice, for either side; once, it holds for both. */
typedef struct ent_given {
  const char *value[2];
  size_t count;
} ent_given;

/* What a command line asks for. Texts are borrowed from argv. */
typedef struct ent_invocation {
  const char *store;
  ent_output output;
  ent_language language;
  const char *reveal[16];
  size_t reveal_count;
  size_t sides; /* 2: of a command that compares */
  ent_given edition, known_at, as_of, alliance, model;
  uint32_t draws;
  uint64_t seed;
  const char *vary;     /* NULL: as the library does */
  unsigned threads;     /* 0: one for each processor */
  const char *draw_log; /* of assess: a file for its draws */
  bool draw_all;
  struct ent_progress_bar *bar;  /* of the session, or NULL */
  const char *from, *to, *kinds; /* of the timeline */
  const char *scale;             /* of codings */
  const char *issues, *actors;   /* of the matrix */
  const char *at[8];             /* of the gap: dates */
  size_t at_count;
  uint32_t years;                          /* a limit of age; 0: none given */
  const char *verdict, *conclusion, *find; /* of the ledger; find also of data */
  bool all;
  const char *indicator, *actor, *partner, *definition, *status, *currency, *table; /* of data */
  bool tree, count, compare;
  uint32_t page;                   /* 0: none given */
  const char *style;               /* of references */
  ent_composite_options composite; /* files, progress, draws and seed apart */
  bool help, yes;                  /* yes: what can not be undone may be done */
  uint32_t points, top;            /* of sensitivity; 0: none given */
  const char *operands[ENT_MOST_OPERANDS];
  size_t operand_count;
} ent_invocation;

typedef struct ent_option {
  const char *name;     /* without dashes; NULL ends a table */
  const char *argument; /* its value's name in the help; NULL: takes none */
  const char *help;     /* one line, with the default */
  /* Takes a value (NULL for an option without) into the invocation. What is wrong with it, or NULL. */
  const char *(*take)(ent_invocation *invocation, const char *value);
} ent_option;

extern const ent_option ent_options_global[]; /* of every command */
extern const ent_option ent_options_study[];  /* of commands that read a study's evidence */
extern const ent_option ent_options_timeline[];
extern const ent_option ent_options_ledger[];
extern const ent_option ent_options_stale[];
extern const ent_option ent_options_gap[];
extern const ent_option ent_options_sensitivity[];
extern const ent_option ent_options_matrix[];
extern const ent_option ent_options_cite[];
extern const ent_option ent_options_data[];
extern const ent_option ent_options_profile[];
extern const ent_option ent_options_composite[];
extern const ent_option ent_options_run[]; /* of commands that assess */
extern const ent_option ent_options_draw_log[];

/* What is asked of a side, 0 or 1 (the same where it was given once). */
ent_study_options ent_options_of_study(const ent_invocation *invocation, size_t side);
unsigned ent_options_threads(const ent_invocation *invocation);
ent_composite_options ent_options_of_composite(const ent_invocation *invocation);
ent_assess_options ent_options_of_run(const ent_invocation *invocation, size_t side);

/* Reads arguments after the command's name. tables: as in ent_command. On failure says on stderr what is wrong and
 * returns false. --long VALUE, --long=VALUE, -h; after "--" all are operands. */
bool ent_options_read(char **arguments, const ent_option *const *tables, ent_invocation *invocation);
/* Writes a table to stdout, for --help. */
void ent_options_help(const ent_option *table);

#endif
