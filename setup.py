"""Ships the rules in `schema` inside the package, from the one place where they are written, and
the explorer's templates; all else is in pyproject.toml.
"""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages("scripts"), "readouts.schema"],
    package_dir={"": "scripts", "readouts.schema": "schema"},
    package_data={
        "readouts": ["py.typed"],
        "readouts.explorer": ["templates/*", "assets/*"],
        "readouts.schema": ["**/*"],
    },
)
