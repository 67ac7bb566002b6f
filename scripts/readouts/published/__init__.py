"""Published tables in any folder and of any size: found, loaded, validated.

`validate_folder(layout, folder, captures, …)` in `checks` is the entry point; it returns a
`ValidationResult`.
"""
