"""The window that lists the models and runs."""
