"""Activities as files: CSV, XLSX, JSON lines and Parquet, which come back in exact.

``columns`` are the columns of every export and how a row of it is read again; ``rows`` streams
published activities from the database.
"""
