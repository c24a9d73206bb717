/* check_json.c - the findings of a check as JSON, as share/schemas/check.json describes it. */
#include "report/agreement.h"
#include "report/pages.h"
#include "report/parts_json.h"
#include "report/run.h"

ent_json *ent_check_json(ent_words *words, const ent_result *result) {
  (void)words; /* findings are English and the rest is codes */
  const ent_check_answer *check = &result->check;
  const ent_findings *findings = check->findings;
  ent_json *json = ent_json_object();
  bool ok = ent_run_json_program(json, "entente.check/1") && ent_json_set_text(json, "folder", check->folder) &&
            ent_json_set_text(json, "study", check->study) &&
            ent_json_set_integer(json, "tables", (int64_t)check->resources) &&
            ent_json_set_integer(json, "rows", (int64_t)check->rows) &&
            ent_json_set_integer(json, "errors", findings ? (int64_t)findings->errors : 0) &&
            ent_json_set_integer(json, "notes", findings ? (int64_t)findings->notes : 0) &&
            ent_json_set_integer(json, "dropped", findings ? (int64_t)findings->dropped : 0) &&
            ent_parts_json_findings(json, "findings", findings) &&
            ent_agreement_json(json, check->alphas, check->alpha_count);
  return ent_parts_json_keep(json, ok);
}
