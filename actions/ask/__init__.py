"""The form's questions whose words or buttons depend on the draft, one module per topic."""
