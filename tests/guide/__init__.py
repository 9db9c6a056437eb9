"""The users' guide, told by walking through the running demonstration: text and pictures cannot go stale."""
