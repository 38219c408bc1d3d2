"""Pure functions over text and tables: no Django, no database, fully typed."""
