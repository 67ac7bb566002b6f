"""Changes of one character in what curators wrote, and what the finding must be."""
