"""Speed and memory, beside the peers, on the same text in the same run: ``python -m benchmarks``."""
