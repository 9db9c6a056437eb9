"""Finding by words: without tone marks, through the same gates as every page."""
