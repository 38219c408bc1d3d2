"""Activities from files: a file's columns and words become contents, checked, stored in bulk.

``headers`` and ``mappings`` say which column is which field; ``words`` find the codes that a
source's words mean; ``rows`` make a content of each row, or say what is wrong in it; ``storing``
writes batches; ``running`` is the whole import, one transaction.
"""
