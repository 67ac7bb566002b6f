"""Going through drafted entries in a terminal: one at a time, in its context, with one key for each decision."""
