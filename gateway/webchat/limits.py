"""Who counts as one sender in front of the web chat's limits (``gateway.limits``).

Called by ``gateway.webchat.routes``. Addresses are neither stored nor logged.
"""

import ipaddress


def network_of(address: str) -> str:
    """Return what counts as one sender: an IPv4 address, or the /64 an IPv6 household gets."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ip) if ip.version == 4 else str(ipaddress.ip_network((ip, 64), strict=False))
