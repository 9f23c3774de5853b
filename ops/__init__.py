"""Start-up and operation: environments, training, the supervisor, the terminal chat. Used by the Makefile."""
