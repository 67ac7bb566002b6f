"""Published tables, wherever they lie and however many rows they have: found, loaded, judged.

`judge_folder(layout, folder, captures, …)` in `judging` is the way in; it returns a `Verdict`.
"""
