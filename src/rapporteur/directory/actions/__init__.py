"""What is written in the directory: the pack, organizations, their names and their merging."""
