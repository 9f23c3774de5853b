"""The gateway: everything between the citizens' channels and Rasa.

Owns webhooks and the web chat, identity, the durable inbox and outbox, photos and status news. Calls Rasa
over HTTP (``gateway.rasa``) and the CRM through ``crm.bootstrap``; nothing calls the gateway but channels.
"""
