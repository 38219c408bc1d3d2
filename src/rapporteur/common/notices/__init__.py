"""Notices: the one machinery of mails that the platform sends to account holders by itself.

A room registers a kind (``registry.add_notice_kind``), composes a ``letters.Letter`` in the
reader's language and calls ``actions.notify`` in the transaction of what it tells of. The mail
leaves after the commit, once, and bears a link that stops its kind with one click.
"""
