/* title.c - what a study is called, from the descriptor that was loaded with an edition. */
#include <string.h>

#include "base/json.h"
#include "evidence/package.h"
#include "study/study.h"

ent_status ent_study_title(ent_context *context, ent_arena *arena, const char *study, const ent_edition *edition,
                           ent_label *out) {
  ent_json *json = NULL;
  ent_status status = ent_json_read(context, ENT_DESCRIPTOR, edition->descriptor, strlen(edition->descriptor), &json);
  if (status) return status;
  const char *en = ent_json_get_text(json, "title");
  const char *de = ent_json_get_text(ent_json_get(json, "entente"), "title_de");
  if (!en) en = study;
  if (!de) de = en;
  *out = (ent_label){ent_arena_copy(arena, en, strlen(en)), ent_arena_copy(arena, de, strlen(de))};
  ent_json_free(json);
  return out->en && out->de ? ENT_OK : ent_fail_memory(context);
}
