/* model.h - reads an assessment model (JSON, schema entente.model/1) into records/model.h. */
#ifndef ENT_EVIDENCE_MODEL_H
#define ENT_EVIDENCE_MODEL_H

#include "base/context.h"
#include "records/model.h"

/* bytes: the file; name stands in messages. ENT_INVALID names the place by JSON Pointer and says what would be
 * right. Everything lives in arena. */
ENT_MUST_CHECK ent_status ent_model_read(ent_context *context, ent_arena *arena, const char *name, const char *bytes,
                                         size_t length, ent_model **out);

#endif
