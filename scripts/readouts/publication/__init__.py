"""Published files: descriptor, dataset card, citation, Parquet, Croissant."""
