"""Pages about people, and the odd ends of signing in."""
