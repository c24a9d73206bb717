/* draw_log.h - the draws of a run as a file of comma-separated values (inside study/ only). */
#ifndef ENT_STUDY_DRAW_LOG_H
#define ENT_STUDY_DRAW_LOG_H

#include "study/study.h"

/* Writes one row for each draw of a run: seed, number of the draw, then by alliance the score of each aggregation and
 * each criterion; with_all: every score and reading that there is, then every value and weight that was drawn. The
 * columns of scores hold what the answer's percentiles are of. The file stands whole under its name, or not at all.
 * Values that rest on confidential rows are left out and counted. Fails with ENT_STORE where the file can not be
 * written, ENT_INTERRUPTED, or when memory is short. */
ENT_MUST_CHECK ent_status ent_draw_log_write(const ent_run *run, const char *path, bool with_all,
                                             ent_draw_log_answer *out);

#endif
