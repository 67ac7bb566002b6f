"""Translation of the guards' SQL from DuckDB to Spark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.findings import PackageError

if TYPE_CHECKING:
    from sqlglot import exp


class Translation:
    """Translates queries for Spark. `macros` are those of the guards' views: name → (parameter, expression). Raises PackageError without sqlglot."""

    def __init__(self, macros: dict[str, tuple[str, str]]) -> None:
        try:
            import sqlglot
        except ImportError as error:
            raise PackageError(
                "the engine spark is not installed: run pip install 'readouts[spark]'"
            ) from error
        self._macros = {
            name: (parameter, sqlglot.parse_one(expression, read="duckdb"))
            for name, (parameter, expression) in macros.items()
        }
        self._known: dict[str, str] = {}

    def query(self, sql: str) -> str:
        """Translate one query for Spark. Raises PackageError if it cannot be translated."""
        if sql not in self._known:
            self._known[sql] = self._translated(sql)
        return self._known[sql]

    def _translated(self, sql: str) -> str:
        import sqlglot
        from sqlglot import exp
        from sqlglot.errors import SqlglotError

        try:
            tree = (
                sqlglot.parse_one(sql, read="duckdb")
                .transform(self._without_macro)
                .transform(_without_chr)
            )
            for match in list(tree.find_all(exp.RegexpLike)):
                # RLIKE is an operator in Spark, and binds less tightly than a comparison that may
                # contain it.
                match.replace(exp.Paren(this=match.copy()))
            return tree.sql(dialect="spark")
        except SqlglotError as error:
            raise PackageError(
                f"a query cannot be translated for Spark: {str(error).splitlines()[0]}"
            ) from error

    def _without_macro(self, node: exp.Expression) -> exp.Expression:
        """Replace the call of a macro by its expression, with the argument in place of the parameter."""
        from sqlglot import exp

        while isinstance(node, exp.Anonymous) and node.name.lower() in self._macros:
            parameter, expression = self._macros[node.name.lower()]
            # A call within the argument is not reached by the transformation once its parent is
            # replaced.
            argument = node.expressions[0].transform(self._without_macro)
            node = expression.copy()
            for column in list(node.find_all(exp.Column)):
                if column.name == parameter:
                    column.replace(argument.copy())
        return node


def _without_chr(node: exp.Expression) -> exp.Expression:
    """Replace chr() by its character: Spark's chr() ends at 255."""
    from sqlglot import exp

    if isinstance(node, exp.Chr) and all(
        isinstance(code, exp.Literal) for code in node.expressions
    ):
        return exp.Literal.string("".join(chr(int(code.this)) for code in node.expressions))
    return node
