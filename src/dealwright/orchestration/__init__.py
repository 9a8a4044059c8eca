"""LAYER 2: which agents may work on a case, and the turn that lets them."""
