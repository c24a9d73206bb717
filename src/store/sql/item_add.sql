INSERT INTO item (study, resource, id) VALUES (?1, ?2, ?3)
