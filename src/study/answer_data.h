/* answer_data.h - answers about the data of a study: figures and rows as lists, the tree of parts and wholes, counts of
 * rows, and two figures side by side. The rules of study/result.h hold here too. */
#ifndef ENT_STUDY_ANSWER_DATA_H
#define ENT_STUDY_ANSWER_DATA_H

#include "records/comparison.h"
#include "study/answer.h"

typedef struct ent_quantity_answer { /* how much, as the text has it; NaN where it does not say */
  double value, low, high, rank, rank_of;
  bool low_strict, high_strict;
  int decimals;                /* digits behind the point, as the cell has them */
  const char *unit, *currency; /* currency: "" where the unit is no money */
  const char *qualifier;       /* about, more_than, ...; "" for none */
  const char *comparison;      /* above, below, equal; NULL: none */
  const char *compared_key;    /* of the figure that it is compared with */
  ent_label compared_label;
} ent_quantity_answer;

typedef struct ent_named_answer { /* NULL id: none */
  const char *id;
  ent_label label;
} ent_named_answer;

typedef struct ent_conversion_way { /* by one rate */
  const char *rate_key, *date, *from, *to;
  double rate;
  bool inverted;   /* the rate is stated for the other direction */
  bool same_place; /* the rate rests on a place that the figure cites too: it is no check of it */
  double value, low, high;
  double difference;       /* from the text's own; NaN without one */
  double difference_share; /* the same as a share of the text's own; NaN without one or where that is 0 */
  size_t citation_count;
  ent_citation_answer *citations;
} ent_conversion_way;

/* Money in another currency. */
typedef struct ent_conversion_answer {
  const char *currency;    /* NULL: not asked for */
  double value, low, high; /* by the first way; as they are where it is the figure's own currency */
  const char *missing;     /* word key of the reason why there is none, or NULL */
  size_t way_count;
  ent_conversion_way *ways;
  double stated, implied; /* the text's own in this currency; the rate that it implies, for one unit; NaN */
} ent_conversion_answer;

typedef struct ent_definition_answer { /* id NULL: none is stated */
  const char *id, *accounting;
  ent_label label, includes, excludes; /* texts NULL where not given */
  size_t wider_count;
  ent_named_answer *wider; /* the rules that it is a part of, the nearest first */
  size_t citation_count;
  ent_citation_answer *citations;
} ent_definition_answer;

typedef struct ent_data_figure {
  const char *key;
  ent_label label; /* what is measured, of whom */
  ent_named_answer indicator, subjects[ENT_SUBJECTS];
  const char *period, *data_year; /* as written; data_year "" where it is not given */
  ent_quantity_answer quantity;
  double converted; /* as the text converts it; NaN */
  int converted_decimals;
  const char *converted_unit, *converted_currency;
  double standard_error;                           /* of the value; NaN where not given */
  const char *price_basis, *status, *grade, *note; /* "" where not given */
  ent_definition_answer definition;
  ent_named_answer stated_by, addressed_to;
  const char *whole;   /* key of the figure that it is a part of, or NULL */
  const char *nesting; /* stated, inferred; "" */
  size_t citation_count;
  ent_citation_answer *citations;
  ent_conversion_answer conversion; /* into the currency that was asked for */
} ent_data_figure;

/* Parts that were added up beside their whole. A part that stands twice counts once, with the range of its figures;
 * what is a part of a part is never added. */
typedef struct ent_data_sum {
  double low, high;              /* NaN: nothing could be added */
  double share_low, share_high;  /* of the whole; NaN where it has no number */
  size_t added, twice, left_out; /* left_out: of another unit, currency, time, status or without a number */
} ent_data_sum;

typedef struct ent_data_node {
  ent_data_figure figure;
  bool asked; /* it meets what was asked; else it stands there for the whole or part that does */
  ent_data_sum sum;
  size_t child_count;
  struct ent_data_node **children;
} ent_data_node;

typedef struct ent_data_row { /* of any table */
  const char *key;
  ent_label label;
  size_t field_count; /* cells that say something, but id, labels and citations */
  const char **field_names, **field_values;
  size_t citation_count;
  ent_citation_answer *citations;
} ent_data_row;

typedef struct ent_data_count {
  const char *table;
  size_t rows, withheld;
} ent_data_count;

typedef enum ent_data_view { ENT_DATA_FIGURES, ENT_DATA_TREE, ENT_DATA_TABLE, ENT_DATA_COUNTS } ent_data_view;

typedef struct ent_data_answer {
  ent_basis_answer basis;
  ent_data_view view;
  const char *indicator, *actor, *partner, *alliance, *status, *definition, *from, *to, *find, *table, *currency;
  bool all;
  size_t page, page_count, first; /* page: from 1; first: position of its first entry among all, from 0 */
  size_t total;                   /* entries that were found: figures, trees or rows */
  size_t withheld;                /* rows of the table that are confidential and so not looked at */
  size_t alone;                   /* tree: figures that were found and are neither part nor whole */
  size_t figure_count;
  ent_data_figure *figures; /* by indicator, then in the order of the file */
  size_t tree_count;
  ent_data_node **trees;
  size_t row_count;
  ent_data_row *rows;
  size_t count_count;
  ent_data_count *counts;
  size_t footnote_count, missing_count;
  long highest_footnote; /* 0: none is cited */
  long *missing;         /* numbers up to the highest that no citation has; the first 100 of missing_count */
} ent_data_answer;

/* One aspect of two figures side by side. */
typedef struct ent_compared_point {
  ent_compared_aspect aspect;
  ent_hindrance effect;
  const char *code;
  ent_label a, b; /* what each has; NULLs where there is nothing to name */
  size_t a_count, b_count;
  ent_citation_answer *a_citations, *b_citations;
} ent_compared_point;

typedef struct ent_said_answer { /* a row of comparability that bears on the two */
  const char *key;
  ent_reach reach;
  ent_comparable_word word;
  ent_named_answer stated_by; /* NULL id: the encoder's own judgement */
  ent_label reason, a, b;     /* a, b: what it is about */
  size_t citation_count;
  ent_citation_answer *citations;
} ent_said_answer;

typedef struct ent_pair_answer { /* whether two figures can be compared */
  ent_data_figure a, b;
  ent_hindrance verdict;
  bool same_thing;
  int part; /* 1: a is a part of b, -1: b is a part of a, else 0 */
  bool part_inferred;
  size_t part_links;
  double share_low, share_high; /* of the part in its whole; NaN */
  size_t point_count;
  ent_compared_point *points; /* those that arise */
  size_t said_count;
  ent_said_answer *said;
  const char *currency; /* that both were converted into, or NULL */
} ent_pair_answer;

/* The same in brief, beside results that rest on two figures. */
typedef struct ent_judged_answer {
  bool is_judged;    /* false: there are no two figures, or nothing stands in the way */
  const char *a, *b; /* keys */
  ent_comparison comparison;
} ent_judged_answer;

typedef struct ent_data_compare_answer {
  ent_basis_answer basis;
  ent_pair_answer pair;
} ent_data_compare_answer;

#endif
