"""The secretariat's pages of the register: what waits, deciding on it, merging, restoring."""
