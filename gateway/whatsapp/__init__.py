"""WhatsApp Cloud API: what citizens write comes by webhook, what Aduan says goes by HTTP (docs/adr/0011)."""

from typing import TYPE_CHECKING

from gateway.settings import Settings
from gateway.whatsapp.platform import WhatsApp

if TYPE_CHECKING:
    from gateway.channels import Parts


def build(settings: Settings, parts: "Parts") -> WhatsApp:
    """Return WhatsApp as a channel of the gateway; ``settings.whatsapp`` must be there."""
    if settings.whatsapp is None:
        raise ValueError("WHATSAPP_TOKEN is not set")
    return WhatsApp(settings.whatsapp, parts)
