SELECT study FROM study WHERE id = ?1
