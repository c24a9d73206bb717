/* coded_json.h - what coders gave a row, as JSON. */
#ifndef ENT_REPORT_CODED_JSON_H
#define ENT_REPORT_CODED_JSON_H

#include "base/json.h"
#include "report/words.h"
#include "study/answer_coded.h"

/* Sets "coded": an array of aspects, each with its coders. False when memory is short. */
bool ent_coded_json(ent_json *object, ent_words *words, const ent_coded_aspect *aspects, size_t count);

#endif
