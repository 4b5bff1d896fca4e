"""Networks, and the files and records that models are kept in."""
