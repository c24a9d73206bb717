/* load.c - a checked package into the store, in one transaction.
 *
 * All ids first, then all rows: rows refer to each other in any order. */
#include "evidence/load.h"

#include "evidence/published.h"

static ent_status write_tables(ent_store_load *load, const ent_package *package, const char *const *const *published) {
  const ent_format *format = package->format;
  ent_status status = ENT_OK;
  for (size_t r = 0; !status && r < format->resource_count; r++)
    if (package->tables[r]) status = ent_store_load_items(load, format->resources[r].name, package->tables[r]);
  for (size_t r = 0; !status && r < format->resource_count; r++)
    if (package->tables[r])
      status = ent_store_load_rows(load, format->resources[r].name, package->tables[r], published[r]);
  return status;
}

ent_status ent_package_load(ent_context *context, ent_store *store, const ent_package *package, bool *unchanged) {
  *unchanged = false;
  const char *const *const *published = NULL;
  ent_store_load *load = NULL;
  ent_edition edition = {.number = package->edition,
                         .released = package->released,
                         .date = package->date,
                         .model = package->model,
                         .model_text = package->model_text,
                         .content_sha256 = package->content_sha256,
                         .descriptor = package->descriptor};
  if (!package->study || !package->date || !package->model || !package->descriptor || package->edition < 1)
    return ent_fail(context, ENT_INVALID, ENT_DESCRIPTOR, "check the package first", "the descriptor is not whole");
  ent_arena *arena = ent_arena_new(0);
  if (!arena) return ent_fail_memory(context);
  ent_status status = ent_store_load_begin(store, package->study, &edition, package->format->kept,
                                           package->format->resource_count, &load, unchanged);
  if (!status && !*unchanged) status = ent_published_compute(context, arena, package, &published);
  if (!status && !*unchanged) status = write_tables(load, package, published);
  if (!status && !*unchanged) status = ent_store_load_commit(load);
  ent_store_load_free(load);
  ent_arena_free(arena);
  if (status) return ent_fail_while(context, status, "loading the study %s", package->study);
  return ENT_OK;
}
