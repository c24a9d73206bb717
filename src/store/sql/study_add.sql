INSERT INTO study (id) VALUES (?1)
