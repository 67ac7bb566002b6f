"""Published tables in any folder and of any size: found, loaded, validated.

`judge_folder(layout, folder, captures, …)` in `judging` is the way in; it returns a `Verdict`.
"""
