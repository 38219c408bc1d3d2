"""Reports of the register: what it holds at the end of a year, of a region or of a saved search."""
