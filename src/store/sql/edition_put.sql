INSERT INTO edition (study, number, released, date, model, content_sha256, descriptor, model_text)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (study, number) DO UPDATE SET
  released = excluded.released, date = excluded.date, model = excluded.model,
  content_sha256 = excluded.content_sha256, descriptor = excluded.descriptor,
  model_text = excluded.model_text
