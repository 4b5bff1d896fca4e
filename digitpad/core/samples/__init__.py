"""The person's own labelled drawings: kept in one SQLite file, taken in and given out as files."""
