/* indices.c - see indices.h. Comes in: a function of uniform numbers; goes out: indices of its inputs. Keeps nothing.
 *
 * A part of the work is a slice of one scrambling; it leaves sums, taken about its own first value so that nothing
 * cancels, and the sums are joined in the order of slices. How a scrambling is cut depends on sizes alone. */
#include "num/indices.h"

#include <math.h>
#include <stdbool.h>

#include "num/quantile.h"
#include "num/random_block.h"

enum { MOST_SLICES = 8, MOST_SCRAMBLINGS = 4096, MOST_POINTS = 1 << 30, AMPLE = 1 << 22 };

typedef struct sums { /* over a slice, of one output */
  double about;       /* its value at the slice's first point of A; z is y - about */
  double z, zz;       /* yA and yB together */
  double largest;     /* |y| */
} sums;

typedef struct input_sums { /* of one output and input, d = yAB - yA */
  double d, dd, zd;         /* zd: z of B times d */
} input_sums;

typedef struct worker {
  double *a, *b; /* columns x block */
  const double **column;
  double *y_a, *y_b, *y_ab; /* outputs x block */
} worker;

typedef struct run {
  const ent_indices_design *design;
  size_t block, slices, blocks_of_slice;
  size_t sequence;       /* columns of the sequence; those behind it are padding */
  const size_t *columns; /* of all inputs, one after the other */
  const size_t *begin;   /* inputs + 1: where in columns */
  worker *workers;
  sums *sums;         /* scramblings x slices x outputs */
  input_sums *inputs; /* scramblings x slices x outputs x inputs */
} run;

static uint64_t mixed(uint64_t x) { /* Steele, Lea & Flood 2014: one to one, every bit depends on all */
  x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
  x = (x ^ x >> 27) * 0x94d049bb133111eb;
  return x ^ x >> 31;
}

/* Neighbouring seeds share no scrambling. */
static uint64_t seed_of(uint64_t seed, size_t scrambling) {
  return mixed(mixed(seed + 0x9e3779b97f4a7c15) + scrambling * 0x9e3779b97f4a7c15);
}

static bool lists_are_sound(const ent_indices_design *d) {
  size_t i, k;
  if (!d->begin) return d->input || d->input_count == d->column_count;
  if (d->input || !d->columns || d->begin[0] != 0) return false;
  for (i = 0; i < d->input_count; i++) {
    if (d->begin[i + 1] < d->begin[i]) return false;
    for (k = d->begin[i]; k < d->begin[i + 1]; k++)
      if (d->columns[k] >= d->column_count || (k > d->begin[i] && d->columns[k] <= d->columns[k - 1])) return false;
  }
  return true;
}

static bool is_sound(const ent_indices_design *d) {
  size_t c;
  if (!d->evaluate || !d->output_count || !d->column_count || d->column_count > ENT_INDICES_MOST_PADDED) return false;
  if (d->points < 2 || d->points > MOST_POINTS || (d->points & (d->points - 1))) return false;
  if (!d->scramblings || d->scramblings > MOST_SCRAMBLINGS || !(d->level >= 0 && d->level < 1)) return false;
  if (!d->input_count || !lists_are_sound(d)) return false;
  for (c = 0; d->input && c < d->column_count; c++)
    if (d->input[c] < -1 || (d->input[c] >= 0 && (size_t)d->input[c] >= d->input_count)) return false;
  return true;
}

/* ---- memory ---- */

static bool times(size_t *product, size_t factor) {
  if (factor && *product > SIZE_MAX / factor) return false;
  *product *= factor;
  return true;
}

static bool take_workers(ent_arena *arena, run *r, unsigned count) {
  const ent_indices_design *d = r->design;
  unsigned i;
  size_t points = d->column_count * r->block, values = d->output_count; /* columns are few */
  if (!times(&values, r->block) || !(r->workers = ent_arena_take(arena, count, sizeof *r->workers))) return false;
  for (i = 0; i < count; i++) {
    worker *w = &r->workers[i];
    if (!(w->a = ent_arena_take(arena, points, sizeof *w->a)) ||
        !(w->b = ent_arena_take(arena, points, sizeof *w->b)) ||
        !(w->column = ent_arena_take(arena, d->column_count, sizeof *w->column)) ||
        !(w->y_a = ent_arena_take(arena, values, sizeof *w->y_a)) ||
        !(w->y_b = ent_arena_take(arena, values, sizeof *w->y_b)) ||
        !(w->y_ab = ent_arena_take(arena, values, sizeof *w->y_ab)))
      return false;
  }
  return true;
}

/* As many slices as leave room: they make progress smooth and stops quick, no more. */
static bool take_sums(ent_arena *arena, run *r) {
  const ent_indices_design *d = r->design;
  size_t least = d->output_count, count;
  if (!times(&least, d->scramblings) || !times(&least, d->input_count)) return false;
  while (r->slices > 1 && least > AMPLE / 3 / r->slices) r->slices /= 2;
  r->blocks_of_slice = d->points / r->block / r->slices;
  count = least;
  if (!times(&count, r->slices)) return false;
  r->inputs = ent_arena_take(arena, count, sizeof *r->inputs);
  r->sums = ent_arena_take(arena, count / d->input_count, sizeof *r->sums);
  return r->inputs && r->sums;
}

static bool take_outputs(ent_arena *arena, const ent_indices_design *d, ent_indices *out) {
  size_t o;
  for (o = 0; o < d->output_count; o++) {
    out[o].first = ent_arena_take(arena, d->input_count, sizeof *out[o].first);
    out[o].total = ent_arena_take(arena, d->input_count, sizeof *out[o].total);
    if (!out[o].first || !out[o].total) return false;
  }
  return true;
}

/* The columns of each input, rising. */
static bool list_columns(ent_arena *arena, run *r) {
  const ent_indices_design *d = r->design;
  size_t i, c, *next, *columns, *begin;
  r->columns = d->columns;
  r->begin = d->begin;
  if (d->begin) return true;
  r->columns = columns = ent_arena_take(arena, d->column_count, sizeof *columns);
  r->begin = begin = ent_arena_take(arena, d->input_count + 1, sizeof *begin);
  next = ent_arena_take(arena, d->input_count, sizeof *next);
  if (!columns || !begin || !next) return false;
  for (c = 0; c < d->column_count; c++)
    if (!d->input || d->input[c] >= 0) begin[(d->input ? (size_t)d->input[c] : c) + 1]++;
  for (i = 0; i < d->input_count; i++) {
    begin[i + 1] += begin[i];
    next[i] = begin[i];
  }
  for (c = 0; c < d->column_count; c++)
    if (!d->input || d->input[c] >= 0) columns[next[d->input ? (size_t)d->input[c] : c]++] = c;
  return true;
}

/* ---- a slice ---- */

static void draw_block(const run *r, uint64_t seed, uint32_t first, worker *w) {
  size_t c, columns = r->design->column_count;
  for (c = 0; c < r->sequence; c++) {
    ent_sobol_scrambled_column(seed, c, first, r->block, w->a + c * r->block);
    ent_sobol_scrambled_column(seed, r->sequence + c, first, r->block, w->b + c * r->block);
  }
  for (; c < columns; c++) {
    ent_random_block(seed, mixed(2 * c), first, r->block, w->a + c * r->block);
    ent_random_block(seed, mixed(2 * c + 1), first, r->block, w->b + c * r->block);
  }
}

static void add_base(const run *r, const worker *w, bool begins, sums *to) {
  size_t o, k;
  for (o = 0; o < r->design->output_count; o++, to++) {
    const double *a = w->y_a + o * r->block, *b = w->y_b + o * r->block;
    if (begins) *to = (sums){.about = a[0]};
    for (k = 0; k < r->block; k++) {
      double z_a = a[k] - to->about, z_b = b[k] - to->about;
      to->z += z_a + z_b;
      to->zz += z_a * z_a + z_b * z_b;
      to->largest = fmax(to->largest, fmax(fabs(a[k]), fabs(b[k])));
    }
  }
}

static void add_input(const run *r, const worker *w, size_t input, const sums *base, input_sums *to) {
  size_t o, k;
  for (o = 0; o < r->design->output_count; o++) {
    const double *a = w->y_a + o * r->block, *b = w->y_b + o * r->block, *ab = w->y_ab + o * r->block;
    input_sums s = {0, 0, 0}, *sum = to + o * r->design->input_count + input;
    for (k = 0; k < r->block; k++) {
      double d = ab[k] - a[k];
      s.d += d;
      s.dd += d * d;
      s.zd += (b[k] - base[o].about) * d;
    }
    sum->d += s.d;
    sum->dd += s.dd;
    sum->zd += s.zd;
  }
}

static int evaluate_all(const run *r, unsigned number, const double *numbers, double *y) {
  const ent_indices_design *d = r->design;
  worker *w = &r->workers[number];
  const ent_indices_points points = {r->block, w->column, ENT_INDICES_ALL, 0, NULL};
  size_t c;
  for (c = 0; c < d->column_count; c++) w->column[c] = numbers + c * r->block;
  return d->evaluate(d->context, &points, number, y);
}

/* A is the last that was evaluated: its columns stand. */
static int evaluate_changed(const run *r, unsigned number, size_t input) {
  const ent_indices_design *d = r->design;
  worker *w = &r->workers[number];
  const size_t *columns = r->columns + r->begin[input], count = r->begin[input + 1] - r->begin[input];
  const ent_indices_points points = {r->block, w->column, (long)input, count, columns};
  size_t k;
  int answer;
  for (k = 0; k < count; k++) w->column[columns[k]] = w->b + columns[k] * r->block;
  answer = d->evaluate(d->context, &points, number, w->y_ab);
  for (k = 0; k < count; k++) w->column[columns[k]] = w->a + columns[k] * r->block;
  return answer;
}

static int do_slice(void *context, size_t part, unsigned number) {
  const run *r = context;
  const ent_indices_design *d = r->design;
  worker *w = &r->workers[number];
  const uint64_t seed = seed_of(d->seed, part / r->slices);
  sums *base = r->sums + part * d->output_count;
  input_sums *inputs = r->inputs + part * d->output_count * d->input_count;
  size_t block, i, first = part % r->slices * r->blocks_of_slice;
  for (block = 0; block < r->blocks_of_slice; block++) {
    int answer;
    draw_block(r, seed, (uint32_t)((first + block) * r->block), w);
    if ((answer = evaluate_all(r, number, w->b, w->y_b))) return answer;
    if ((answer = evaluate_all(r, number, w->a, w->y_a))) return answer;
    add_base(r, w, block == 0, base);
    for (i = 0; i < d->input_count; i++) {
      if ((answer = evaluate_changed(r, number, i))) return answer;
      add_input(r, w, i, base, inputs);
    }
  }
  return 0;
}

/* ---- from sums to indices ---- */

typedef struct moments {
  double mean, variance;
} moments;

/* Of slices from to from + count of one output; every slice has as many points. */
static moments join(const run *r, size_t output, size_t from, size_t count) {
  const double each = 2.0 * (double)(r->blocks_of_slice * r->block), all = each * (double)count;
  moments m = {0, 0};
  const sums *s;
  size_t k;
  for (k = from; k < from + count; k++) {
    s = r->sums + k * r->design->output_count + output;
    m.mean += (s->about + s->z / each) / (double)count;
  }
  for (k = from; k < from + count; k++) {
    double shift;
    s = r->sums + k * r->design->output_count + output;
    shift = s->about - m.mean;
    m.variance += (s->zz + 2 * shift * s->z + each * shift * shift) / all;
  }
  m.variance = fmax(m.variance, 0);
  return m;
}

static bool varies(const run *r, size_t output, size_t from, size_t count, moments m) {
  double largest = 0;
  size_t k;
  for (k = from; k < from + count; k++) largest = fmax(largest, r->sums[k * r->design->output_count + output].largest);
  return sqrt(m.variance) > 1e-12 * largest;
}

/* Whether all differences of an output are numbers: those of A and B may be, and one of AB not. */
static bool differences_finite(const run *r, size_t output) {
  const ent_indices_design *d = r->design;
  size_t k, i;
  for (k = 0; k < d->scramblings * r->slices; k++)
    for (i = 0; i < d->input_count; i++)
      if (!isfinite(r->inputs[(k * d->output_count + output) * d->input_count + i].dd)) return false;
  return true;
}

static ent_indices_reason judge(const run *r, size_t output, moments whole) {
  const size_t scramblings = r->design->scramblings;
  size_t s;
  if (!isfinite(whole.mean) || !isfinite(whole.variance) || !differences_finite(r, output)) return ENT_INDICES_MISSING;
  if (!varies(r, output, 0, scramblings * r->slices, whole)) return ENT_INDICES_CONSTANT;
  for (s = 0; s < scramblings; s++)
    if (!varies(r, output, s * r->slices, r->slices, join(r, output, s * r->slices, r->slices)))
      return ENT_INDICES_SPARSE;
  return ENT_INDICES_THERE;
}

/* Of one scrambling. */
static void estimate(const run *r, size_t output, size_t input, size_t scrambling, moments m, double *first,
                     double *total) {
  const ent_indices_design *d = r->design;
  double zd = 0, dd = 0;
  size_t k;
  for (k = scrambling * r->slices; k < (scrambling + 1) * r->slices; k++) {
    const size_t place = k * d->output_count + output;
    const input_sums *s = &r->inputs[place * d->input_count + input];
    zd += s->zd + (r->sums[place].about - m.mean) * s->d;
    dd += s->dd;
  }
  *first = zd / (double)d->points / m.variance;
  *total = dd / (double)d->points / (2 * m.variance);
}

typedef struct tally { /* Welford 1962 */
  double count, mean, squares;
} tally;

static void add(tally *t, double x) {
  double off = x - t->mean;
  t->count++;
  t->mean += off / t->count;
  t->squares += off * (x - t->mean);
}

static ent_sensitivity_index with_interval(const tally *t, double level) {
  double half =
      t->count < 2 ? NAN
                   : ent_quantile_student(0.5 + level / 2, t->count - 1) * sqrt(t->squares / (t->count - 1) / t->count);
  return (ent_sensitivity_index){t->mean, t->mean - half, t->mean + half};
}

static void conclude(const run *r, size_t output, const moments *each, ent_indices *out) {
  const ent_indices_design *d = r->design;
  const double level = d->level > 0 ? d->level : 0.95;
  size_t i, s;
  for (i = 0; i < d->input_count; i++) {
    tally first = {0, 0, 0}, total = {0, 0, 0};
    for (s = 0; s < d->scramblings; s++) {
      double f, t;
      estimate(r, output, i, s, each[s], &f, &t);
      add(&first, f);
      add(&total, t);
    }
    out->first[i] = with_interval(&first, level);
    out->total[i] = with_interval(&total, level);
  }
}

static void finish_output(const run *r, size_t output, moments *each, ent_indices *out) {
  const size_t scramblings = r->design->scramblings;
  const moments whole = join(r, output, 0, scramblings * r->slices);
  const ent_sensitivity_index none = {NAN, NAN, NAN};
  size_t k;
  out->reason = judge(r, output, whole);
  out->mean = out->reason == ENT_INDICES_MISSING ? NAN : whole.mean;
  out->variance = out->reason == ENT_INDICES_MISSING ? NAN : whole.variance;
  for (k = 0; k < r->design->input_count; k++) out->first[k] = out->total[k] = none;
  if (out->reason != ENT_INDICES_THERE) return;
  for (k = 0; k < scramblings; k++) each[k] = join(r, output, k * r->slices, r->slices);
  conclude(r, output, each, out);
}

int ent_indices_run(ent_arena *arena, const ent_indices_design *design, ent_indices *out) {
  run r = {.design = design};
  moments *each;
  size_t parts, o;
  int answer;
  if (!is_sound(design)) return ENT_INDICES_WRONG_DESIGN;
  r.sequence =
      design->column_count < ENT_INDICES_MOST_COLUMNS ? design->column_count : (size_t)ENT_INDICES_MOST_COLUMNS;
  r.block = design->points < ENT_INDICES_BLOCK ? design->points : ENT_INDICES_BLOCK;
  r.slices = design->points / r.block < MOST_SLICES ? design->points / r.block : MOST_SLICES;
  each = ent_arena_take(arena, design->scramblings, sizeof *each);
  if (!each || !take_sums(arena, &r) || !list_columns(arena, &r) || !take_outputs(arena, design, out))
    return ENT_INDICES_NO_MEMORY;
  parts = design->scramblings * r.slices;
  if (!take_workers(arena, &r, ent_parallel_workers(parts, design->threads))) return ENT_INDICES_NO_MEMORY;
  answer = ent_parallel_run(parts, design->threads, do_slice, &r, design->progress, design->progress_context);
  if (answer) return answer;
  for (o = 0; o < design->output_count; o++) finish_output(&r, o, each, &out[o]);
  return 0;
}
