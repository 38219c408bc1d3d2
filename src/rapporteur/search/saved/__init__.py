"""Following a search: keeping it, reading it as a feed, getting what is new in it by mail."""
