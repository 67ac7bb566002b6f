"""What every room uses: findings, paths, schemas and their values, dates as printed, spelling, safe writing of files."""
