/* csv.c - reads CSV through libcsv, line by line.
 *
 * Comes in: the bytes of a file. Goes out: a table, and findings for whatever in the file is no good table. Must not:
 * stop at the first problem where the rest can be read, guess an encoding, or judge what cells mean. The delimiter is
 * told by the header line, and the table says which it was.
 *
 * libcsv does not count lines, so that it is fed one line at a time. A record goes on in the next line when the quotes
 * seen so far in it are odd in number. After a record with broken quotes reading starts anew in the line after the
 * record's first one: a quote that was forgotten costs its own row and not all rows that follow. */
#include "table/csv.h"

#include <csv.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define MOST_COLUMNS 1000
#define MOST_ROWS 5000000
#define LONGEST_FIELD ((size_t)1 << 20)
#define LONGEST_ROW ((size_t)8 << 20) /* longer ones are refused before the parser builds fields of them */
#define BUFFER_STEP 4096              /* bytes by which libcsv lets a field grow; its own 128 make long fields slow */

typedef struct reader {
  ent_arena *arena;
  const char *file;
  ent_findings *findings;
  struct csv_parser parser;
  bool parser_open;
  char delimiter;

  const char **column; /* NULL until the header was read */
  size_t columns;
  const char **cells; /* of the record that is being taken */
  ent_table_maker maker;

  ent_text record; /* the fields of this record, each with its NUL */
  size_t fields;
  bool long_field;
  bool filled; /* a field of it holds something */
  long record_line;
  size_t empty_rows;
  long first_empty;
  bool stop;   /* a limit was met, or there is no usable header */
  bool failed; /* memory is short */
} reader;

static bool usable_bytes(reader *in, const char *bytes, size_t length);
static bool find_delimiter(reader *in, const char *bytes, size_t length);
static void read_lines(reader *in, const char *bytes, size_t length);
static bool open_parser(reader *in);
static void report_quotes(reader *in, long line, bool at_end);
static void report_long_row(reader *in, bool quoted);
static void report_empty_rows(reader *in);
static void take_field(void *bytes, size_t length, void *user);
static void take_record(int end, void *user);
static void take_header(reader *in);
static void take_row(reader *in);
static void split_record(reader *in, const char **cells, const char *from);
static size_t line_length(const char *bytes, size_t length);
static long line_of(const char *bytes, size_t offset);

ent_status ent_csv_read(ent_context *context, ent_arena *arena, const char *name, const char *file, const char *bytes,
                        size_t length, ent_findings *findings, ent_table **out) {
  reader in = {.arena = arena, .file = file, .findings = findings};
  *out = NULL;
  ent_table_maker_init(&in.maker, arena, 0);
  if (length == 0) bytes = "";                                /* NULL may stand for no bytes */
  if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) { /* byte order mark of UTF-8 */
    bytes += 3;
    length -= 3;
  }
  if (usable_bytes(&in, bytes, length) && find_delimiter(&in, bytes, length)) {
    read_lines(&in, bytes, length);
    report_empty_rows(&in);
  }
  if (!in.failed) *out = ent_table_maker_end(&in.maker, name, file, in.column);
  if (*out) (*out)->delimiter = in.delimiter;
  if (in.parser_open) csv_free(&in.parser);
  ent_text_clear(&in.record);
  free(in.cells);
  ent_table_maker_clear(&in.maker);
  if (!*out || findings->failed) {
    *out = NULL;
    return ent_fail_memory(context);
  }
  return ENT_OK;
}

static bool usable_bytes(reader *in, const char *bytes, size_t length) {
  static const char remedy[] =
      "save the file as UTF-8; in Excel as \"CSV UTF-8\", in German \"CSV UTF-8 (durch Trennzeichen getrennt)\"";
  size_t bad;
  if (length >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0)) {
    ent_findings_add(in->findings, ENT_ERROR, "encoding", in->file, 1, NULL, NULL, remedy, "the file is in UTF-16");
    return false;
  }
  if (!ent_text_is_utf8(bytes, length, &bad)) {
    ent_findings_add(in->findings, ENT_ERROR, "encoding", in->file, line_of(bytes, bad), NULL, NULL, remedy,
                     "the byte 0x%02X is not UTF-8", (unsigned)(unsigned char)bytes[bad]);
    return false;
  }
  const char *nul = memchr(bytes, '\0', length);
  if (nul) {
    ent_findings_add(in->findings, ENT_ERROR, "encoding", in->file, line_of(bytes, (size_t)(nul - bytes)), NULL, NULL,
                     remedy, "a NUL byte stands in the text");
    return false;
  }
  return true;
}

/* Judged by the first line that is not blank, outside quotes: a comma, else a semicolon, else a tab. Names of columns
 * hold none of them; a table of one column has none. */
static bool find_delimiter(reader *in, const char *bytes, size_t length) {
  size_t start = 0;
  while (start < length && strchr(" \t\r\n", bytes[start])) start++;
  size_t size = line_length(bytes + start, length - start);
  if (size == 0) {
    ent_findings_add(in->findings, ENT_ERROR, "no-header", in->file, 0, NULL, NULL,
                     "name the columns in the first line, separated by commas", "the file is empty");
    return false;
  }
  bool quoted = false, semicolon = false, tab = false, comma = false;
  for (size_t i = start; i < start + size && !comma; i++) {
    quoted ^= bytes[i] == '"';
    comma = !quoted && bytes[i] == ',';
    semicolon = semicolon || (!quoted && bytes[i] == ';');
    tab = tab || (!quoted && bytes[i] == '\t');
  }
  in->delimiter = comma ? ',' : semicolon ? ';' : tab ? '\t' : ',';
  return true;
}

static void read_lines(reader *in, const char *bytes, size_t length) {
  size_t at = 0, record = 0, after_first = 0; /* where this record begins, and the line after its first one */
  long line = 1;
  bool quoted = false; /* inside quotes at the start of the line */
  if (!open_parser(in)) return;
  while (!in->stop && !in->failed) {
    bool broken, at_end = at == length;
    if (!at_end) {
      size_t size = line_length(bytes + at, length - at);
      if (!quoted) {
        in->record_line = line;
        record = at;
        after_first = at + size;
      }
      if (at + size - record > LONGEST_ROW) {
        report_long_row(in, quoted);
        if (in->stop || !open_parser(in)) break;
        at = after_first;
        line = in->record_line + 1;
        quoted = false;
        continue;
      }
      broken = csv_parse(&in->parser, bytes + at, size, take_field, take_record, in) != size;
      for (size_t i = 0; i < size; i++) quoted ^= bytes[at + i] == '"';
      at += size;
    } else {
      broken = csv_fini(&in->parser, take_field, take_record, in) != 0;
      if (!broken) break;
    }
    if (broken) {
      report_quotes(in, line, at_end);
      if (in->stop || in->failed || !open_parser(in)) break;
      at = after_first;
      line = in->record_line;
      quoted = false;
    }
    line++;
  }
}

static bool open_parser(reader *in) {
  if (in->parser_open) csv_free(&in->parser);
  in->parser_open = csv_init(&in->parser, CSV_STRICT | CSV_STRICT_FINI) == 0;
  if (!in->parser_open) {
    in->failed = true;
    return false;
  }
  csv_set_blk_size(&in->parser, BUFFER_STEP);
  csv_set_delim(&in->parser, (unsigned char)in->delimiter);
  in->record.length = 0;
  in->fields = 0;
  in->filled = false;
  return true;
}

/* The parser stopped in this line, or at the end of the file. */
static void report_quotes(reader *in, long line, bool at_end) {
  static const char code[] = "quotes";
  static const char close_it[] = "close the quote; write quotes that belong to the text twice (\"\")";
  if (csv_error(&in->parser) == CSV_ENOMEM) {
    in->failed = true;
    return;
  }
  const char *column = in->column && in->fields < in->columns ? in->column[in->fields] : NULL;
  if (at_end)
    ent_findings_add(in->findings, ENT_ERROR, code, in->file, in->record_line, column, NULL, close_it,
                     "a quote that opens in this row is never closed");
  else if (line != in->record_line)
    ent_findings_add(in->findings, ENT_ERROR, code, in->file, in->record_line, NULL, NULL, close_it,
                     "a quote that opens in this row runs on to line %ld and is followed there by text", line);
  else
    ent_findings_add(in->findings, ENT_ERROR, code, in->file, line, column, NULL,
                     "put the whole field in quotes and write quotes that belong to the text twice (\"\")",
                     "a quote stands inside a field, or text follows a quote that closes");
  if (!in->column) in->stop = true; /* the next line is no header */
}

/* quoted: the row reached its length in a field that goes on over lines. */
static void report_long_row(reader *in, bool quoted) {
  ent_findings_add(in->findings, ENT_ERROR, quoted ? "quotes" : "limit", in->file, in->record_line, NULL, NULL,
                   quoted ? "close the quote; write quotes that belong to the text twice (\"\")"
                          : "shorten it; perhaps the line ends are missing",
                   quoted ? "a quote that opens in this row is not closed within %zu MB"
                          : "the row is longer than %zu MB; it is not read",
                   LONGEST_ROW >> 20);
  if (!in->column) in->stop = true; /* the next line is no header */
}

/* Spreadsheets leave rows of delimiters below a table. One note for all of them. */
static void report_empty_rows(reader *in) {
  if (in->empty_rows == 0) return;
  ent_findings_add(in->findings, ENT_NOTE, "empty-row", in->file, in->first_empty, NULL, NULL, "delete them",
                   "%zu row%s without a filled cell %s skipped, the first in this line", in->empty_rows,
                   in->empty_rows == 1 ? "" : "s", in->empty_rows == 1 ? "was" : "were");
}

static void take_field(void *bytes, size_t length, void *user) {
  reader *in = user;
  if (length > 0) in->filled = true;
  if (length > LONGEST_FIELD) in->long_field = true;
  if (in->fields < MOST_COLUMNS) {
    ent_text_add_bytes(&in->record, bytes, length);
    ent_text_add_bytes(&in->record, "", 1);
  }
  in->fields++;
}

static void take_record(int end, void *user) {
  reader *in = user;
  (void)end;
  if (in->record.failed) in->failed = true;
  else if (in->long_field) {
    ent_findings_add(in->findings, ENT_ERROR, "limit", in->file, in->record_line, NULL, NULL,
                     "shorten it; perhaps a quote is missing", "a field is longer than 1 MB; reading ends here");
    in->stop = true;
  } else if (in->column && in->columns > 1 && !in->filled) {
    if (in->empty_rows++ == 0) in->first_empty = in->record_line;
  } else if (!in->stop && !in->failed) {
    if (in->column) take_row(in);
    else take_header(in);
  }
  in->record.length = 0;
  in->fields = 0;
  in->filled = false;
}

static void take_header(reader *in) {
  if (in->fields > MOST_COLUMNS) {
    ent_findings_add(in->findings, ENT_ERROR, "limit", in->file, in->record_line, NULL, NULL,
                     "take out the columns that the format does not have",
                     "the header has %zu columns, and %d are the most", in->fields, MOST_COLUMNS);
    in->stop = true;
    return;
  }
  const char **names = ent_arena_take(in->arena, in->fields, sizeof *names);
  const char *kept = ent_arena_copy(in->arena, in->record.data, in->record.length);
  in->cells = malloc((in->fields + 1) * sizeof *in->cells);
  if (!names || !kept || !in->cells) {
    in->failed = true;
    return;
  }
  split_record(in, names, kept);
  for (size_t i = 0; i < in->fields; i++) {
    if (!*names[i])
      ent_findings_add(in->findings, ENT_ERROR, "empty-column", in->file, in->record_line, NULL, NULL,
                       "name it, or delete it", "column %zu has no name", i + 1);
    for (size_t j = 0; *names[i] && j < i; j++)
      if (strcmp(names[i], names[j]) == 0) {
        ent_findings_add(in->findings, ENT_ERROR, "doubled-column", in->file, in->record_line, names[i], NULL,
                         "rename or delete one of them", "columns %zu and %zu have the same name", j + 1, i + 1);
        break;
      }
  }
  in->column = names;
  in->columns = in->maker.columns = in->fields;
}

static void take_row(reader *in) {
  if (in->fields != in->columns) {
    const char *remedy =
        in->delimiter == ','
            ? (in->fields > in->columns ? "put fields that hold a comma in quotes" : "add the missing commas")
            : (in->fields > in->columns ? "put fields that hold a delimiter in quotes" : "add the missing cells");
    ent_findings_add(in->findings, ENT_ERROR, "ragged-row", in->file, in->record_line, NULL, NULL, remedy,
                     "the row has %zu fields, and the header has %zu", in->fields, in->columns);
    return;
  }
  if (in->maker.rows == MOST_ROWS) {
    ent_findings_add(in->findings, ENT_ERROR, "limit", in->file, in->record_line, NULL, NULL, "split the file",
                     "there are more than %d rows; reading ends here", MOST_ROWS);
    in->stop = true;
    return;
  }
  split_record(in, in->cells, in->record.data);
  if (!ent_table_maker_add(&in->maker, in->cells, in->record_line)) in->failed = true;
}

/* Points cells at the fields of a record. */
static void split_record(reader *in, const char **cells, const char *from) {
  for (size_t i = 0; i < in->fields; i++) {
    cells[i] = from;
    from += strlen(from) + 1;
  }
}

/* Bytes up to and with the end of the line: LF, CRLF or CR, which libcsv takes for an end too. */
static size_t line_length(const char *bytes, size_t length) {
  size_t i = 0;
  while (i < length && bytes[i] != '\n' && bytes[i] != '\r') i++;
  if (i + 1 < length && bytes[i] == '\r' && bytes[i + 1] == '\n') i++;
  return i < length ? i + 1 : length;
}

static long line_of(const char *bytes, size_t offset) {
  long line = 1;
  for (size_t i = 0; i < offset; i++) line += bytes[i] == '\n' || (bytes[i] == '\r' && bytes[i + 1] != '\n');
  return line;
}
