"""Addresses: unwrapped, cleaned, and whose they are."""

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from bot.fetch import urls

LABELS = st.sampled_from(["www", "p", "amp", "a-b", "xn--p1ai", "news1", "harbour", "example", "co"])
STEPS = st.sampled_from(
    ["https", "amp", "index", "utm_source", "2020", "03", "a_b", "-", "--", "AbC", "ref", "page", "tag"]
)


@settings(deadline=None)  # the first address waits for the list of suffixes
@drawn(
    st.lists(LABELS, min_size=2, max_size=4), st.lists(STEPS, max_size=5), st.sampled_from(["", ".html", "/", ".php"])
)
def test_an_address_that_is_taken_for_clean_is(labels, steps, end):
    """Most addresses are known for clean at a glance; what cleans them would change nothing about those."""
    address = f"https://{'.'.join(labels)}/{'/'.join(steps)}{end}"
    assert urls.canonical(address) == urls._cleaned(address)


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("https://www.harbour.example/a?utm_source=x&id=5#top", "https://www.harbour.example/a?id=5"),
        ("https://proxy.example:443/https/p.harbour.example/p/3", "https://p.harbour.example/p/3"),
        ("https://proxy.example/https/harbour.example/a/b", "https://harbour.example/a/b"),
        ("https://proxy.example/http://harbour.example/a", "http://harbour.example/a"),
        ("https://archive.example/web/2019/https://www.harbour.example/a", "https://www.harbour.example/a"),
        ("https://one.example/https/two.example/https/harbour.example/a", "https://harbour.example/a"),
        ("https://harbour.example/http/status.html", "https://harbour.example/http/status.html"),
        (
            "https://harbour.example/in?next=/https/other.example/x",
            "https://harbour.example/in?next=%2Fhttps%2Fother.example%2Fx",
        ),
        ("https://harbour.example/a?ocid=mail&id=5&smid=tw&CMP=x&_ga=1", "https://harbour.example/a?id=5"),
        ("https://harbour.example/a?modified=1&share_price=2", "https://harbour.example/a?modified=1&share_price=2"),
        ("https://amp.harbour.example/a/b", "https://harbour.example/a/b"),
        ("https://m.harbour.example/a/b.html", "https://harbour.example/a/b.html"),
        ("https://mobile.harbour.co.uk/a/", "https://harbour.co.uk/a/"),
        ("https://harbour.example/a/amp", "https://harbour.example/a"),
        ("https://harbour.example/a/amp/", "https://harbour.example/a"),
        ("https://harbour.example/a.amp.html?outputType=amp", "https://harbour.example/a.html"),
        ("https://harbour.example/a?amp=1", "https://harbour.example/a"),
        ("https://harbour.example/amp/a", "https://harbour.example/amp/a"),
        ("https://harbour.example/amp", "https://harbour.example/amp"),
        ("https://m.co.uk/a.php", "https://m.co.uk/a.php"),
        ("https://amp.dev/a/b", "https://amp.dev/a/b"),
        ("https://www.google.com/amp/s/www.harbour.example/a/b", "https://www.harbour.example/a/b"),
        ("https://harbour-example.cdn.ampproject.org/c/s/harbour.example/a/amp/", "https://harbour.example/a"),
        ("https://аpnews.com/a", "https://xn--pnews-3ve.com/a"),
        ("https://harbour.example:8080/a?x=1", "https://harbour.example:8080/a?x=1"),
        (f"https://{'я' * 64}.example/a", f"https://{'я' * 64}.example/a"),
        ("https://harbour.example?utm_source=x#top", "https://harbour.example"),
    ],
)
def test_an_address_is_unwrapped_and_cleaned(given, clean):
    assert urls.canonical(given) == clean


@pytest.mark.parametrize(
    "given",
    [
        "",
        "harbour",
        "ftp://harbour.example/a",
        "javascript:alert(1)",
        "https://" + "a" * 3000,
        "https://?a",
        "https://{a}/b",
    ],
)
def test_what_is_no_web_address_is_none(given):
    assert urls.canonical(given) is None


@pytest.mark.parametrize(
    ("address", "outlet"),
    [
        ("https://p.DW.com/p/3", "dw.com"),
        ("https://www.paper.co.uk/a", "paper.co.uk"),
        ("https://news.harbour.example/a", "harbour.example"),
        ("http://localhost:8000/a", "localhost"),
        ("https://harbour.test:8000/a", "harbour.test"),
        ("https://1.2.3.4/a", "1.2.3.4"),
        ("https://[2001:db8::1]/a", "2001:db8::1"),
        ("https://co.uk/a", "co.uk"),
        ("https://my.blogspot.com/a", "my.blogspot.com"),
        ("https://аpnews.com/a", "xn--pnews-3ve.com"),
        ("https://аррӏе.com", "xn--80ak6aa92e.com"),
        ("https://apnews.com.evil.test/a", "evil.test"),
        ("https://apnews.com@evil.test/a", "evil.test"),
        ("https://ｄｗ.com/a", "dw.com"),
        ("https://www.dw.com.", "dw.com"),
        ("https://[/a", None),
        ("", None),
    ],
)
def test_the_outlet_is_the_registrable_domain(address, outlet):
    assert urls.outlet(address) == outlet
