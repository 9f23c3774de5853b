"""The city's pages: officers' console, tracking, figures. Server-rendered; one Sanic blueprint each.

Mounted in the web process by ``gateway.city``, which gives photos through two functions; knows neither gateway
nor Rasa. ``crm.web.mount`` puts the parts together, ``crm.web.shared`` holds what all pages use.
"""
