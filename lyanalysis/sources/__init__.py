"""Loaders: read published figures, check them, return them with the source of each."""
