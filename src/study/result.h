/* result.h - what an operation answers: figures with their provenance, ready to be arranged by report/.
 *
 * Everything in an answer lives in its arena. Texts that readers see come in both languages (ent_label), numbers as
 * numbers; report/ chooses language and digits and computes nothing. */
#ifndef ENT_STUDY_RESULT_H
#define ENT_STUDY_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "entente/entente.h"
#include "records/evidence.h"
#include "records/finding.h"
#include "records/model.h"
#include "study/answer.h"
#include "study/answer_cite.h"
#include "study/answer_composite.h"
#include "study/answer_data.h"
#include "study/answer_reliability.h"
#include "study/answer_gap.h"
#include "study/answer_matrix.h"
#include "study/answer_profile.h"
#include "study/answer_sensitivity.h"
#include "study/answer_ledger.h"

/* What an effect gains (median above zero) or loses, in points of the score. */
typedef struct ent_expected_answer {
  double mean;      /* over draws of max(0, effect) or max(0, -effect): by it forces are ranked */
  double error;     /* standard error of the mean, from the number of draws; NaN for one draw */
  ent_figure range; /* of these draws */
} ent_expected_answer;

typedef enum ent_trend_verdict {
  ENT_TREND_WORSENS,  /* the interval of the difference lies below zero */
  ENT_TREND_IMPROVES, /* above zero */
  ENT_TREND_STEADY,   /* within the model's least difference */
  ENT_TREND_UNCLEAR,  /* none of it: the interval holds zero, and is wide */
  ENT_TREND_NONE      /* no common evidence */
} ent_trend_verdict;

typedef struct ent_trend_answer { /* an effect against an earlier date, on the evidence that both dates have */
  int years;
  const char *date;
  ent_trend_verdict verdict;
  ent_figure now, then, difference; /* difference: of the same draws; NaN without common evidence */
  bool same_rows;                   /* the indicator rests on the same rows at both: what changed stands beside it */
  const char *missing;              /* why there is no common evidence: a word key, or NULL */
} ent_trend_answer;

typedef struct ent_trend_setting { /* of the model, as it was used */
  size_t count;
  int years[ENT_MOST_TRENDS];
  const char *dates[ENT_MOST_TRENDS];
  double least;
  uint32_t draws; /* of each pair of dates */
  ent_label reason;
} ent_trend_setting;

/* One indicator as a strength or a fault line. */
typedef struct ent_force_answer {
  const char *key, *indicator; /* key: where it stands, as explain takes it; indicator: id in the model */
  ent_label label;             /* with the giver's name where it is one member's */
  ent_figure score, effect;    /* effect: headline score minus the score with this indicator at the reference */
  ent_expected_answer expected;
  size_t trend_count;
  const ent_trend_answer *trends; /* one for each earlier date */
  bool divides, carried;
  bool is_distance; /* of members' views: the label names what they are about */
  size_t citation_count;
  ent_citation_answer *citations;
} ent_force_answer;

typedef struct ent_node_answer { /* a criterion, dimension or indicator */
  const char *id, *key;
  ent_label label;
  ent_figure score;
  double coverage;     /* share of the node's weight that has evidence, 0 to 1 */
  bool carried;        /* an indicator: rests on evidence older than the date */
  const char *missing; /* why there is no score: a word key ("missing.no_evidence"), or NULL */
  size_t child_count;
  struct ent_node_answer *children;
} ent_node_answer;

typedef struct ent_directed_answer {
  const char *from, *to, *key; /* actor ids */
  ent_label from_label, to_label;
  ent_figure score;
  size_t criterion_count;
  ent_node_answer *criteria;
} ent_directed_answer;

typedef struct ent_reading_answer { /* a measure beside the score */
  const char *id, *key;
  ent_label label, member_label;
  ent_figure value;    /* in its own unit, 0 to 1 */
  const char *missing; /* key of the word that says why there is none, or NULL */
} ent_reading_answer;

typedef struct ent_share_answer {
  const char *id; /* class */
  ent_label label;
  double share; /* of the draws */
} ent_share_answer;

typedef struct ent_aggregation_answer {
  const char *id; /* arithmetic, geometric, weakest */
  ent_figure score;
  const char *class_id; /* NULL when there is no class */
  ent_label class_label;
} ent_aggregation_answer;

typedef struct ent_alliance_answer {
  const char *id, *key;
  ent_label label;
  size_t member_count;
  const char **members; /* actor ids */
  ent_label *member_labels;
  ent_figure score;                       /* headline */
  ent_aggregation_answer aggregations[3]; /* arithmetic, geometric, weakest */
  const char *headline;                   /* id of the aggregation that is the headline */
  bool verdict_differs;
  const char *class_id; /* NULL: coverage too small */
  ent_label class_label;
  size_t share_count;
  ent_share_answer *shares;
  double coverage, carried; /* shares of the model's weight */
  double least_coverage;
  size_t criterion_count;
  ent_node_answer *criteria;
  size_t strength_count, fault_line_count;
  ent_force_answer *strengths, *fault_lines; /* ranked by expected.mean */
  size_t directed_count;
  ent_directed_answer *directed;
  size_t reading_count;
  ent_reading_answer *readings;
} ent_alliance_answer;

typedef struct ent_draw_log_answer { /* where the draws were written */
  const char *file;                  /* as asked; NULL: nowhere */
  size_t rows, columns;
  size_t left_out; /* values that rest on confidential rows */
} ent_draw_log_answer;

typedef struct ent_assess_answer {
  ent_run_answer run;
  ent_trend_setting trend;
  ent_distribution ranges; /* how the model draws a value between two ends */
  ent_label ranges_reason; /* NULLs: the model does not say, and it is the default */
  ent_model_grades grades; /* what grades do to ranges */
  ent_draw_log_answer draw_log;
  size_t alliance_count;
  ent_alliance_answer *alliances;
} ent_assess_answer;

/* explain: a tree. kind: alliance, criterion, dimension, indicator, pair, own, reading, assumption, force, trend,
 * row, citation, source */
typedef struct ent_explain_node {
  const char *kind, *key;              /* key: what explain takes, or NULL */
  ent_label label;                     /* one line */
  const char *word;                    /* key of the word that names an assumption; NULL where label does */
  const ent_citation_answer *citation; /* of a citation, instead of a label; else NULL */
  ent_label detail;                    /* further text (reason, rationale, note), or NULLs */
  const char *defined;                 /* key of the words that define what the node shows, or NULL */
  ent_expected_answer *expected;       /* of a force, else NULL */
  const ent_trend_answer *trend;       /* of a trend, else NULL */
  ent_figure score;                    /* NaN where the node has none */
  double weight;                       /* stated weight in its parent; NaN where none */
  const char *missing;                 /* key of the word that says why there is no score, or NULL */
  const ent_judged_answer *judged;     /* of a comparison, else NULL */
  bool withheld;                       /* a row or citation that is confidential: it has no label and no fields */
  const char *url;                     /* of a source, or NULL */
  size_t field_count;                  /* of a row: what stands in its cells */
  const char **field_names, **field_values;
  size_t child_count;
  struct ent_explain_node **children;
} ent_explain_node;

typedef struct ent_explain_answer {
  ent_run_answer run;
  ent_explain_node *root;
} ent_explain_answer;

/* ---- compare ---- */

typedef struct ent_change { /* of one figure from one side to the other; draws are common, so differences have their own
                               intervals */
  ent_figure from, to, difference; /* NaN where missing */
} ent_change;

/* What made a figure change. */
typedef struct ent_cause {
  bool world;    /* other rows hold at the other date */
  bool evidence; /* what the package says about one date was corrected, added or withdrawn */
  bool model;    /* another model reads the same rows */
} ent_cause;

typedef struct ent_compared_answer { /* a criterion, dimension or indicator on the evidence that both sides have */
  const char *id, *key;              /* key: on the side from; of an indicator that only the other side has: there */
  ent_label label;
  ent_change score;
  const char *missing_from, *missing_to; /* reasons, or NULL */
  bool carried_from, carried_to;
  bool of_members;      /* a criterion: of what members give */
  ent_label pair_label; /* a criterion under `giving`: who gives whom */
  bool same_rows;       /* an indicator: both sides rest on the same rows */
  ent_cause cause;
  size_t child_count;
  struct ent_compared_answer *children;
} ent_compared_answer;

typedef struct ent_driver_answer { /* an indicator that changed the score */
  const char *key;                 /* on the side from */
  ent_label label;
  ent_change score, effect; /* effect: on the score, in points of it */
  double expected;          /* mean over draws of the effect's difference */
  ent_cause cause;
  size_t from_count, to_count;
  ent_citation_answer *from_citations, *to_citations;
  ent_judged_answer figures; /* of both sides, where they can not be compared without reserve */
} ent_driver_answer;

typedef struct ent_side_answer { /* an alliance as one side sees it */
  const char *id;
  ent_label label;
  ent_figure score;     /* on all the evidence that it has, as assess says it */
  const char *class_id; /* NULL: coverage too small */
  ent_label class_label;
  double coverage;
} ent_side_answer;

typedef struct ent_compared_alliance {
  ent_side_answer from, to;
  ent_figure difference;  /* of the two scores on all evidence */
  ent_change common;      /* the score on common evidence */
  double common_coverage; /* share of the weight that has evidence on both sides */
  bool shares_nothing;    /* no indicator of one model is one of the other: then nothing is compared */
  bool is_split;          /* the parts below were computed: both sides are the same alliance */
  ent_figure world, evidence,
      model;       /* parts of common.difference, in this order; NaN where nothing of the kind differs */
  ent_figure rest; /* difference less common.difference: evidence that one side alone has */
  size_t criterion_count;
  ent_compared_answer *criteria; /* of the alliance */
  size_t giving_count;           /* what members give each other: trees as criteria, one for each pair and criterion */
  ent_compared_answer *giving;
  size_t driver_count;
  ent_driver_answer *drivers; /* by the size of expected */
} ent_compared_alliance;

typedef struct ent_compare_answer {
  ent_run_answer from, to;
  size_t alliance_count;
  ent_compared_alliance *alliances;
  size_t only_count; /* alliances that one side alone has */
  ent_label *only;
} ent_compare_answer;

/* ---- diff ---- */

typedef enum ent_row_change { ENT_ADDED, ENT_CORRECTED, ENT_WITHDRAWN } ent_row_change;

typedef struct ent_field_change {
  const char *name, *from, *to;
} ent_field_change;

typedef struct ent_diff_row {
  ent_row_change change;
  const char *id, *key; /* key: table:id, as explain takes it */
  ent_label label;
  bool withheld;      /* confidential: its cells are not shown */
  size_t field_count; /* of a correction: the cells that differ */
  ent_field_change *fields;
  size_t citation_count; /* of the row as it stands in `to`, of a withdrawn one as it stood */
  ent_citation_answer *citations;
} ent_diff_row;

typedef struct ent_diff_table {
  const char *name;
  size_t counts[3]; /* by ent_row_change */
  size_t row_count;
  ent_diff_row *rows; /* by change, then id */
} ent_diff_table;

typedef struct ent_diff_answer {
  const char *study;
  ent_label title;
  int from_edition, to_edition;
  const char *from_released, *to_released; /* "" for a working copy */
  size_t field_count;                      /* of the descriptor */
  ent_field_change *fields;
  size_t table_count; /* with changes */
  ent_diff_table *tables;
  bool has_scores; /* false: no alliance stands on both sides, or nothing differs */
  ent_compare_answer scores;
} ent_diff_answer;

typedef struct ent_expectation_part {
  const char *id;
  ent_label label;
  double share;        /* of the draws in which it holds; NaN where it could not be computed */
  const char *why_not; /* word key when NaN ("expect.no_figure"), else NULL */
} ent_expectation_part;

typedef struct ent_expectation_answer {
  const char *id;        /* e1 ... */
  const char *waits_for; /* fears, scenarios; NULL when it was computed */
  double share;          /* of the draws in which all parts (or at least so many) hold */
  size_t at_least;       /* 0: all */
  size_t part_count;
  ent_expectation_part *parts;
} ent_expectation_answer;

typedef struct ent_expect_answer {
  ent_run_answer run;
  size_t count;
  ent_expectation_answer *expectations;
} ent_expect_answer;

/* ---- lists of rows: timeline ---- */

typedef enum ent_moment {
  ENT_BEGINS,
  ENT_ENDS,   /* in a later year than it began; else the beginning says when */
  ENT_VACANT, /* nobody holds the office */
  ENT_SHARED  /* two hold an office that is one person's */
} ent_moment;

typedef struct ent_timeline_entry {
  const char *kind; /* event, status, office, institution, provision, member */
  const char *code; /* the row's own kind, status, class, obligation or role; NULL: confidential */
  ent_moment moment;
  const char *key; /* table:id, as explain takes it; of a gap: the office */
  ent_label label;
  const char *date; /* as written; "" where the beginning is not known */
  const char *end;  /* as written, or NULL: not known, or none */
  int32_t day;      /* first of date; ENT_DAY_OPEN_START where it is not known */
  bool goes_on;     /* its end is open (..) */
  ent_where_answer where;
  size_t citation_count;
  ent_citation_answer *citations;
} ent_timeline_entry;

typedef struct ent_timeline_answer {
  ent_basis_answer basis;
  const char *from, *to, *alliance, *kinds; /* as asked; NULL: not asked */
  size_t without_date;                      /* rows that bear no date and so stand nowhere */
  size_t count;
  ent_timeline_entry *entries; /* by day, kind and key */
} ent_timeline_answer;

/* ---- stale ---- */

typedef enum ent_stale_kind {
  ENT_STALE_FIGURE,     /* the model uses it, and it is older than the limit */
  ENT_STALE_SOON,       /* will be so within a year */
  ENT_STALE_UNDATED,    /* the model uses it, and nothing says until when it held */
  ENT_STALE_OTHER,      /* a figure beside the model that is older than the limit */
  ENT_STALE_REVIEW,     /* a status: under review */
  ENT_STALE_OVERDUE,    /* a status: planned, threatened or contested until a day that has passed */
  ENT_STALE_UNREVIEWED, /* a row that is a draft or disputed */
  ENT_STALE_UNARCHIVED, /* a source with an address and without a copy that stays */
  ENT_STALE_UNVISITED,  /* an address that was last read longer ago than the limit */
  ENT_STALE_CARRIED,    /* a view, body or duty with an open end, after the study's date */
  ENT_STALE_KINDS
} ent_stale_kind;

typedef struct ent_stale_entry {
  const char *key; /* table:id, as explain takes it */
  ent_label label;
  const char *date;      /* from which its age counts, as written; NULL: none */
  double age_years;      /* NaN: no date */
  double limit_years;    /* NaN: none */
  bool passed;           /* older than the limit */
  const char *indicator; /* of the model, whose limit it is: criterion/dimension/indicator; NULL: none, or --years */
  ent_label indicator_label;  /* NULLs where there is none */
  const char *code;           /* of a status or a review; else NULL */
  const char *reviewer, *url; /* or NULL */
  int32_t day;                /* of its beginning, to set those of one age in order */
  size_t citation_count;
  ent_citation_answer *citations;
} ent_stale_entry;

typedef struct ent_stale_list {
  size_t count, room;
  ent_stale_entry *entries; /* the oldest first */
} ent_stale_list;

typedef struct ent_stale_answer {
  ent_basis_answer basis;
  const char *model_id, *model_version, *model_sha256, *model_name; /* model_name: as asked, or the default's */
  uint32_t years;                                                   /* 0: the limits of the model */
  bool all;                                                         /* show the figures beside the model too */
  size_t without_limit;                                             /* figures beside the model that have no limit */
  ent_stale_list lists[ENT_STALE_KINDS];
} ent_stale_answer;

typedef struct ent_check_answer {
  const char *folder, *study; /* study: id, or NULL when the descriptor could not be read */
  size_t rows, resources;
  size_t alpha_count;
  ent_alpha_answer *alphas;     /* agreement of coders, in the order of scales */
  const ent_findings *findings; /* sorted */
} ent_check_answer;

typedef struct ent_load_answer {
  const char *study, *store; /* store: its path */
  int edition;
  bool unchanged; /* the store already held this content */
  size_t rows;
  const ent_findings *findings;
} ent_load_answer;

/* ---- what the store holds ---- */

typedef struct ent_listed_study { /* as its highest edition has it */
  const char *id, *date;
  const char *released; /* "" for a working copy */
  ent_label title;
  size_t edition_count;
  int highest;
} ent_listed_study;

typedef struct ent_list_answer {
  const char *store; /* its path */
  size_t count;
  ent_listed_study *studies; /* by id */
} ent_list_answer;

typedef struct ent_edition_answer {
  int number;
  const char *released; /* "" for a working copy */
  const char *date, *model, *content_sha256;
  bool is_first;                     /* there is none before it: the figures below but rows say nothing */
  size_t rows, added, changed, gone; /* against the edition before */
} ent_edition_answer;

typedef struct ent_review_answer { /* rows by how far they have been reviewed */
  size_t none, draft, reviewed, disputed;
} ent_review_answer;

typedef struct ent_table_answer {
  const char *name;
  size_t rows;
  bool has_review; /* the source register has none */
  ent_review_answer review;
} ent_table_answer;

typedef struct ent_period_answer { /* the days that a table's rows speak of; open ends do not count */
  const char *table;
  const char *first, *last; /* NULL: no row has a date */
} ent_period_answer;

typedef struct ent_show_answer {
  const char *store, *study;
  const char *date, *model, *content_sha256;
  const char *released; /* "" for a working copy */
  ent_label title;
  int edition;
  size_t rows;
  const char *known_at;                    /* or NULL */
  size_t left_out_later, left_out_undated; /* rows that known_at left out; the counts below have them all */
  size_t edition_count, table_count, period_count;
  ent_edition_answer *editions;
  ent_table_answer *tables;
  ent_review_answer review; /* of all tables */
  ent_period_answer *periods;
  struct ent_handling_answer { /* sources by who may see them */
    size_t open, interview, confidential;
  } handling;
} ent_show_answer;

typedef struct ent_remove_answer {
  const char *store, *study;
  ent_label title;
  size_t edition_count, released_count; /* released_count: of them, the released ones */
  int highest;
  size_t versions; /* of rows: each row counts once for each wording that it had */
  bool done;       /* else it is what would be removed */
  bool compact;    /* nothing of it is left in the file */
} ent_remove_answer;
typedef struct ent_held_answer { /* an edition in the store */
  const char *study, *released;  /* released: "" for a working copy */
  int number;
  size_t rows;
  bool hashed; /* a hash of its rows is kept */
} ent_held_answer;

typedef struct ent_store_answer { /* of info, check, backup and restore; each fills what it knows */
  const char *store;              /* its path */
  const char *file;               /* the backup */
  const char *kept;               /* restore: where the store that was there is now, or NULL */
  bool restored;                  /* else a backup was written */
  bool read_only;
  int version, newest; /* migrations; newest: that this program knows */
  uint64_t bytes;
  const char *journal; /* "wal", "delete" */
  size_t held_count, rows;
  ent_held_answer *held;        /* by study and number */
  const ent_findings *findings; /* of a check; sorted */
} ent_store_answer;

typedef enum ent_answer_kind {
  ENT_CHECK,
  ENT_LOAD,
  ENT_ASSESS,
  ENT_EXPLAIN,
  ENT_EXPECT,
  ENT_COMPARE,
  ENT_DIFF,
  ENT_GAP,
  ENT_CITE,
  ENT_COMPOSITE,
  ENT_MATRIX,
  ENT_PROFILE,
  ENT_LEDGER,
  ENT_TIMELINE,
  ENT_STALE,
  ENT_DATA,
  ENT_DATA_COMPARE,
  ENT_RELIABILITY,
  ENT_SENSITIVITY,
  ENT_LIST,
  ENT_SHOW,
  ENT_REMOVE,
  ENT_STORE_INFO,
  ENT_STORE_CHECK,
  ENT_STORE_COPY
} ent_answer_kind;

struct ent_result {
  ent_answer_kind kind;
  ent_arena *arena;
  ent_context *context; /* borrowed: words are found through it, failures go to it */
  union {
    ent_check_answer check;
    ent_load_answer load;
    ent_assess_answer assess;
    ent_explain_answer explain;
    ent_expect_answer expect;
    ent_compare_answer compare;
    ent_diff_answer diff;
    ent_gap_answer gap;
    ent_cite_answer cite;
    ent_composite_answer composite;
    ent_matrix_answer matrix;
    ent_profile_answer profile;
    ent_ledger_answer ledger;
    ent_timeline_answer timeline;
    ent_stale_answer stale;
    ent_data_answer data;
    ent_data_compare_answer data_compare;
    ent_reliability_answer reliability;
    ent_sensitivity_answer sensitivity;
    ent_list_answer list;
    ent_show_answer show;
    ent_remove_answer remove;
    ent_store_answer store;
  };
};

#endif
