"""The Rasa side: what the Rasa server imports (Python 3.10, loopback only).

One turn, by file names: ``channel`` (HTTP from the gateway) → ``incoming`` (a harmless ``UserMessage``) →
``turn`` (Rasa runs it under ``lock_store``'s lock; it succeeds or fails as a whole) → ``tracker_store`` →
answers. ``nlu/`` holds the graph components, ``rasa_patches`` the three places where Rasa itself is changed,
``logs`` keeps words out of logs.

The server starts from the repository's root with::

    RASA_TELEMETRY_ENABLED=false ADUAN_GATEWAY_SECRET=… TRACKER_DATABASE_URL=sqlite:///var/tracker.db \
    ADUAN_ACTIONS_URL=http://127.0.0.1:5055/webhook SANIC_REQUEST_MAX_SIZE=100000 \
    rasa run -i 127.0.0.1 -p 5005 -m models/<model>.tar.gz \
        --credentials credentials.yml --endpoints endpoints.yml

without ``--enable-api`` (nothing but the channel answers), without ``--debug`` (Rasa's debug log holds
citizens' words), and with one worker. A missing secret, telemetry left on or ``SANIC_WORKERS`` above 1 ends
the start with a sentence. The port opens when the model is loaded; only ``/webhooks/gateway/health`` tells
whether it truly is.
"""
