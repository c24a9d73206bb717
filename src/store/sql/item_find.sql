SELECT item FROM item WHERE study = ?1 AND resource = ?2 AND id = ?3
