"""Run the command line as ``python -m lyanalysis``."""

from __future__ import annotations

from lyanalysis.cli import main

if __name__ == "__main__":
    main()
