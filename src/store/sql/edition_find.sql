-- ?2: the edition's number; 0 asks for the highest.
SELECT e.number, e.released, e.date, e.model, e.content_sha256, e.descriptor, e.model_text
FROM edition e JOIN study s ON s.study = e.study
WHERE s.id = ?1 AND (e.number = ?2 OR ?2 = 0)
ORDER BY e.number DESC LIMIT 1
