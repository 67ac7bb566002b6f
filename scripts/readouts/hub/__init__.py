"""The Hugging Face Hub: pushing a release there in one step, and fetching a published version."""
