"""The tracking workbook that the office kept for years: its head guessed, its words matched, its rows understood."""
