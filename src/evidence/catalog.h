/* catalog.h - looks rows up: what stands in them, what they are called, what they cite.
 *
 * For explain and the report: from an id or a key to a row, from a row to its citations and their sources. Tables are
 * read from the store when they are first asked for, and kept. Strings live as long as the catalog.
 *
 * What is confidential stays inside: of a source that its handling marks so, of the citations of it, and of a row that
 * cites nothing else (or codes such a row), rows and citations that are given out have their id alone. Only
 * ent_catalog_table gives all cells, for those who compute and do not show. */
#ifndef ENT_EVIDENCE_CATALOG_H
#define ENT_EVIDENCE_CATALOG_H

#include "base/context.h"
#include "evidence/format.h"
#include "records/evidence.h"
#include "store/store.h"

typedef struct ent_catalog ent_catalog;

/* A row. Columns without a value have "". */
typedef struct ent_catalog_row {
  const char *table, *id;
  size_t count; /* columns; the first is the id */
  const char *const *names, *const *values;
  bool withheld; /* confidential: values but the id are "" */
} ent_catalog_row;

typedef struct ent_catalog_citation {
  const char *id, *role;                                  /* role: source, rate, base_year, definition */
  const char *anchor;                                     /* footnote, place or outside */
  const char *footnote, *page, *section, *cell, *locator; /* "" where not given */
  const char *stance, *kind;
  const char *source;   /* its id in the source register */
  const char *line;     /* the work: "Authors, Title, Year" */
  const char *url;      /* or NULL */
  const char *licence;  /* of the work; NULL: none stated */
  const char *handling; /* of the source: public, interview or confidential */
  bool withheld;        /* confidential: all but role and handling is "" */
} ent_catalog_citation;

typedef struct ent_catalog_work {   /* an entry of the source register */
  const char *line;                 /* "Authors, Title, Year" */
  const char *url;                  /* or NULL */
  const char *licence, *permission; /* NULL: none stated */
} ent_catalog_work;

/* store and format must outlive the catalog; study and edition must be there. */
ENT_MUST_CHECK ent_status ent_catalog_new(ent_context *context, ent_store *store, const ent_format *format,
                                          const char *study, int edition, ent_catalog **out);
/* Gives out what rests on these confidential sources too. ENT_NOT_FOUND, with the nearest id, for one that is not
 * there. */
ENT_MUST_CHECK ent_status ent_catalog_reveal(ent_catalog *catalog, const char *const *sources, size_t count);
/* Rows of a table that are withheld. */
ENT_MUST_CHECK ent_status ent_catalog_count_withheld(ent_catalog *catalog, const char *table, size_t *count);
void ent_catalog_free(ent_catalog *catalog);
const char *ent_catalog_study(const ent_catalog *catalog);
const ent_edition *ent_catalog_edition(const ent_catalog *catalog);

/* ENT_NOT_FOUND, with the nearest known table or id, when there is no such row. */
ENT_MUST_CHECK ent_status ent_catalog_row_of(ent_catalog *catalog, const char *table, const char *id,
                                             ent_catalog_row *out);
/* The same from "table:id". */
ENT_MUST_CHECK ent_status ent_catalog_item(ent_catalog *catalog, const char *item, ent_catalog_row *out);
/* The same from a key (records/evidence.h) of a row that a figure can rest on: observations, positions, threats,
 * support, stakes, codings, institutions, provisions. Without a nearest one. */
ENT_MUST_CHECK ent_status ent_catalog_key(ent_catalog *catalog, ent_key key, ent_catalog_row *out);
/* All rows of a table, for those who look for nearest ids. */
ENT_MUST_CHECK ent_status ent_catalog_table(ent_catalog *catalog, const char *table, const ent_table **out);

/* Since when each of its rows could be known, in the same order: dates, "" where that is unknown. */
ENT_MUST_CHECK ent_status ent_catalog_published(ent_catalog *catalog, const char *table, const char *const **dates);

/* The value in a column, "" where there is no such column. */
const char *ent_catalog_value(const ent_catalog_row *row, const char *column);
/* label_en and label_de, else the title, else the id. */
ent_label ent_catalog_label(const ent_catalog_row *row);
/* What a row cites, in the order of its cell. *out lives as long as the catalog. */
ENT_MUST_CHECK ent_status ent_catalog_citations(ent_catalog *catalog, const ent_catalog_row *row,
                                                const ent_catalog_citation **out, size_t *count);
/* The work in one line, with its terms, also where it is confidential: whoever shows it looks at its row first. *out
 * lives as long as the catalog. */
ENT_MUST_CHECK ent_status ent_catalog_source(ent_catalog *catalog, const char *source, const ent_catalog_work **out);

#endif
