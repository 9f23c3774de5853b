"""Public statistics: a page, and the same figures as CSV and JSON. Reads ``Crm.figures`` only."""
