"""Nothing but the public network is asked, however an address is written and whatever a name stands for."""

import socket

import pytest

from exchange.fetching import addresses
from exchange.fetching.addresses import AddressRefused, Place

CLOSED = [
    "0.0.0.0",  # noqa: S104
    "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.255",
    "127.0.0.1", "127.255.0.9", "169.254.0.1", "169.254.169.254", "169.254.170.2", "172.16.0.1", "172.31.255.255",
    "192.0.0.1", "192.0.0.192", "192.0.2.7", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.19.255.255",
    "198.51.100.3", "203.0.113.5", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "168.63.129.16",
    "::", "::1", "::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8",
    "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b::169.254.169.254", "64:ff9b:1::808:808",
    "64:ff9b:1::7f00:1", "100::1", "2001::1", "2001:0:7f00:1::1", "2001:2::1", "2001:10::1", "2001:db8::1",
    "2002:7f00:1::", "2002:808:808::1", "3ffe::1", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254",
    "fd12:3456:789a::1", "fe80::1", "fe80::1%eth0", "fec0::1", "feff::1", "ff02::1", "ff0e::1", "2a00::1%1",
]  # fmt: skip
OPEN = [
    "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.1",
    "192.0.1.1", "192.167.255.255", "223.255.255.255", "2606:4700::6810:84e5", "2a00:1450:4001::200e", "2001:4860::8",
    "64:ff9b::808:808",
]  # fmt: skip
NOT_ADDRESSES = [
    "", "example.org", "//example.org/x", "/etc/passwd", "file:///etc/passwd", "file://example.org/x",
    "ftp://example.org/", "gopher://example.org/", "dict://example.org:443/", "data:text/plain,x", "javascript:1",
    "unix:///run/x", "http+unix://x/y", "http://", "http:///path", "https://?x", "http://user@example.org/",
    "http://user:pass@example.org/", "http://example.org@127.0.0.1/", "http://:@example.org/",
    "http://example.org:22/", "http://example.org:0/", "http://example.org:6379/", "http://example.org:65536/",
    "http://example.org:x/", "http://example.org:-80/", "http://example.org:٨٠/",
    "http://localhost/", "http://LOCALHOST./", "http://intranet/", "http://redis:8080/",
    "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://127.1/",
    "http://127.0.1/", "http://0/", "http://017700000001/", "http://127.0.0.0x1/", "http://1.2.3.4.5/",
    "http://256.256.256.256/", "http://0xa9fea9fe/", "http://0251.0376.0251.0376/", "http://2852039166/",
    "http://example.0x7f/", "http://example.127/", "http://%31%32%37.0.0.1/", "http://127。0。0。1:99/",
    "http://[::1%25lo]/", "http://[fe80::1%eth0]/", "http://[::1]evil.example/", "http://[v1.x]/", "http://[::1/",
    "http://[127.0.0.1]/", "http://[]/", "http://::1/",
    "http://exa mple.org/", "http://example.org\t/", "http://example.org/\r\nX: y", "http://example.org\\@127.0.0.1/",
    "http://exam\x00ple.org/", "http://.example.org/", "http://example..org/", "http://-example.org/",
    "http://" + "a" * 64 + ".org/", "http://" + "a." * 200 + "org/", "https://example.org/" + "x" * 8000,
]  # fmt: skip


@pytest.mark.parametrize("ip", CLOSED)
def test_what_is_not_public_is_not_asked(ip):
    place = addresses.parse("https://example.org/")

    with pytest.raises(AddressRefused, match="public network"):
        addresses.looked_up(place, lambda host, port: [ip])


@pytest.mark.parametrize("ip", OPEN)
def test_what_is_public_is_asked(ip):
    assert addresses.looked_up(addresses.parse("https://example.org/"), lambda host, port: [ip]) == [ip]


@pytest.mark.parametrize("others", [["10.0.0.1"], ["2606:4700::1", "::1"], ["8.8.4.4", "169.254.169.254"]])
def test_one_private_address_among_public_ones_is_enough_to_refuse(others):
    with pytest.raises(AddressRefused, match="public network"):
        addresses.looked_up(addresses.parse("https://example.org/"), lambda host, port: ["8.8.8.8", *others])


@pytest.mark.parametrize("address", NOT_ADDRESSES)
def test_what_is_not_the_address_of_a_public_site_is_refused_before_anything_is_looked_up(address):
    with pytest.raises(AddressRefused):
        addresses.parse(address)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("http://127.0.0.1/", "127.0.0.1"),
        ("http://１２７.0.0.1/", "127.0.0.1"),
        ("http://①②⑦.0.0.1/", "127.0.0.1"),
        ("http://127。0。0。1/", "127.0.0.1"),
        ("http://169.254.169.254./latest/meta-data/", "169.254.169.254"),
        ("http://[::FFFF:127.0.0.1]/", "::ffff:7f00:1"),
        ("http://[0:0:0:0:0:0:0:1]:8080/", "::1"),
        ("http://[::ffff:a9fe:a9fe]/", "::ffff:a9fe:a9fe"),
    ],
)
def test_an_ip_address_has_one_spelling_and_is_looked_at_like_a_name(address, host):
    place = addresses.parse(address)

    assert place.host == host
    with pytest.raises(AddressRefused, match="public network"):
        addresses.looked_up(place, addresses.resolved)


@pytest.mark.parametrize(
    ("address", "authority", "target"),
    [
        ("https://example.org", "example.org", "/"),
        ("https://Example.ORG.:443/a b"[:-2], "example.org", "/a"),
        ("http://example.org:8080/x?y=1#z", "example.org:8080", "/x?y=1"),
        ("https://bücher.example/ä?q=ü", "xn--bcher-kva.example", "/%C3%A4?q=%C3%BC"),
        ("https://例え.jp/", "xn--r8jz45g.jp", "/"),
        ("https://[2606:4700::1]:8443/x", "[2606:4700::1]:8443", "/x"),
        ("https://example.org?filter[a]=b%20c", "example.org", "/?filter[a]=b%20c"),
    ],
)
def test_an_address_is_written_as_it_is_sent(address, authority, target):
    place = addresses.parse(address)

    assert (place.authority, place.target) == (authority, target)


def test_this_machine_is_asked_in_tests_alone_and_nothing_else_that_is_private(settings):
    settings.HARVEST_PRIVATE_ADDRESSES = True

    assert addresses.looked_up(addresses.parse("http://127.0.0.1:5000/"), addresses.resolved) == ["127.0.0.1"]
    for ip in set(CLOSED) - {"127.0.0.1", "::1"}:
        assert not addresses.may_be_asked(ip)
    with pytest.raises(AddressRefused):
        addresses.parse("http://example.org:5000/")


def test_a_host_that_nobody_knows_may_be_known_later():
    with pytest.raises(AddressRefused, match="not known") as refusal:
        addresses.looked_up(addresses.parse("https://example.org/"), lambda host, port: [])

    assert not refusal.value.is_permanent


@pytest.mark.parametrize("host", ["localhost", "127.1", "0x7f.1", "0177.1", "2130706433", "0"])
def test_what_the_name_service_of_this_machine_says_is_looked_at(host):
    """Names and spellings that it really turns into addresses of this machine, had they come so far."""
    place = Place("http", host, 80, "/")
    assert addresses.resolved(host, 80)

    with pytest.raises(AddressRefused, match="public network"):
        addresses.looked_up(place, addresses.resolved)


@pytest.mark.parametrize("host", ["localhost", "ip6-localhost", "localhost.localdomain", socket.gethostname()])
def test_no_name_of_this_machine_leads_anywhere(host):
    with pytest.raises(AddressRefused, match=r"public network|not the name|not known"):
        addresses.looked_up(addresses.parse(f"http://{host}/"), addresses.resolved)
