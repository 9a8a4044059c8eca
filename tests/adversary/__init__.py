"""The adversary: a brain that returns anything, and an oracle that reads only the wire."""
