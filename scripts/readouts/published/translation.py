"""The guards' SQL, written for DuckDB, as Spark takes it."""

from __future__ import annotations

from functools import lru_cache

from ..findings import PackageError


@lru_cache(maxsize=512)
def spark_sql(sql: str) -> str:
    """One query for Spark. Raises PackageError without sqlglot or for what it cannot translate."""
    try:
        import sqlglot
        from sqlglot import exp
        from sqlglot.errors import SqlglotError
    except ImportError as error:
        raise PackageError("the engine spark needs the extra: pip install 'readouts[spark]'") from error

    def changed(node: exp.Expression) -> exp.Expression:
        if isinstance(node, exp.Chr) and all(isinstance(code, exp.Literal) for code in node.expressions):
            # Spark's chr() ends at 255.
            return exp.Literal.string("".join(chr(int(code.this)) for code in node.expressions))
        return node

    try:
        tree = sqlglot.parse_one(sql, read="duckdb").transform(changed)
        for match in list(tree.find_all(exp.RegexpLike)):
            # RLIKE is an operator in Spark, and binds less than the comparison that it may stand in.
            match.replace(exp.Paren(this=match.copy()))
        return tree.sql(dialect="spark")
    except SqlglotError as error:
        raise PackageError(f"a query has no form for Spark: {str(error).splitlines()[0]}") from error
