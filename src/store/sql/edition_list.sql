SELECT e.number, e.released, e.date, e.model, e.content_sha256, e.descriptor, e.model_text
FROM edition e JOIN study s ON s.study = e.study
WHERE s.id = ?1
ORDER BY e.number
