/* ledger_notes.c - the check once more, on what the store holds of a study.
 *
 * The tables of an edition are put together as a package, so that the rules are those of a check and there is one place
 * of them. Files and descriptor are not there: rules that look at them have nothing to say. */
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "evidence/check.h"
#include "study/ledger.h"

/* The source register as one array of its entries. */
static ent_status read_sources(ent_study *study, const ent_table *table, ent_json **out) {
  ent_text text = {0};
  ent_status status;
  ent_text_add(&text, "[");
  for (size_t row = 0; row < table->rows; row++) {
    if (row) ent_text_add(&text, ",");
    ent_text_add(&text, ent_table_cell(table, row, ent_table_column(table, "csl")));
  }
  ent_text_add(&text, "]");
  status = text.failed ? ent_fail_memory(study->context)
                       : ent_json_read(study->context, "sources.json", text.data, text.length, out);
  ent_text_clear(&text);
  return status;
}

static ent_status collect(ent_study *study, ent_arena *arena, ent_package *package) {
  const ent_format *format = study->format;
  ent_status status = ENT_OK;
  *package = (ent_package){.folder = "",
                           .format = format,
                           .study = study->evidence->study,
                           .title = study->title,
                           .edition = study->edition.number};
  package->tables = ent_arena_take(arena, format->resource_count, sizeof *package->tables);
  if (!package->tables) return ent_fail_memory(study->context);
  for (size_t r = 0; !status && r < format->resource_count; r++) {
    const ent_table *kept = NULL;
    ent_table *table = ent_arena_take(arena, 1, sizeof *table);
    if (!table) return ent_fail_memory(study->context);
    if ((status = ent_catalog_table(study->catalog, format->resources[r].name, &kept))) return status;
    *table = *kept;
    table->file = format->resources[r].path;
    package->tables[r] = table;
    package->rows += table->rows;
    package->resources++;
    if (format->resources[r].is_sources) status = read_sources(study, kept, &package->sources);
  }
  return status;
}

/* What the model makes of the rows; a model that can not be had has no notes. */
static ent_status check_model(ent_study *study, ent_arena *arena, const ent_package *package, ent_findings *findings) {
  static const ent_assess_options defaults;
  ent_run run;
  ent_status status = ent_run_prepare(study, &defaults, NULL, arena, &run);
  if (status == ENT_NOT_FOUND || status == ENT_INVALID) {
    ent_context_clear(study->context);
    return ENT_OK;
  }
  return status ? status : ent_check_model(study->context, package, run.model, findings);
}

ent_status ent_ledger_notes(ent_study *study, ent_arena *arena, const ent_findings **out) {
  ent_findings *findings = ent_arena_take(arena, 1, sizeof *findings);
  ent_package package = {.sources = NULL};
  ent_status status;
  *out = findings;
  if (!findings) return ent_fail_memory(study->context);
  ent_findings_init(findings, arena);
  status = collect(study, arena, &package);
  if (!status) status = ent_check_package(study->context, &package, findings);
  if (!status) status = check_model(study, arena, &package, findings);
  if (!status) status = ent_statements_check(study->context, &package, findings);
  if (!status && findings->failed) status = ent_fail_memory(study->context);
  ent_findings_sort(findings);
  ent_json_free(package.sources);
  return status;
}
