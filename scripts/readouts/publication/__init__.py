"""What the world reads: the descriptor, the dataset card, the loaded tables."""
