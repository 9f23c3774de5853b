"""What measures speed, memory and understanding; each module prints a table."""
