"""Measurements on reports that stay outside the repository: ``python -m tests.bench``."""
