"""Hours as people write them, in the files of clinics and in the tables of other countries."""
