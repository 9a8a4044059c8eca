"""A simulated market: company sites served over real HTTP."""
