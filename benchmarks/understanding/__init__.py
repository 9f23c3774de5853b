"""How well a message is understood, measured on our own examples, on texts of our own and on real ones."""
