"""Indicators: pure functions on numbers, one module a question."""
