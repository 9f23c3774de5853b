"""Everything of the CRM that touches disk or network: tables, transactions, reference, outlines, hashes."""
