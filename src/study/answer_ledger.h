/* answer_ledger.h - what the ledger answers: statements of the text, each with what is stated, what is computed and
 * from what, and the verdict; sums of them; what the text gets inconsistent by itself; readings of others beside the
 * study's; notes of the check and which statement accounts for each. */
#ifndef ENT_STUDY_ANSWER_LEDGER_H
#define ENT_STUDY_ANSWER_LEDGER_H

#include "records/comparison.h"
#include "records/statement.h"
#include "study/answer.h"

typedef enum ent_shown_kind { ENT_SHOWN_NOTHING, ENT_SHOWN_NUMBER, ENT_SHOWN_TEXT, ENT_SHOWN_TRUTH } ent_shown_kind;

typedef struct ent_shown { /* a value as it is shown */
  ent_shown_kind kind;
  double point, low, high; /* of a number; point NaN: only its ends are known; ends may be infinite */
  const char *unit;        /* "persons", "USD", "share", "USD/persons"; "" for a plain number */
  const char *text;        /* of a text or date, or "true", "false", "undecided" */
} ent_shown;

typedef struct ent_vintage { /* when a figure was published and of when it is; "" where not known */
  const char *issued;        /* EDTF; of the latest source that it cites */
  const char *accessed;      /* where there is no date of issue */
  const char *data_year, *period;
  const char *version; /* of a data set, as the source register has it */
  const char *source;  /* the work in one line */
} ent_vintage;

typedef struct ent_ledger_input {
  const char *kind;  /* figure, column, coding, period, row, counted */
  const char *key;   /* table:id */
  const char *field; /* a column or aspect, or NULL */
  bool is_stated;    /* it is what is stated */
  bool is_outside;   /* it rests on no place of the text, but on sources that were added */
  ent_shown value;
  ent_vintage vintage; /* of figures; else NULLs */
} ent_ledger_input;

typedef struct ent_ledger_comparison { /* what was compared in an expression */
  ent_shown left, right;
  const char *sign, *truth; /* truth: "true", "false" or "undecided" */
} ent_ledger_comparison;

typedef struct ent_ledger_gap {
  const char *why;     /* "no_value", ...; its word is ledger.gap.WHY */
  const char *subject; /* a key, or NULL */
} ent_ledger_gap;

typedef struct ent_ledger_statement {
  const char *id, *key; /* key: statements:id */
  ent_label label;
  const char *kind;
  int conclusion;         /* 0: of none */
  const char *expression; /* or "" */
  const char *relation;
  ent_shown stated, computed;
  const char *stated_key; /* or NULL */
  double tolerance;       /* NaN where there is none */
  ent_verdict verdict;
  ent_shown difference; /* what is computed less what is stated; nothing where the verdict is another, or there is no
                           number */
  double relative;      /* difference as a share of what is stated; NaN where there is none */
  bool counts;          /* it combines two keys, or one key and a rule */
  const char *finding;  /* which kind of inconsistency it looks for, or "" */
  bool is_found;        /* and it is there: the verdict is differs */
  ent_label missing;    /* what the package says is missing; "" where it says nothing */
  size_t comparison_count;
  ent_ledger_comparison *comparisons;
  size_t gap_count;
  ent_ledger_gap *gaps;
  size_t input_count;
  ent_ledger_input *inputs;
  size_t citation_count;
  ent_citation_answer *citations;
} ent_ledger_statement;

typedef struct ent_ledger_sum { /* of the statements of one kind, conclusion or finding */
  const char *name;             /* kind or finding; NULL of a conclusion */
  int conclusion;
  size_t all, counted;
  size_t verdicts[ENT_VERDICTS]; /* of all */
  double checked;                /* share of all that could be checked: reproduced or differs */
} ent_ledger_sum;

typedef struct ent_ledger_reading { /* a figure of the text beside one of another source */
  ent_label label;
  ent_ledger_input study, outside;
  ent_shown difference; /* outside less study */
  double relative;      /* of the study's figure; NaN where it is 0 or not a point */
  bool same_definition;
  ent_comparison comparison; /* whether the two can be compared: a is the study's */
} ent_ledger_reading;

typedef struct ent_ledger_note {       /* a note of the check of this evidence */
  const char *code, *file, *id, *what; /* id: or NULL; what: NULL where it may tell of something confidential */
  const char *finding; /* which kind of inconsistency of the text it is, as of statements; NULL: of none */
  size_t statement_count;
  const char **statements; /* ids of those that account for it */
} ent_ledger_note;

typedef struct ent_ledger_answer {
  ent_basis_answer basis;
  const char *verdict, *kind, *find, *conclusion; /* as asked; NULL: not asked */
  ent_ledger_sum total;
  size_t kind_count, conclusion_count, finding_count;
  ent_ledger_sum *kinds, *conclusions, *findings; /* of the whole ledger, whatever was asked */
  size_t count, withheld; /* statements that are shown; that rest on confidential sources alone */
  ent_ledger_statement *statements;
  size_t reading_count;
  ent_ledger_reading *readings;
  size_t note_count, unaccounted; /* unaccounted: notes that no statement accounts for */
  ent_ledger_note *notes;
} ent_ledger_answer;

#endif
