"""One run: typed parameters, executed chapters, a joined notebook, published together."""
