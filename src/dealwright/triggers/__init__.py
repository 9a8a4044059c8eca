"""LAYER 1: what starts work. Triggers detect and pass on; they never think."""
