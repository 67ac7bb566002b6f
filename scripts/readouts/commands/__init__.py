"""The commands by what they are for. A command parses, calls and prints; it decides nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Root = Annotated[
    Path | None, typer.Option("--root", help="The package's folder; default: the one around the working directory.")
]
