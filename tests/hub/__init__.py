"""A Hub for the tests: a small server on 127.0.0.1 that the real Hub clients take for a Hub.

It is test-only and is not the Hugging Face Hub: it speaks the part of the Hub's HTTP protocol
that `huggingface_hub` and `datasets` use for dataset repositories, keeps each repository as a
bare git repository with a Git LFS object store, and can be set to fail at a chosen step.
"""
