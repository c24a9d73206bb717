/* draw_log.c - the draws of a run as a file (see draw_log.h).
 *
 * Scores are those that the run kept, in single precision, which nine digits give back. What was drawn is drawn once
 * more from the same random numbers, block by block, so that it takes no memory, and stands with all 17 digits. */
#include "study/draw_log.h"

#include <string.h>

#include "assess/evaluate.h"
#include "base/text.h"
#include "files/stream.h"

typedef struct column {
  const char *name;
  const float *draws; /* NULL: empty */
} column;

typedef struct drawn {
  const char *name;
  size_t input;
  double *block; /* of ENT_EVALUATE_BLOCK */
} drawn;

typedef struct writer {
  const ent_run *run;
  ent_stream *stream;
  const ent_evaluation *evaluation; /* NULL: only scores */
  size_t column_count, drawn_count, left_out;
  column *columns;
  drawn *drawn;
  ent_status status;
} writer;

static void *take(writer *w, size_t count, size_t size) {
  void *memory = w->status ? NULL : ent_arena_take(w->run->arena, count, size);
  if (!memory && !w->status) w->status = ent_fail_memory(w->run->study->context);
  return memory;
}

/* Takes a name; NULL: memory is short. */
static void add_column(writer *w, const char *name, const float *draws) {
  if (!name && !w->status) w->status = ent_fail_memory(w->run->study->context);
  if (!w->status) w->columns[w->column_count++] = (column){name, draws};
}

static bool is_wanted(const ent_cell *cell, bool with_all) {
  if (!cell->draws || (cell->kind != ENT_SCORE && cell->kind != ENT_READING)) return false;
  return with_all || (cell->kind == ENT_SCORE && cell->scope == ENT_OF_ALLIANCE && cell->dimension < 0);
}

static void add_columns(writer *w, bool with_all) {
  const ent_assessment *of = w->run->assessment;
  size_t a, c, room = 0;
  int how;
  for (a = 0; a < of->alliance_count; a++) room += of->alliances[a].cell_count + ENT_AGGREGATIONS;
  w->columns = take(w, room, sizeof *w->columns);
  for (a = 0; a < of->alliance_count; a++) {
    const ent_assessed_alliance *alliance = &of->alliances[a];
    for (how = 0; how < ENT_AGGREGATIONS && !w->status; how++)
      add_column(w,
                 ent_arena_print(w->run->arena, "%s/score/%s", alliance->alliance->id,
                                 ent_aggregation_id((ent_aggregation)how)),
                 alliance->aggregated[how]);
    for (c = 0; c < alliance->cell_count && !w->status; c++)
      if (is_wanted(&alliance->cells[c], with_all))
        add_column(w, ent_run_key(w->run, alliance, &alliance->cells[c]), alliance->cells[c].draws);
  }
}

/* "weight:criterion/dimension/indicator" */
static char *weight_name(const writer *w, const ent_assess_input *in) {
  const ent_model_criterion *c = &w->run->model->criteria[in->criterion];
  const ent_model_dimension *d = in->dimension < 0 ? NULL : &c->dimensions[in->dimension];
  const ent_model_indicator *i = in->indicator < 0 ? NULL : &d->indicators[in->indicator];
  return ent_arena_print(w->run->arena, "weight:%s%s%s%s%s", c->id, d ? "/" : "", d ? d->id : "", i ? "/" : "",
                         i ? i->id : "");
}

/* "value:positions:x/stance" of what was coded, "value:observations:a+b" of figures that disagree; NULL where a row of
 * it is confidential, or the status is set. */
static char *value_name(writer *w, const ent_assess_input *in) {
  ent_catalog *catalog = w->run->study->catalog;
  ent_catalog_row row;
  char *name = NULL;
  size_t i;
  for (i = 0; i < in->evidence_count; i++) {
    if ((w->status = ent_catalog_key(catalog, in->evidence[i], &row)) || row.withheld) return NULL;
    if (in->aspect) continue;
    name = name ? ent_arena_print(w->run->arena, "%s+%s", name, row.id)
                : ent_arena_print(w->run->arena, "value:%s:%s", row.table, row.id);
    if (!name) break;
  }
  if (in->aspect) {
    if ((w->status = ent_catalog_key(catalog, in->item, &row)) || row.withheld) return NULL;
    name = ent_arena_print(w->run->arena, "value:%s:%s/%s", row.table, row.id, in->aspect);
  }
  if (!name) w->status = ent_fail_memory(w->run->study->context);
  return name;
}

static void add_drawn(writer *w) {
  const ent_assess_input *inputs;
  ent_assess_request request = w->run->request;
  size_t i, count;
  request.methods = false; /* values and weights are the same whichever method a draw takes */
  w->evaluation = ent_evaluation_make(w->run->study->evidence, w->run->model, &request, NULL, 0, w->run->arena);
  if (!w->evaluation) {
    w->status = ent_fail_memory(w->run->study->context);
    return;
  }
  inputs = ent_evaluation_inputs(w->evaluation, &count);
  w->drawn = take(w, count, sizeof *w->drawn);
  for (i = 0; i < count && !w->status; i++) {
    drawn *out = &w->drawn[w->drawn_count];
    out->name = inputs[i].kind == ENT_INPUT_WEIGHT ? weight_name(w, &inputs[i]) : value_name(w, &inputs[i]);
    out->input = i;
    if (w->status) return;
    w->left_out += !out->name;
    if (out->name && (out->block = take(w, ENT_EVALUATE_BLOCK, sizeof *out->block))) w->drawn_count++;
  }
}

static void write_head(const writer *w) {
  size_t i;
  ent_stream_print(w->stream, "seed,draw");
  for (i = 0; i < w->column_count; i++) ent_stream_print(w->stream, ",%s", w->columns[i].name);
  for (i = 0; i < w->drawn_count; i++) ent_stream_print(w->stream, ",%s", w->drawn[i].name);
  ent_stream_print(w->stream, "\n");
}

static void write_row(const writer *w, uint32_t draw) {
  size_t i;
  ent_stream_print(w->stream, "%llu,%lu", (unsigned long long)w->run->request.seed, (unsigned long)draw + 1);
  for (i = 0; i < w->column_count; i++)
    if (w->columns[i].draws) ent_stream_print(w->stream, ",%.9g", (double)w->columns[i].draws[draw]);
    else ent_stream_print(w->stream, ",");
  for (i = 0; i < w->drawn_count; i++)
    ent_stream_print(w->stream, ",%.17g", w->drawn[i].block[draw % ENT_EVALUATE_BLOCK]);
  ent_stream_print(w->stream, "\n");
}

static void write_rows(writer *w) {
  const ent_assess_request *request = &w->run->request;
  uint32_t draw;
  size_t i;
  for (draw = 0; draw < request->draws && ent_stream_good(w->stream); draw++) {
    if (draw % ENT_EVALUATE_BLOCK == 0) {
      if (request->progress && request->progress(request->progress_context, 1)) {
        w->status = ent_run_failed(w->run);
        return;
      }
      for (i = 0; i < w->drawn_count; i++)
        ent_evaluation_drawn(w->evaluation, w->drawn[i].input, request->seed, draw, w->drawn[i].block);
    }
    write_row(w, draw);
  }
}

ent_status ent_draw_log_write(const ent_run *run, const char *path, bool with_all, ent_draw_log_answer *out) {
  writer w = {.run = run};
  if ((w.status = ent_stream_open(run->study->context, path, &w.stream))) return w.status;
  add_columns(&w, with_all);
  if (with_all && !w.status) add_drawn(&w);
  if (!w.status) write_head(&w);
  if (!w.status) write_rows(&w);
  if (w.status) ent_stream_abandon(w.stream);
  else w.status = ent_stream_end(w.stream);
  if (w.status) return w.status;
  *out = (ent_draw_log_answer){.file = ent_arena_print(run->arena, "%s", path),
                               .rows = run->request.draws,
                               .columns = 2 + w.column_count + w.drawn_count,
                               .left_out = w.left_out};
  return out->file ? ENT_OK : ent_fail_memory(run->study->context);
}
