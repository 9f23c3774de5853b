"""The CRM store: complaints, their statuses, their history, and the news about them.

Used by ``actions``, ``gateway`` and the command line, through ``crm.bootstrap`` and the types of
``crm.domain``. Knows neither Rasa nor any channel.
"""
