"""The web chat: Aduan's own channel, a page that talks to this server (docs/architecture.md, 5)."""
