"""The public tracking page: what became of a report, for whoever may see it; anonymous reporters act here, too."""
