"""A published version is checked: every file is derived again from its tables and compared."""
