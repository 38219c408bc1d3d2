"""What the API answers, by room. An operation finds, calls the room once, and shows."""
