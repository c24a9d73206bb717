/* trend.c - how effects changed since the earlier dates that the model names (see forces.h). */
#include <math.h>
#include <string.h>

#include "base/date.h"
#include "study/forces.h"

/* The same day of the year so many years before; 28 February for a 29th that the year does not have. False before year
 * 1. */
static bool years_before(int32_t day, int years, int32_t *out) {
  int year, month, day_of_month;
  bool is_leap;
  ent_day_civil(day, &year, &month, &day_of_month);
  if ((year -= years) < 1) return false;
  is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  *out = ent_day_from_civil(year, month, month == 2 && day_of_month == 29 && !is_leap ? 28 : day_of_month);
  return true;
}

/* The run's date and an earlier one on common evidence. */
static bool assess_pair(ent_trends *trends, size_t i, int32_t day) {
  const ent_run *run = trends->run;
  ent_assess_side sides[2];
  ent_assessment *out[2];
  sides[0] = (ent_assess_side){run->study->evidence, run->model, run->request};
  sides[0].request.draws = trends->setting.draws;
  sides[0].request.progress = NULL; /* too short to tell of */
  sides[1] = sides[0];
  sides[1].request.day = day;
  if (!ent_assess_common(sides, 2, run->arena, out)) return false;
  trends->now[i] = out[0];
  trends->then[i] = out[1];
  return true;
}

ent_status ent_trends_make(const ent_run *run, ent_trends *out) {
  const ent_model_trend *asked = &run->model->trend;
  ent_trend_setting *setting = &out->setting;
  size_t i;
  memset(out, 0, sizeof *out);
  out->run = run;
  setting->least = asked->least;
  setting->reason = asked->reason;
  setting->draws = run->request.draws < ENT_TREND_DRAWS ? run->request.draws : ENT_TREND_DRAWS;
  out->differences = ent_arena_take(run->arena, setting->draws, sizeof *out->differences);
  out->scratch = ent_arena_take(run->arena, setting->draws + ENT_QUANTILE_SLACK, sizeof *out->scratch);
  if (!out->differences || !out->scratch) return ent_fail_memory(run->study->context);
  for (i = 0; i < asked->count; i++) {
    char text[16];
    int32_t day;
    if (!years_before(run->request.day, asked->years[i], &day)) continue;
    setting->years[setting->count] = asked->years[i];
    setting->dates[setting->count] = ent_arena_print(run->arena, "%s", ent_day_write(day, text));
    if (!setting->dates[setting->count] || !assess_pair(out, setting->count, day))
      return ent_fail_memory(run->study->context);
    setting->count++;
  }
  return ENT_OK;
}

static const ent_cell *cell_of(const ent_assessed_alliance *alliance, ent_figure_kind kind, const ent_cell *like,
                               int from) {
  return alliance ? ent_assess_find(alliance, kind, like->scope, from, like->to, like->criterion, like->dimension,
                                    like->indicator)
                  : NULL;
}

static bool rests_on_same_rows(const ent_cell *a, const ent_cell *b) {
  return a->input_count == b->input_count &&
         (!a->input_count || memcmp(a->inputs, b->inputs, a->input_count * sizeof *a->inputs) == 0);
}

static ent_trend_verdict verdict_of(ent_figure difference, double least) {
  if (difference.low >= -least && difference.high <= least) return ENT_TREND_STEADY;
  if (difference.high < 0) return ENT_TREND_WORSENS;
  if (difference.low > 0) return ENT_TREND_IMPROVES;
  return ENT_TREND_UNCLEAR;
}

static ent_figure summary_of(const ent_trends *trends, const float *draws) {
  ent_figure out;
  ent_assess_summary(draws, trends->setting.draws, trends->scratch, &out.median, &out.low, &out.high);
  return out;
}

static void fill_trend(ent_trends *trends, size_t i, const ent_assessed_alliance *alliance, const ent_cell *effect,
                       ent_trend_answer *out) {
  const ent_run *run = trends->run;
  size_t at = (size_t)(alliance - run->assessment->alliances);
  const ent_assessed_alliance *now = ent_assess_counterpart(run->assessment, at, trends->now[i]),
                              *then = ent_assess_counterpart(run->assessment, at, trends->then[i]);
  int from = effect->from < 0 || !then ? effect->from : ent_assess_member(alliance, effect->from, then);
  const ent_cell *late = cell_of(now, ENT_EFFECT, effect, effect->from),
                 *early = cell_of(then, ENT_EFFECT, effect, from), *score = cell_of(then, ENT_SCORE, effect, from);
  uint32_t d;
  out->years = trends->setting.years[i];
  out->date = trends->setting.dates[i];
  out->verdict = ENT_TREND_NONE;
  out->now = out->then = out->difference = (ent_figure){NAN, NAN, NAN};
  if (!late || !late->draws || !early || !early->draws) {
    out->missing = !then ? "missing.no_alliance" : score && score->missing ? score->missing : "missing.no_evidence";
    return;
  }
  for (d = 0; d < trends->setting.draws; d++) trends->differences[d] = late->draws[d] - early->draws[d];
  out->now = summary_of(trends, late->draws);
  out->then = summary_of(trends, early->draws);
  out->difference = summary_of(trends, trends->differences);
  out->verdict = verdict_of(out->difference, trends->setting.least);
  out->same_rows = rests_on_same_rows(cell_of(now, ENT_SCORE, effect, effect->from), score);
}

ent_status ent_trends_of(ent_trends *trends, const ent_assessed_alliance *alliance, const ent_cell *effect,
                         const ent_trend_answer **out) {
  size_t i, count = trends->setting.count;
  ent_trend_answer *list = ent_arena_take(trends->run->arena, count + 1, sizeof *list);
  *out = list;
  if (!list) return ent_fail_memory(trends->run->study->context);
  for (i = 0; i < count; i++) fill_trend(trends, i, alliance, effect, &list[i]);
  return ENT_OK;
}
