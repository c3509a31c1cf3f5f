"""Which addresses may be fetched: those of the public network, and no others."""

import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, quote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

PORTS = {"http": 80, "https": 443}
MOST_PORTS = (80, 443, 8080, 8443)
LONGEST = 8_000
MOST_ADDRESSES = 20  # of one name
# A name, as the name service has it. The last part of a name is never a number: such a "name" is an IPv4 address in
# one of its many spellings (127.1, 0x7f000001, 0177.0.0.1), and resolvers take them all.
NAME = re.compile(r"(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?")
BRACKETS = re.compile(r"\[[0-9a-fA-F:.]+\](:[0-9]*)?")
UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f\\]")

# What is not public of IPv4: the special-purpose registry of IANA, multicast, what is reserved.
CLOSED = [
    IPv4Network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
        "168.63.129.16/32",  # a cloud tells its machines about themselves there
    )
]  # fmt: skip
# Of IPv6 only what is given out to the world is public; within it are ways back into IPv4, and examples.
OPEN_6 = IPv6Network("2000::/3")
CLOSED_6 = [IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3ffe::/16", "3fff::/20")]
NAT64 = IPv6Network("64:ff9b::/96")  # as public as the IPv4 address inside

Resolve = Callable[[str, int], list[str]]


class AddressRefused(Exception):
    """The address is not one that may be fetched, or its host is not known. Safe to show."""

    def __init__(self, message: str, *, is_permanent: bool = True):
        super().__init__(message)
        self.is_permanent = is_permanent


@dataclass(frozen=True)
class Place:
    """An address taken to pieces: what to ask whom for."""

    scheme: str
    host: str  # in small letters, ASCII, without brackets
    port: int
    target: str  # path and query

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port

    @property
    def authority(self) -> str:
        """Host and port as the `Host` line and addresses have them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self):
        return f"{self.scheme}://{self.authority}{self.target}"


def parse(address: str) -> Place:
    """The pieces of an address; AddressRefused if it cannot be one of a public site. Nothing is looked up."""
    if len(address) > LONGEST:
        raise AddressRefused(_("The address is longer than %(most)d signs.") % {"most": LONGEST})
    if UNSEEN.search(address):
        raise AddressRefused(_("The address holds blanks, backslashes or signs that nobody sees."))
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise AddressRefused(_("This is not an address: check its host and its port.")) from error
    if parts.scheme not in PORTS:
        raise AddressRefused(_("Only addresses that begin with https:// or http:// are fetched."))
    if "@" in parts.netloc:
        raise AddressRefused(_("An address with a name and password in it is not fetched."))
    place = Place(parts.scheme, _host(parts), PORTS[parts.scheme] if port is None else port, _target(parts))
    if place.port not in MOST_PORTS and not (settings.HARVEST_PRIVATE_ADDRESSES and is_local_name(place.host)):
        message = _("Only the ports %(ports)s are asked, not %(port)d.")
        raise AddressRefused(message % {"ports": ", ".join(map(str, MOST_PORTS)), "port": place.port})
    return place


def _host(parts: SplitResult) -> str:
    """The host as the name service writes it, or an IP address in its one plain spelling."""
    host = parts.hostname or ""
    if "[" in parts.netloc:
        return str(_plain(host if BRACKETS.fullmatch(parts.netloc) else "", IPv6Address))
    try:
        name = host.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        name = ""
    if re.fullmatch(r"[0-9.]+", name):
        return str(_plain(name, IPv4Address))
    if NAME.fullmatch(name) or (settings.HARVEST_PRIVATE_ADDRESSES and name == "localhost"):
        return name
    raise AddressRefused(_("“%(host)s” is not the name of a host on the Internet.") % {"host": host[:100]})


def _plain(host: str, kind: type[IPv4Address] | type[IPv6Address]) -> IPv4Address | IPv6Address:
    try:
        if "%" not in host:
            return kind(host)
    except ValueError:
        pass
    raise AddressRefused(_("“%(host)s” is not the name of a host on the Internet.") % {"host": host[:100]})


def _target(parts: SplitResult) -> str:
    """Path and query, in ASCII; what follows # is never sent."""
    kept = "!$%&'()*+,-./:;=?@_~"
    path = quote(parts.path or "/", safe=kept, errors="replace")
    return f"{path}?{quote(parts.query, safe=kept + '[]', errors='replace')}" if parts.query else path


def is_local_name(host: str) -> bool:
    """Whether the host is written as this very machine."""
    return host in ("localhost", "127.0.0.1", "::1")


def looked_up(place: Place, resolve: Resolve) -> list[str]:
    """The IP addresses of a host, asked for once. AddressRefused unless every one of them is public.

    The connection is made to one of these very addresses: what the name says a moment later does not matter.
    """
    found = list(dict.fromkeys(resolve(place.host, place.port)))[:MOST_ADDRESSES]
    if not found:
        raise AddressRefused(_("The host “%(host)s” is not known.") % {"host": place.host}, is_permanent=False)
    if not all(may_be_asked(address) for address in found):
        message = _("“%(host)s” does not lie in the public network: nothing is fetched from there.")
        raise AddressRefused(message % {"host": place.host})
    return found


def resolved(host: str, port: int) -> list[str]:
    """What the name service of this machine says: the IP addresses of a host, none if it knows none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [str(sockaddr[0]) for *_kind, sockaddr in found]


def may_be_asked(address: str) -> bool:
    """Whether an IP address is public; in tests, also this machine."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if settings.HARVEST_PRIVATE_ADDRESSES and ip in (IPv4Address("127.0.0.1"), IPv6Address("::1")):
        return True
    return is_public(ip)


def is_public(ip: IPv4Address | IPv6Address) -> bool:
    """Whether an IP address is one of the public network, whatever way it is written or wrapped."""
    if isinstance(ip, IPv4Address):
        return not any(ip in network for network in CLOSED)
    if ip.scope_id is not None:
        return False
    if ip in NAT64:
        return is_public(IPv4Address(int(ip) & 0xFFFFFFFF))
    return ip in OPEN_6 and not any(ip in network for network in CLOSED_6)
