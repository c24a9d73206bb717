/* ledger.h - inside study: what the files of the ledger share. */
#ifndef ENT_STUDY_LEDGER_H
#define ENT_STUDY_LEDGER_H

#include "study/statements.h"
#include "study/study.h"

/* ledger_notes.c: the notes that the check has of an opened study's rows, sorted. What only files have (the order of
 * columns, a spreadsheet's cells) is not among them. */
ENT_MUST_CHECK ent_status ent_ledger_notes(ent_study *study, ent_arena *arena, const ent_findings **out);

/* ledger_readings.c */
/* When a figure was published, and whether it rests on added sources alone. */
ENT_MUST_CHECK ent_status ent_ledger_vintage(ent_study *study, ent_arena *arena, const ent_catalog_row *row,
                                             ent_vintage *vintage, bool *is_outside);
/* Figures of the text beside figures of others that are of the same thing and time. facts: gives their values. */
ENT_MUST_CHECK ent_status ent_ledger_readings(ent_study *study, ent_arena *arena, ent_fact_base *facts,
                                              ent_ledger_answer *out);
/* A value as it is shown; text lives in arena. False when memory is short. */
bool ent_ledger_show(ent_arena *arena, const ent_value *value, const ent_measure *measure, ent_shown *out);

#endif
