"""The secretariat's pages of the calls: building, inviting, reading, entering letters."""
