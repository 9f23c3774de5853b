"""The outbox of channels that push: what waits is fitted to the platform, sent in order, tried again."""
