"""The commands, grouped by purpose. A command parses options, calls the code that does the work, and prints the result."""

from __future__ import annotations

from pathlib import Path

import click

PATH = click.Path(path_type=Path)
root_option = click.option(
    "--root",
    type=PATH,
    help="Package folder. [default: the package containing the current directory]",
)
