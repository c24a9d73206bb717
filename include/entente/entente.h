/* entente.h - the public face of libentente: operations on opaque handles.
 *
 * A context carries the error chain; a store keeps evidence; a study is one loaded package in one edition;
 * a result is the answer of one operation and can be written in several formats and languages.
 *
 * Ownership: what a call returns through its last argument belongs to the caller, who frees it with the
 * function that bears its name (free or close). Free results before the study, studies before the store,
 * stores before the context. Strings that are returned live as long as the handle they came from.
 *
 * Errors: every call returns an ent_status. When it is not ENT_OK, ent_context_message tells what is wrong,
 * where, and what to do; out arguments are then NULL. No call prints, exits or reads the clock.
 *
 * Threads: handles of different contexts may be used at the same time; those of one context may not.
 */
#ifndef ENTENTE_H
#define ENTENTE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define ENT_MUST_CHECK __attribute__((warn_unused_result))
#else
#define ENT_MUST_CHECK
#endif

/* Statuses are also the program's exit codes. */
typedef enum ent_status {
  ENT_OK = 0,
  ENT_USAGE = 2,           /* a call or command line that makes no sense */
  ENT_NOT_FOUND = 3,       /* a study, alliance, figure or file that is not there */
  ENT_INVALID = 4,         /* data that can not be accepted; nothing was changed */
  ENT_STORE = 5,           /* the store or a file could not be read or written; also memory */
  ENT_MISSING_PROGRAM = 6, /* an optional program is not installed */
  ENT_INTERRUPTED = 130    /* stopped by the user */
} ent_status;

typedef enum ent_language { ENT_ENGLISH, ENT_GERMAN } ent_language;
/* A page for a terminal, JSON, comma-separated values, Markdown. */
/* The last four are reference lists, which the answer of ent_cite_run alone has: BibTeX, RIS, CSL-JSON, plain text. */
typedef enum ent_output {
  ENT_TABLE,
  ENT_JSON,
  ENT_CSV,
  ENT_MARKDOWN,
  ENT_BIBTEX,
  ENT_RIS,
  ENT_CSL,
  ENT_TEXT
} ent_output;

typedef struct ent_context ent_context;
typedef struct ent_store ent_store;
typedef struct ent_study ent_study;
typedef struct ent_result ent_result;

/* Told the share of an operation that is done, from 0 to 1: first with 0, before any thread is started; always from the
 * thread that called the operation. Anything but 0 stops the work: the operation then fails with ENT_INTERRUPTED, and
 * has written nothing. */
typedef int ent_progress(void *user, double done);

/* The library's version, "major.minor.patch". */
const char *ent_version(void);

/* A context. share is the folder of models, words and schemas (NULL: ENTENTE_SHARE, else where this build
 * was told). Fails with ENT_STORE when memory is short: then *out is NULL and there is no message. */
ENT_MUST_CHECK ent_status ent_context_new(const char *share, ent_context **out);
void ent_context_free(ent_context *context);
/* The chain of the last failure: one line for the error ("where: what; remedy"), one more for each
 * operation around it. "" when nothing failed. Valid until the next call on the context. */
const char *ent_context_message(const ent_context *context);

/* Opens or creates a store. path: a file, ":memory:" for a scratch store, or NULL for the default
 * (entente/store.sqlite under XDG_DATA_HOME, else under ~/.local/share). ENT_STORE when it can not be
 * opened, is damaged, is not a store, or was written by a newer version. */
ENT_MUST_CHECK ent_status ent_store_open(ent_context *context, const char *path, ent_store **out);
void ent_store_close(ent_store *store);
/* A sentence that the user should see once, such as that the place of the store allows no write-ahead log; or NULL. */
const char *ent_store_notice(const ent_store *store);

/* The store as a file: path as for ent_store_open, but nothing is made; ENT_NOT_FOUND where there is no store.
 * info: where it is, how large, of which version, and what it holds. */
ENT_MUST_CHECK ent_status ent_store_info(ent_context *context, const char *path, ent_result **out);
/* Looks for damage in the file and in what it holds. The result lists all findings, each with its remedy. ENT_OK also
 * where there are errors: ask ent_result_errors. */
ENT_MUST_CHECK ent_status ent_store_check(ent_context *context, const char *path, ent_result **out);
/* Writes a copy of one moment to a file, whole or not at all; others may go on writing. A file that is there is only
 * replaced when it is a store that holds no edition that this one lacks. A damaged store is not copied. */
ENT_MUST_CHECK ent_status ent_store_backup(ent_context *context, const char *path, const char *file, ent_result **out);
/* Puts a backup into the place of the store, which is kept beside it under another name. ENT_STORE, with the store as
 * it was, when the backup is damaged or of a newer version, or while another program has the store open. */
ENT_MUST_CHECK ent_status ent_store_restore(ent_context *context, const char *path, const char *file, ent_result **out);

/* Checks a package folder (NULL: the bundled study) without loading it. The result lists all findings, errors and notes
 * apart. ENT_OK also where there are errors: ask ent_result_errors. ENT_NOT_FOUND when the folder is not there. */
ENT_MUST_CHECK ent_status ent_study_check(ent_context *context, const char *folder, ent_result **out);
/* Number of errors among the findings of a check, of a package or a store (0 for every other result). */
size_t ent_result_errors(const ent_result *result);

/* Checks and loads a package folder in one transaction. ENT_INVALID when the check found errors: then
 * *out is the result of the check, to be shown and freed, and the store is as it was. */
ENT_MUST_CHECK ent_status ent_study_load(ent_context *context, ent_store *store, const char *folder, ent_result **out);

/* Which state of a study's evidence is opened. Zero-initialise, then set what differs from the defaults. */
typedef struct ent_study_options {
  int edition;          /* what the package said in this edition; 0: the highest, of a folder the one that it holds;
                           -1: the one before that, and so on */
  const char *known_at; /* EDTF date: of views, figures, bodies and duties only what was published by its last day; what
                           bears no date of publication is left out too. NULL: all */
  const char *const *reveal; /* ids of confidential sources that may leave by an output */
  size_t reveal_count;
  int aside; /* not 0: a folder is read into memory, and the store stays as it is */
} ent_study_options;

/* Opens a study: a folder (loaded first when its content differs from what the store holds), the id of a
 * loaded study, or NULL for the bundled one. options: NULL for the defaults. ENT_NOT_FOUND for an unknown folder, id or
 * edition; ENT_USAGE for a date that is none; ENT_INVALID as for ent_study_load, without a result; ENT_STORE when the
 * store can not be read. */
ENT_MUST_CHECK ent_status ent_study_open(ent_context *context, ent_store *store, const char *study,
                                         const ent_study_options *options, ent_study **out);
void ent_study_close(ent_study *study);
/* A sentence that the user should see: the opening replaced a working copy in the store, or the store would not take
 * the folder, which was then read into memory. Else NULL. */
const char *ent_study_notice(const ent_study *study);

/* Lists the studies that a store holds. */
ENT_MUST_CHECK ent_status ent_study_list(ent_context *context, ent_store *store, ent_result **out);

/* Shows what a study holds: its editions and what each changed, rows by table and by review, sources by who may see
 * them, the days that events and figures speak of. */
ENT_MUST_CHECK ent_status ent_study_show(ent_study *study, ent_result **out);

/* Takes a study with all its editions out of a store, in one transaction; its package folder is not touched. id:
 * exactly. confirmed: 0 removes nothing and returns ENT_USAGE, and *out is what would be removed, to be shown and
 * freed. ENT_NOT_FOUND, with the nearest known id, for an unknown one; ENT_STORE when the store can only be read. No
 * study of the store may be open. */
ENT_MUST_CHECK ent_status ent_study_remove(ent_context *context, ent_store *store, const char *id, int confirmed,
                                           ent_result **out);

/* What an assessment is asked. Zero-initialise, then set what differs from the defaults. */
typedef struct ent_assess_options {
  const char *as_of;      /* EDTF date; NULL: the study's own date. A coarse date means its last day */
  const char *alliance;   /* id of one alliance; NULL: all that are not reference points */
  const char *model;      /* path of a model file or its name in share/models; NULL: the study's default */
  uint32_t draws;         /* 0: 10,000; at most 1,000,000. Each takes four bytes for every figure that varies */
  uint64_t seed;          /* any; the same seed gives the same bytes */
  const char *vary;       /* what varies from draw to draw: some of values, coders, weights, methods, with commas, or
                             none; NULL: the first three. What does not is as stated; of coders and sources that
                             disagree the mean. methods: each draw takes one of those that the model names */
  unsigned threads;       /* that share the work, at most 256; 0: 1. Any number gives the same bytes */
  ent_progress *progress; /* told, and may stop it; or NULL */
  void *progress_user;
  const char *draw_log; /* path of a file for the draws, for ent_assess_run alone; NULL: none */
  int draw_all;         /* not 0: every score, value and weight goes into it, not the scores and criteria alone */
} ent_assess_options;

/* Assesses a study's alliances: scores from 1 to 100 with the 5th and 95th percentile of the draws.
 * With draw_log one row for each draw goes into that file, which stands whole or not at all. ENT_NOT_FOUND for an
 * unknown alliance or model, ENT_INVALID for a model that does not fit, ENT_INTERRUPTED when progress said so. */
ENT_MUST_CHECK ent_status ent_assess_run(ent_study *study, const ent_assess_options *options, ent_result **out);

/* Leads from a figure down to its footnotes. key: alliance[/criterion[/dimension[/indicator]]],
 * alliance:member/... (a member's own), alliance:from>to/... (what one member gives another), or table:id.
 * ENT_NOT_FOUND, with the nearest known key, for an unknown one. */
ENT_MUST_CHECK ent_status ent_explain_run(ent_study *study, const ent_assess_options *options, const char *key,
                                          ent_result **out);

/* Compares two sides: two dates, editions, days of knowledge, models, alliances or studies. Which they are is said by
 * the two studies (which may be the same handle) and the two options; of seed, draws and what varies those of `from`
 * hold for both, so that what the sides share is drawn once. Figures are compared on the evidence that both sides have;
 * what one side lacks is listed. All alliances that both sides have, or the one that each side names. Fails as
 * ent_assess_run, and with ENT_NOT_FOUND when no alliance stands on both sides. */
ENT_MUST_CHECK ent_status ent_compare_run(ent_study *from, const ent_assess_options *from_options, ent_study *to,
                                          const ent_assess_options *to_options, ent_result **out);

/* What changed between two states of one study: rows that were added, corrected and withdrawn, and what that does to
 * the scores. options->as_of NULL: the date of the study `to`, on both sides, so that the evidence alone makes a
 * difference. Fails as ent_compare_run; where no alliance stands, the rows are answered without scores. */
ENT_MUST_CHECK ent_status ent_diff_run(ent_study *from, ent_study *to, const ent_assess_options *options,
                                       ent_result **out);

/* What is asked of the balance between partners. Zero-initialise, then set what differs from the defaults. */
typedef struct ent_gap_options {
  ent_assess_options run; /* run.alliance: only its pairs, and the standing of its allies */
  const char *const *at; /* EDTF dates of a course over time, each one or several with commas; 2 to 8 in all, or none */
  size_t at_count;
} ent_gap_options;

/* What each ally can expect of the other and what it gives, with the interval of the difference on common draws; how
 * one ally stands against another in the guarantor's capital; and, where dates are given, how the difference went over
 * time, on the evidence that all dates have. Fails as ent_assess_run. */
ENT_MUST_CHECK ent_status ent_gap_run(ent_study *study, const ent_gap_options *options, ent_result **out);

/* What is asked of a sensitivity analysis. Zero-initialise, then set what differs from the defaults. */
typedef struct ent_sensitivity_options {
  ent_assess_options run;
  uint32_t points; /* of each of 16 scramblings of the design, a power of two from 256 to 1,048,576; 0: 4,096 */
  uint32_t top;    /* rows of each table of a page; the data have all. 0: 8 */
} ent_sensitivity_options;

/* What drives the headline score of each alliance and, where there are two, their difference: first-order and total
 * Sobol indices of every uncertain input and of groups of them, with intervals; where each input's ends take the score;
 * the smallest change of one input that changes the verdict; what leaving out each indicator, source and coder does;
 * and how robust the order of the alliances is. Fails as ent_assess_run; ENT_USAGE for points that are no power of two.
 */
ENT_MUST_CHECK ent_status ent_sensitivity_run(ent_study *study, const ent_sensitivity_options *options,
                                              ent_result **out);

/* The study's expectations (checks.csv), each with the share of draws in which it holds, from 0 to 1. Fails as
 * ent_assess_run. */
ENT_MUST_CHECK ent_status ent_expect_run(ent_study *study, const ent_assess_options *options, ent_result **out);

/* Which part of a study's time is asked for. Zero-initialise, then set what differs from the defaults. */
typedef struct ent_timeline_options {
  const char *from, *to; /* EDTF dates: entries from the first day of one to the last day of the other; NULL: all */
  const char *as_of;     /* EDTF date: only what held on its last day; NULL: all */
  const char *alliance;  /* what belongs to it or, where a row names no alliance, to one of its members; NULL: all */
  const char *kinds;     /* some of event, status, office, institution, provision, member, with commas; NULL: all */
} ent_timeline_options;

/* The dated rows of a study in the order of time: events, statuses, holders of offices with the gaps between them, and
 * beginnings and ends of institutions, provisions and memberships. ENT_USAGE for a date or kind that is none,
 * ENT_NOT_FOUND for an unknown alliance. */
ENT_MUST_CHECK ent_status ent_timeline_run(ent_study *study, const ent_timeline_options *options, ent_result **out);

/* Which part of the comparison table is asked for. Zero-initialise, then set what differs from the defaults. */
typedef struct ent_matrix_options {
  const char *as_of;     /* EDTF date: who held office on its last day; NULL: the study's own date */
  const char *from, *to; /* EDTF dates: instead, all who held office between them; NULL: from the first, to the last */
  const char *issues;    /* ids or roles of issues, with commas; NULL: all positions and threats */
  const char *actors;    /* ids of states or other actors, with commas; NULL: all who held office */
  const char *model;     /* whose dimensions group the issues: as in ent_assess_options */
} ent_matrix_options;

/* The comparison table: issues by states, each cell with the views of those in office, what coders gave them, what
 * changed since those before, and who in one state sees it otherwise. ENT_USAGE for a date that is none, or a period
 * with a day; ENT_NOT_FOUND for an unknown issue, actor or model. */
ENT_MUST_CHECK ent_status ent_matrix_run(ent_study *study, const ent_matrix_options *options, ent_result **out);
/* Which part of a study's ledger is asked for. Zero-initialise, then set what differs from the defaults. */
typedef struct ent_ledger_options {
  const char *as_of;      /* EDTF date: only rows that had begun by its last day; NULL: all */
  const char *verdict;    /* reproduced, differs or no_data; NULL: all */
  const char *kind;       /* arithmetic, rate, rank, ...; NULL: all */
  const char *conclusion; /* number of one of the study's conclusions; NULL: all */
  const char *find;       /* text in id, label, expression or finding; NULL: all */
} ent_ledger_options;

/* The statements of a study's text, each computed anew from its evidence and held against what the text states; sums
 * over all of them; inconsistencies of the text itself; figures of other sources beside the study's; notes of the check
 * and which statement accounts for each. ENT_USAGE for a date, verdict, kind or conclusion that is none. */
ENT_MUST_CHECK ent_status ent_ledger_run(ent_study *study, const ent_ledger_options *options, ent_result **out);

/* Which alliance's fact sheet is asked for. Zero-initialise, then set what differs from the defaults. */
typedef struct ent_profile_options {
  const char *alliance; /* id; reference points too. Needed */
  const char *as_of;    /* EDTF date; NULL: the study's own date. A coarse date means its last day */
} ent_profile_options;

/* An alliance's fact sheet in six fields: legal and political basis, obligations and their readings, planning and
 * command, consultation, military underpinning, nuclear dimension; as they were on a day, with the statuses of that
 * day. ENT_USAGE for a date that is none, ENT_NOT_FOUND for an unknown alliance. */
ENT_MUST_CHECK ent_status ent_profile_run(ent_study *study, const ent_profile_options *options, ent_result **out);

/* What an editor is to renew. Zero-initialise, then set what differs from the defaults. */
typedef struct ent_stale_options {
  const char *as_of; /* EDTF date; NULL: the study's own date. A coarse date means its last day */
  const char *model; /* whose age limits hold: as in ent_assess_options */
  uint32_t years;    /* one limit for all; 0: each indicator's own, and none for what no indicator reads */
  int all;           /* non-zero: the page lists figures too that the model does not use */
} ent_stale_options;

/* Lists what is older than the limits of a model, or soon will be; reviews and plans that are due; rows that nobody
 * has reviewed; addresses without a copy that stays. Nothing is computed but ages. ENT_USAGE for a date that is none or
 * more than 1000 years, ENT_NOT_FOUND and ENT_INVALID for a model as ent_assess_run. */
ENT_MUST_CHECK ent_status ent_stale_run(ent_study *study, const ent_stale_options *options, ent_result **out);

/* What is asked of the coders. Zero-initialise, then set what differs from the defaults. */
typedef struct ent_reliability_options {
  const char *scale; /* id of one scale; NULL: all */
  int all;           /* non-zero: the page lists every disagreement, not the largest alone */
} ent_reliability_options;

/* How far the coders of a study agree: Krippendorff's alpha for each scale, by its level of measurement, with a 90 %
 * bootstrap interval over items (1,000 resamples, seed 1), for any number of coders; and the items that they see
 * differently, the largest distance (a share of the scale's range) first. ENT_NOT_FOUND for an unknown scale. */
ENT_MUST_CHECK ent_status ent_reliability_run(ent_study *study, const ent_reliability_options *options,
                                              ent_result **out);

/* Which data of a study are asked for. Zero-initialise, then set what differs from the defaults. Ids choose figures
 * that name them; NULL chooses all. */
typedef struct ent_data_options {
  const char *indicator, *actor, *partner, *definition; /* ids */
  const char *alliance;  /* what belongs to it or, where a figure names no alliance, to one of its members */
  const char *status;    /* reported, planned, ... */
  const char *from, *to; /* EDTF dates: figures about some day from the first of one to the last of the other */
  const char *as_of;     /* EDTF date: figures about its last day */
  const char *find;      /* text in an id, a label or a note, without regard to case; of a table: in any cell */
  const char *currency;  /* code: money is converted by stated rates; NULL: not at all */
  int tree;              /* not 0: wholes and their parts instead of a list */
  int counts;            /* not 0: rows by table instead of figures */
  const char *table;     /* its rows instead of figures; of what is above, find alone fits */
  int all;               /* not 0: pages of 10,000 entries, so mostly all at once; else pages of 50 */
  uint32_t page;         /* from 1; 0: the first */
} ent_data_options;

/* Lists the figures of a study, or the rows of any of its tables, with units, definitions, status and citations.
 * ENT_USAGE for a date, status, currency or page that is none and for options that do not fit together, ENT_NOT_FOUND,
 * with the nearest known id, for an unknown id or table. */
ENT_MUST_CHECK ent_status ent_data_run(ent_study *study, const ent_data_options *options, ent_result **out);

/* Says whether two figures can be compared and, if not, in what they differ. a, b: ids of observations, or
 * "observations:id". currency: as above; NULL: where they differ in it, one that stated rates lead to. ENT_NOT_FOUND
 * for an unknown figure and for one that is confidential. */
ENT_MUST_CHECK ent_status ent_data_compare_run(ent_study *study, const char *a, const char *b, const char *currency,
                                               ent_result **out);

/* Which works are asked for. Zero-initialise, then set what differs from the defaults. */
typedef struct ent_cite_options {
  const char *style;         /* swp, apa or chicago; NULL: swp */
  const char *const *chosen; /* ids of sources, package:STUDY, or keys "table:id" of rows for all that they cite */
  size_t chosen_count;       /* 0: the package, the text that it encodes, and all its sources by author */
} ent_cite_options;

/* A study and its sources for reference lists, with who may see them, their licences and permissions, and how many rows
 * cite them. Confidential sources are counted, not listed, unless they were revealed. ENT_USAGE for a style that is
 * none, ENT_NOT_FOUND, with the nearest, for an unknown source or row. */
ENT_MUST_CHECK ent_status ent_cite_run(ent_study *study, const ent_cite_options *options, ent_result **out);

/* How a composite is made. Zero-initialise, then set what differs from the defaults. A method is a name, as
 * docs/composite.md lists them; further names behind slashes ("min_max/percentile_rank") are alternatives, of which
 * each draw takes one. NULL: the default. */
typedef struct ent_composite_options {
  const char *data, *meta;     /* CSV files: COINr's iData and iMeta. Needed */
  const char *experts;         /* CSV file: budgets of experts; NULL: none */
  const char *group;           /* the column of groups that group means are taken by; NULL: the first */
  const char *order;           /* screen_treat_impute (the default), screen_impute_treat or impute_screen_treat */
  const char *treatment;       /* none (the default), winsorise, log, shifted_log, box_cox, as_needed or as_coin_tool */
  double least_coverage;       /* a unit with a smaller share of its values is left out, 0 to 1 */
  double least_present;        /* an aggregate with a smaller share of its children is missing, 0 to 1 */
  const char *imputation;      /* none (the default), mean, median, group_mean, carry_forward, worst or best */
  const char *normalisation;   /* goalposts (the default where META has them), min_max (the default elsewhere), z_score,
                                  rank, percentile_rank, reference or borda */
  double scale_from, scale_to; /* what shares from 0 to 1 are scaled to; scale_to 0: 100 */
  const char *weighting;       /* given (the default), equal, budget, principal or correlation */
  const char *aggregation;   /* arithmetic (the default), geometric, harmonic, power:P, weakest, copeland or condorcet;
                                with commas one for each level of the tree from indicators upward */
  const char *vary;          /* values, weights, methods, with commas, or none; NULL: values that have a range, weights,
                                and methods with alternatives */
  const char *distribution;  /* of ranges: triangular (the default), pert or uniform */
  double concentration;      /* of weights: Dirichlet(concentration x their shares); 0: 100 */
  uint32_t draws;            /* 0: 10,000, or fewer where units are many */
  uint64_t seed;             /* the same seed gives the same bytes, whatever the number of threads */
  unsigned threads;          /* 0: 1 */
  int indices;               /* not 0: what moves the ranks: variance-based indices, and each input at its ends */
  const char *export_folder; /* where the whole calculation is written as CSV files; must not be there, or be empty;
                                NULL: nowhere */
  ent_progress *progress;    /* or NULL */
  void *progress_user;
} ent_composite_options;

/* A composite indicator of any units: each step of the handbook of OECD and JRC (2008) by a named choice, scores and
 * ranks with their intervals, how often each unit holds each rank. ENT_NOT_FOUND for a file that is not there.
 * ENT_USAGE for a name or parameter that is none. ENT_INVALID for data that can not be accepted: then *out may be the
 * list of findings, to be shown and freed, or NULL, when a method makes no sense for the data; the message says why.
 * ENT_INTERRUPTED when progress said so. On every failure nothing was written. */
ENT_MUST_CHECK ent_status ent_composite_run(ent_context *context, const ent_composite_options *options,
                                            ent_result **out);

/* Where output goes: called with pieces of text; returns 0, or non-zero to stop. */
typedef struct ent_sink {
  int (*write)(void *user, const char *text, size_t length);
  void *user;
  int width;  /* columns for ENT_TABLE; 0: 80 */
  int colour; /* non-zero: ANSI colours */
} ent_sink;

/* Writes a result. ENT_STORE when the sink stops or memory is short, ENT_USAGE for a reference list of an answer that
 * is none. */
ENT_MUST_CHECK ent_status ent_result_write(const ent_result *result, ent_output output, ent_language language,
                                           const ent_sink *sink);
void ent_result_free(ent_result *result);

#ifdef __cplusplus
}
#endif
#endif
