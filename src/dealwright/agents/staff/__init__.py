"""The twins: what each specialist does without a model, one module each."""
