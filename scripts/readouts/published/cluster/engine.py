"""The guards' views in Spark, and a session to run them in."""

from __future__ import annotations

import os
import sys
import tempfile
import warnings
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

import duckdb
import pyarrow

from ...core.findings import PackageError
from ...rules.engine import SETTLED
from ..database import machine_memory
from ..translation import Translation

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


AT_ONCE = 4
"""Queries that run side by side, with their results in memory."""


class SparkEngine:
    """Engine with the guards' views in Spark and the results in DuckDB."""

    def __init__(
        self,
        session: SparkSession,
        database: duckdb.DuckDBPyConnection,
        views: dict[str, str],
        translation: Translation,
        pool: ThreadPoolExecutor,
    ) -> None:
        self._session, self.database, self.views = session, database, views
        self._translation, self._pool = translation, pool
        self._kept: dict[str, DataFrame] = {}
        self._expected: deque[str] = deque()
        self._begun: dict[str, Future[pyarrow.Table]] = {}

    def rows(self, sql: str) -> Iterator[list[tuple]]:
        begun = self._begun.pop(sql, None)
        table = begun.result() if begun else self.query(sql).toArrow()
        self._begin()
        for batch in table.to_batches(10_000):
            yield list(zip(*(column.to_pylist() for column in batch.columns), strict=True))

    def query(self, sql: str) -> DataFrame:
        """Raise PackageError if Spark does not understand the query."""
        from pyspark.errors import AnalysisException, ParseException

        try:
            return self._session.sql(self._translation.query(sql))
        except (AnalysisException, ParseException) as error:
            raise PackageError(" ".join(str(error).split())[:300]) from error

    def view(self, name: str, sql: str) -> None:
        self.query(sql).createOrReplaceTempView(name)

    def put(self, name: str, sql: str) -> None:
        table = self.database.sql(sql).to_arrow_table()
        self._session.createDataFrame(table).createOrReplaceTempView(name)

    def narrow(self, name: str, condition: str) -> None:
        self.view(name, f"SELECT * FROM all_{name} WHERE {condition}")

    def expect(self, queries: list[str]) -> None:
        """Start the first queries side by side: the driver plans one while the cluster runs another. The others follow as results are read."""
        self._expected = deque(queries)
        self._begin()

    def _begin(self) -> None:
        while self._expected and len(self._begun) < AT_ONCE:
            sql = self._expected.popleft()
            self._begun[sql] = self._pool.submit(lambda sql=sql: self.query(sql).toArrow())

    def settle(self, name: str) -> None:
        frame = self.query(self.views[name])
        if name in SETTLED:
            frame.persist()
            if name in self._kept:
                self._kept[name].unpersist()
            self._kept[name] = frame
        frame.createOrReplaceTempView(name)


def failures() -> tuple[type[Exception], ...]:
    """Return the exceptions that Spark raises, in Python or in its Java process."""
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PySparkException

    return PySparkException, Py4JJavaError


def reason_of(error: Exception) -> str:
    """Return the last cause in an error of Spark, on one line: the root of the others."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    causes = [line.removeprefix("Caused by: ") for line in lines if line.startswith("Caused by: ")]
    lines_of_cause = (
        causes
        or [line for line in lines if "Exception: " in line]
        or lines
        or [type(error).__name__]
    )
    return lines_of_cause[-1].removeprefix(": ")[:300]


def _gibibytes() -> int:
    """Return the memory of Spark's driver in local mode: a quarter of the machine's memory, from 2 to 8 GiB."""
    return max(2, min(8, machine_memory() // 2**32))


def open_session(master: str) -> SparkSession:
    """Open a session on a master such as `local[2]` or `spark://host:7077`. Raises PackageError without the extra or Java."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pyspark.sql import SparkSession
    except ImportError as error:
        raise PackageError(
            "the engine spark is not installed: run pip install 'readouts[spark]'"
        ) from error
    # Spark warns of versions of pandas that it was not tested with; none of its pandas functions is
    # used here.
    warnings.filterwarnings("ignore", category=FutureWarning, module="pyspark")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower(),
        "spark.sql.warehouse.dir": f"{tempfile.gettempdir()}/spark-warehouse",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.ansi.enabled": "true",
        # It replaces each use of a name by its expression: guards with names several levels deep
        # would grow without limit.
        "spark.sql.optimizer.excludedRules": "org.apache.spark.sql.catalyst.optimizer.CollapseProject",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "5000",
    }
    if master.startswith("local"):
        os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
        settings |= {"spark.sql.shuffle.partitions": "4", "spark.driver.memory": f"{_gibibytes()}g"}
    builder = SparkSession.builder.master(master).appName("readouts")
    for key, value in settings.items():
        builder = builder.config(key, value)
    try:
        session = builder.getOrCreate()
    except failures() as error:
        raise PackageError(
            f"Spark cannot start with --master “{master}” (expected a value such as local[2] or spark://host:7077): {reason_of(error)}"
        ) from error
    session.sparkContext.setLogLevel("FATAL")
    return session
