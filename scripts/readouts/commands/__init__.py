"""The commands, grouped by purpose. A command parses options, calls the code that does the work, and prints the result."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import click

from ..core.findings import PackageError


class _Path(click.Path):
    """A path that can be resolved: before Python 3.13, `Path.resolve` raises RuntimeError for a link to itself."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(super().convert(value, param, ctx))
        try:
            path.stat()
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise PackageError(
                    f"{path} is a symbolic link that leads back to itself: pass the file or folder that it should lead to"
                ) from error
        return path


PATH = _Path(path_type=Path)
root_option = click.option(
    "--root",
    type=PATH,
    help="Package folder. [default: the package containing the current directory]",
)
