"""Many workbooks at once: what may leave each of them, compared. Reads only; nothing stops the whole."""
