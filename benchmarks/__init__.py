"""Speed, measured side by side with a peer in the same run; see `python -m benchmarks`."""
