"""Dispatch: who looks at which case when."""
