"""The proof of the reminders: real programs, real faults at moments that a seed chooses. `make chaos [SEED=1]`."""
