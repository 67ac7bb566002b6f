"""The fault test: build, fmt and release are killed or run out of space or permission, and the resulting state is checked."""
