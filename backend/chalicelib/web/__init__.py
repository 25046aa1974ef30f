"""HTTP in, page out."""
