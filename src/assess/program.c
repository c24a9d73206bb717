/* program.c - see program.h: builds the list of operations. Nothing is computed here. */
#include "assess/program.h"

#include <string.h>

static uint64_t mix(uint64_t hash, uint64_t value) {
  hash = (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
  return hash ^ hash >> 29;
}

static uint64_t hash_of(const ent_operation *o) {
  uint64_t hash = mix((uint64_t)o->kind, o->operand_count), bits;
  uint32_t i;
  for (i = 0; i < o->operand_count; i++) hash = mix(hash, o->operands[i]);
  for (i = 0; i < o->constant_count; i++) {
    memcpy(&bits, &o->constants[i], sizeof bits);
    hash = mix(hash, bits);
  }
  return hash;
}

static bool same(const ent_operation *a, const ent_operation *b) {
  return a->kind == b->kind && a->outs == b->outs && a->operand_count == b->operand_count &&
         a->constant_count == b->constant_count &&
         (!a->operand_count || memcmp(a->operands, b->operands, a->operand_count * sizeof *a->operands) == 0) &&
         (!a->constant_count || memcmp(a->constants, b->constants, a->constant_count * sizeof *a->constants) == 0);
}

static uint32_t *place_of(const ent_program *p, const ent_operation *o) {
  size_t at = (size_t)hash_of(o) & (p->place_room - 1);
  while (p->places[at] && !same(&p->operations[p->places[at] - 1], o)) at = (at + 1) & (p->place_room - 1);
  return &p->places[at];
}

/* Room for one more; places are never more than half full. */
static bool make_room(ent_program *p) {
  size_t i, room = p->operation_room ? 2 * p->operation_room : 256;
  ent_operation *grown;
  if (p->operation_count < p->operation_room) return !p->plan->failed;
  grown = ent_plan_take(p->plan, room, sizeof *grown);
  p->places = ent_plan_take(p->plan, 2 * room, sizeof *p->places);
  if (p->plan->failed) return false;
  if (p->operation_count) memcpy(grown, p->operations, p->operation_count * sizeof *grown);
  p->operations = grown;
  p->operation_room = room;
  p->place_room = 2 * room;
  for (i = 0; i < p->operation_count; i++) *place_of(p, &grown[i]) = (uint32_t)i + 1;
  return true;
}

/* Columns rise from operation to operation. */
const ent_operation *ent_program_writer(const ent_program *p, uint32_t column) {
  size_t low = 0, high = p->operation_count;
  if (column < p->input_count) return NULL;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (p->operations[middle].out <= column) low = middle;
    else high = middle;
  }
  return &p->operations[low];
}

bool ent_program_fixed(const ent_program *p, uint32_t column) {
  const ent_operation *writer = ent_program_writer(p, column);
  return writer && writer->fixed;
}

uint32_t ent_program_add(ent_program *p, ent_operation_kind kind, const uint32_t *operands, size_t operand_count,
                         const double *constants, size_t constant_count, uint32_t outs) {
  ent_operation o = {
      kind, (uint32_t)p->column_count, outs, (uint32_t)operand_count, (uint32_t)constant_count, operands, constants,
      true};
  uint32_t *place, i, *kept;
  double *numbers;
  if (!make_room(p)) return ENT_NO_COLUMN;
  place = place_of(p, &o);
  if (*place) return p->operations[*place - 1].out;
  for (i = 0; i < operand_count; i++) o.fixed = o.fixed && ent_program_fixed(p, operands[i]);
  o.operands = kept = ent_plan_take(p->plan, operand_count, sizeof *kept);
  o.constants = numbers = ent_plan_take(p->plan, constant_count, sizeof *numbers);
  if (p->plan->failed) return ENT_NO_COLUMN;
  if (operand_count) memcpy(kept, operands, operand_count * sizeof *kept);
  if (constant_count) memcpy(numbers, constants, constant_count * sizeof *numbers);
  p->operations[p->operation_count++] = o;
  *place = (uint32_t)p->operation_count;
  p->column_count += outs;
  return o.out;
}

uint32_t ent_program_constant(ent_program *p, double value) {
  return ent_program_add(p, ENT_DO_CONSTANT, NULL, 0, &value, 1, 1);
}

uint32_t ent_program_mean(ent_program *p, const uint32_t *columns, const double *weights, size_t count) {
  double *equal;
  size_t i;
  if (count == 1) return columns[0];
  if (weights) return ent_program_add(p, ENT_DO_MEAN, columns, count, weights, count, 1);
  if (!(equal = ent_plan_take(p->plan, count, sizeof *equal))) return ENT_NO_COLUMN;
  for (i = 0; i < count; i++) equal[i] = 1;
  return ent_program_add(p, ENT_DO_MEAN, columns, count, equal, count, 1);
}
