"""`python -m readouts`."""

from .commands.cli import main

main()
