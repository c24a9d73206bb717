SELECT id FROM study WHERE study IN (SELECT study FROM edition) ORDER BY id
