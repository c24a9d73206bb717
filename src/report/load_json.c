/* load_json.c - what a load did, as JSON, as share/schemas/load.json describes it. */
#include "report/pages.h"
#include "report/parts_json.h"
#include "report/run.h"

ent_json *ent_load_json(ent_words *words, const ent_result *result) {
  (void)words; /* findings are English and the rest is codes */
  const ent_load_answer *load = &result->load;
  ent_json *json = ent_json_object();
  bool ok = ent_run_json_program(json, "entente.load/1") && ent_json_set_text(json, "study", load->study) &&
            ent_json_set_integer(json, "edition", load->edition) && ent_json_set_text(json, "store", load->store) &&
            ent_json_set_bool(json, "unchanged", load->unchanged) &&
            ent_json_set_integer(json, "rows", (int64_t)load->rows) &&
            ent_json_set_integer(json, "notes", load->findings ? (int64_t)load->findings->notes : 0) &&
            ent_parts_json_findings(json, "findings", load->findings);
  return ent_parts_json_keep(json, ok);
}
