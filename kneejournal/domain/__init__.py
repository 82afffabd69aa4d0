"""What the journal decides: pure functions of records, settings and a given moment."""
