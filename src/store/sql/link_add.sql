INSERT INTO link (resource, version, field, position, target, role) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
