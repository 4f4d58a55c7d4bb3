"""Loaders, indicators and report notebooks on the shift from old to new growth drivers."""

__version__ = "0.1.0"
