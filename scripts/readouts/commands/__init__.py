"""The commands by what they are for. A command parses, calls and prints; it decides nothing."""

from __future__ import annotations

from pathlib import Path

import click

PATH = click.Path(path_type=Path)
root_option = click.option(
    "--root", type=PATH, help="The package's folder; default: the one around the working directory."
)
