"""What people do to activities. Read ``drafting``, then ``publishing``."""
