"""Running the house: demonstration, server, doctor, backup, catalogs, documentation checks.

No room: it stands above them all beside the command line, and holds no rule of theirs.
"""
