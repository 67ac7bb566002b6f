"""Comparison of accounts for people: accounts read from files, addresses or a package, put side by side and rendered."""
