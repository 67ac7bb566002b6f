"""The fault test: build, fmt and release killed, refused disk space and refused folders; what is there afterwards."""
