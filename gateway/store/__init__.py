"""The gateway's own database: tables, migrations and the statements on them.

Called by the rest of ``gateway`` through ``Store``; knows neither channels nor Rasa.
"""
