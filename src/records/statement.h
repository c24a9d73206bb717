/* statement.h - a statement of a text that can be checked: how what is computed relates to what is stated, and what
 * comes of it. */
#ifndef ENT_RECORDS_STATEMENT_H
#define ENT_RECORDS_STATEMENT_H

typedef enum ent_relation {
  ENT_RELATION_EQUAL,
  ENT_RELATION_ABOUT,
  ENT_RELATION_ABOVE,
  ENT_RELATION_BELOW,
  ENT_RELATION_AT_LEAST,
  ENT_RELATION_AT_MOST,
  ENT_RELATION_HOLDS, /* the expression is a comparison that should be true */
  ENT_RELATIONS
} ent_relation;

typedef enum ent_verdict { ENT_REPRODUCED, ENT_DIFFERS, ENT_NO_DATA, ENT_VERDICTS } ent_verdict;

#endif
