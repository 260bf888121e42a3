"""Which addresses lead to the public internet, by IANA's registries of November 2026 and no library's older copy."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

NOT_PUBLIC = [
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by a provider's customers
        "127.0.0.0/8",  # this machine
        "169.254.0.0/16",  # link-local: the metadata of clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocols' own, such as 192.0.0.192, the metadata of a cloud
        "192.0.2.0/24",  # for documents
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays, withdrawn
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # for documents
        "203.0.113.0/24",  # for documents
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
]
GLOBAL_UNICAST = IPv6Network("2000::/3")
"""All that IANA has given out of IPv6 for the public internet; what follows is in it and is not public."""
NOT_PUBLIC_6 = [
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocols' own: Teredo, benchmarks, ORCHID, drones
        "2001:db8::/32",  # for documents
        "2002::/16",  # 6to4, withdrawn: leads to the IPv4 address in it
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # for documents
    )
]
WRAPPING = [IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96")]
"""Addresses of IPv4 as IPv6 writes them, and as a network without IPv4 reaches them."""


def is_public(address: str) -> bool:
    """Whether an address, as a look-up gives it, is one that anybody on the internet can reach."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        if any(ip in network for network in WRAPPING):
            return _is_public_4(IPv4Address(int(ip) & 0xFFFFFFFF))
        return ip in GLOBAL_UNICAST and not any(ip in network for network in NOT_PUBLIC_6)
    return _is_public_4(ip)


def _is_public_4(address: IPv4Address) -> bool:
    return not any(address in network for network in NOT_PUBLIC)
