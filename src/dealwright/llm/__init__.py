"""The model layer: the only place that talks to a model's provider."""
