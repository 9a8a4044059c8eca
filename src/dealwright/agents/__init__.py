"""LAYER 3: the specialists. Each reads a packet and answers; none knows another."""
