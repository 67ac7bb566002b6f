"""Published tables at size: a generator of corpora with the truth about their errors, and the validators measured on them."""
