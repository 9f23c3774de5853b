"""The officers' console under ``/petugas``: sign-in, inbox, report, transfers, accounts."""
