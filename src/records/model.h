/* model.h - an assessment model: the tree of criteria, dimensions and indicators, with goalposts, weights and limits.
 *
 * A model is data (share/models, or a file of a package). It names roles, functions and indicators, never a state.
 * Reasons are texts for people; explain shows them as the stated assumptions that a figure rests on. */
#ifndef ENT_RECORDS_MODEL_H
#define ENT_RECORDS_MODEL_H

#include <stdbool.h>
#include <stddef.h>

#include "records/evidence.h"

typedef enum ent_aggregation { ENT_ARITHMETIC, ENT_GEOMETRIC, ENT_WEAKEST, ENT_AGGREGATIONS } ent_aggregation;
/* The id of a way to aggregate, as models, answers and logs write it. Static. */
const char *ent_aggregation_id(ent_aggregation how);

typedef enum ent_source_kind {                             /* where an indicator's value comes from */
                               ENT_FROM_POSITION_DISTANCE, /* distance of members' positions on an issue, 0 to 1 */
                               ENT_FROM_THREAT_DISTANCE,   /* the same of the severity that they see in a threat */
                               ENT_FROM_STANCE,            /* a member's own position */
                               ENT_FROM_SUPPORT,     /* weighted mean of support for an object in a member's capital */
                               ENT_FROM_INSTITUTION, /* a coded aspect of the alliance's institutions of one function */
                               ENT_FROM_INSTITUTION_COUNT, /* how many of them there are */
                               ENT_FROM_OBLIGATION,        /* the highest duty that a member owes the other */
                               ENT_FROM_OBSERVATION,       /* a figure, or the ratio of two */
                               ENT_FROM_POSITION_SPLIT, /* readings only: polarisation of positions inside a member */
                               ENT_FROM_SUPPORT_SPLIT,  /* readings only: the same of support */
                               ENT_SOURCE_KINDS
} ent_source_kind;

typedef struct ent_class_weight { /* weight of an office's class; by the state's system where it differs */
  const char *weight_class;
  double weight;
  const char *system; /* NULL: any */
} ent_class_weight;

typedef struct ent_level { /* an obligation and its height */
  const char *obligation;
  double height;
} ent_level;

typedef struct ent_model_source {
  ent_source_kind kind;
  const char *role;     /* of an issue */
  const char *function; /* of institutions */
  const char *aspect;
  bool highest;                /* reduce institutions to the highest, else to their mean */
  const char *indicator, *per; /* ids of the package's indicators; per: the denominator, of the giver, or NULL */
  size_t definition_count;
  const char **definitions; /* admitted; none listed: all */
  size_t class_count;
  const char **classes; /* weight classes of the offices that count */
  size_t level_count;
  ent_level *levels;
} ent_model_source;

typedef struct ent_weight { /* a stated weight; by the member's system where it differs */
  double value;
  size_t system_count;
  struct ent_system_weight {
    const char *system;
    double value;
  } * systems;
  ent_label reason; /* NULLs: as its neighbours */
} ent_weight;

typedef struct ent_model_indicator {
  const char *id;
  ent_label label; /* may hold {role} placeholders */
  ent_model_source source;
  const char *giver, *receiver; /* roles of members, or NULL: any */
  double low, high;             /* goalposts: score 1 and score 100 */
  const char *unit;
  ent_label goalpost_reason;
  double age_limit_years;
  ent_weight weight;
} ent_model_indicator;

typedef struct ent_model_dimension {
  const char *id;
  ent_label label;
  ent_weight weight;
  size_t indicator_count;
  ent_model_indicator *indicators;
} ent_model_dimension;

typedef struct ent_model_criterion {
  const char *id;
  ent_label label;
  bool of_members; /* computed for each member first; else for the alliance as a whole */
  ent_weight weight;
  size_t dimension_count;
  ent_model_dimension *dimensions;
} ent_model_criterion;

typedef struct ent_model_class {
  const char *id;
  ent_label label;
  double from; /* lowest score of the class */
} ent_model_class;

typedef struct ent_model_qualifier {
  const char *id;
  ent_label reason;
  double below, above; /* shares of the value by which it may lie below or above */
} ent_model_qualifier;

typedef struct ent_model_reading {
  const char *id;
  ent_label label, reason; /* the reason may hold {role} placeholders too */
  ent_model_source source;
} ent_model_reading;

typedef enum ent_distribution { /* of a value between a low and a high end */
                                ENT_RANGES_TRIANGULAR,
                                ENT_RANGES_PERT, /* a beta distribution with lambda 4 */
                                ENT_RANGES_UNIFORM,
                                ENT_RANGES_COUNT
} ent_distribution;

enum { ENT_GRADES = 6 };

typedef struct ent_model_grades { /* what a grade does to a figure's range: the share of the value by which it grows on
                                     either side; the shares of both grades are added */
  bool given;
  double reliability[ENT_GRADES]; /* A to F; F: can not be judged */
  double credibility[ENT_GRADES]; /* 1 to 6; 6: can not be judged */
  ent_label reason;
} ent_model_grades;

enum { ENT_MOST_TRENDS = 4 }; /* each earlier date is assessed anew */

typedef struct ent_model_trend { /* with which earlier dates effects are compared */
  size_t count;                  /* 0: with none */
  int years[ENT_MOST_TRENDS];    /* before the date, rising */
  double least;                  /* difference in score points up to which an effect is called steady */
  ent_label reason;
} ent_model_trend;

typedef struct ent_model_methods { /* what each draw may take one of, where methods vary; all alike likely */
  bool given;
  size_t aggregation_count;
  ent_aggregation aggregations[ENT_AGGREGATIONS];
  bool equal_weights; /* beside the stated ones */
  ent_label reason;
} ent_model_methods;

typedef struct ent_model {
  const char *id, *version;
  ent_label origin;   /* where the criteria come from */
  const char *sha256; /* of the file */
  ent_label label;
  ent_aggregation headline;
  ent_label headline_reason;
  double reference; /* score at which an indicator neither carries nor burdens */
  ent_label reference_reason;
  double divides; /* distance of members' own values, in score points, from which an indicator divides them */
  ent_label divides_reason;
  ent_model_trend trend;
  double concentration; /* Dirichlet(concentration x weights) */
  ent_label concentration_reason;
  double least_coverage;
  ent_label least_coverage_reason, missing_reason;
  double salience_missing;
  ent_label salience_reason, classes_reason, office_reason;
  ent_distribution ranges;
  ent_label ranges_reason; /* NULLs: not stated, triangular */
  ent_model_grades grades;
  ent_model_methods methods;
  size_t qualifier_count, class_count, criterion_count, reading_count;
  ent_model_qualifier *qualifiers;
  ent_model_class *classes; /* by rising limit */
  ent_model_criterion *criteria;
  ent_model_reading *readings;
  size_t position_weight_count, split_weight_count;
  ent_class_weight *position_weights, *split_weights;
} ent_model;

#endif
