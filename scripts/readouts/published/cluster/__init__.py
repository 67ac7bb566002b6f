"""The same rules on a Spark cluster: rows validated inside tasks, the guards' files translated by sqlglot.

Needs the extra `spark` and Java; the workers' Python needs this package too. Files are read by
Spark, so the folder may be on any file system that driver and workers share. Findings are kept by
the driver, in DuckDB, as without Spark. `checks` is the entry point.
"""
