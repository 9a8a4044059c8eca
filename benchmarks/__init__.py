"""Benchmarks: every figure the documents name comes from a command in this folder."""
