# ruff: noqa: PLW0108 - each is a function without arguments
"""Documents that were made to hurt whoever reads them: each a name and a function that makes its bytes."""

from __future__ import annotations

import json
from collections.abc import Callable

WORDS = "The council had met for most of the night in the old customs house, and no one had expected that. "
PARAGRAPH = f"<p>{WORDS}“We stay,” said Ana Lorentz.</p>"
MB = 1_000_000


def page(body: str, head: str = "") -> bytes:
    """A page of four paragraphs after something else."""
    return (
        f"<!DOCTYPE html><html><head>{head}</head><body><article>{body}{PARAGRAPH * 4}</article></body></html>".encode(
            "utf-8", "surrogatepass"
        )
    )


def linked(script: str) -> bytes:
    return page("", f'<script type="application/ld+json">{script}</script>')


def _entities(levels: int) -> str:
    made = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, levels))
    return f'<?xml version="1.0"?><!DOCTYPE z [<!ENTITY l0 "lol">{made}]>'


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    # elements within elements
    "100,000 nested div": lambda: page("<div>" * 100_000),
    "100,000 nested div, closed": lambda: page("<div>" * 100_000 + "x" + "</div>" * 100_000),
    "50,000 nested div with words": lambda: page("<div>a b c " * 50_000),
    "900 nested div": lambda: page("<div>" * 900 + PARAGRAPH + "</div>" * 900),
    "900 nested of ten names": lambda: page("<div><section><b><i><u><s><em><a><span><ul>" * 900),
    "50,000 nested span": lambda: page("<p>" + "<span>" * 50_000 + "x"),
    "20,000 nested made-up elements": lambda: page("".join(f"<x{n}>" for n in range(20_000))),
    "20,000 nested blockquotes": lambda: page("<blockquote>" * 20_000 + WORDS),
    "900 nested blockquotes": lambda: page("<blockquote>" * 900 + WORDS + "</blockquote>" * 900),
    "5,000 nested q": lambda: page("<p>" + "<q>" * 5_000 + WORDS),
    "900 nested q": lambda: page("<p>" + "<q>" * 900 + WORDS + "</q>" * 900 + "</p>"),
    "900 nested tables": lambda: page("<table><tr><td>" * 900 + WORDS),
    "5,000 nested tables": lambda: page("<table><tr><td>" * 5_000 + WORDS),
    "20,000 nested lists": lambda: page("<ul><li>" * 20_000 + WORDS),
    "10,000 open paragraphs": lambda: page("<p>a b c d e f g h " * 10_000),
    "60,000 open paragraphs": lambda: page("<p>a b c d e f g h " * 60_000),
    "90,000 font elements": lambda: page("<p>" + "<font>x" * 90_000),
    "misnested formatting": lambda: page("<b><i><p>x</b></i>" * 20_000),
    # attributes
    "50,000 attributes": lambda: page("<p " + " ".join(f"a{n}" for n in range(50_000)) + ">x</p>"),
    "400,000 attributes": lambda: page("<p " + "a=1 " * 400_000 + ">x</p>"),
    "attributes after a quoted bracket": lambda: page('<p b=">" ' + " ".join(f"a{n}=''" for n in range(50_000)) + ">x"),
    "attributes without blanks": lambda: page("<p " + "".join(f'a{n}=""' for n in range(50_000)) + ">x</p>"),
    "attributes parted by slashes": lambda: page("<p " + "/".join(f"a{n}" for n in range(50_000)) + ">x</p>"),
    "100 attributes on each of 5,000": lambda: page(("<p " + " ".join(f"a{n}" for n in range(100)) + ">x</p>") * 5_000),
    "a value of 4 MB": lambda: page(f'<p title="{"x" * 4 * MB}">x</p>'),
    "a class of 2 MB": lambda: page(f'<div class="{"related " * (MB // 4)}">{WORDS}</div>'),
    "a value that is never closed": lambda: page('<p title="' + "x<p>" * 100_000),
    "a name of 3 MB": lambda: page(f"<{'a' * 3 * MB}>"),
    # text
    "one text of 5 MB": lambda: page("<p>" + WORDS * (5 * MB // len(WORDS))),
    "one word of 5 MB": lambda: page("<p>" + "x" * 5 * MB),
    "500,000 opening marks": lambda: page("<p>" + "“" * 500_000),
    "200,000 quotations": lambda: page("<p>" + "“No,” " * 200_000),
    "100,000 lines": lambda: page("<p>" + "x<br>" * 100_000),
    "1 MB of combining marks": lambda: page("<p>e" + "\u0301" * (MB // 2)),
    "bidi and tag characters": lambda: page(f"<p>{WORDS}\u202e\u200b\U000e0041\u2066 “No,” he said.</p>"),
    # markup that never ends
    "3 MB of <": lambda: b"<" * 3 * MB,
    "190,000 of <": lambda: page("<" * 190_000),
    "1,000,000 comments begun": lambda: page("<!--" * MB),
    "190,000 comments begun": lambda: page("<!--" * 190_000),
    "a comment that is never closed": lambda: page("<!-- " + "x" * MB),
    "a script that is never closed": lambda: page("<script>" + "x<y " * 100_000),
    "CDATA that is never closed": lambda: page("<![CDATA[" + "x]" * MB),
    "a title that is never closed": lambda: page("", "<title>" + "x" * MB),
    "a tag that is never closed": lambda: page("") + b"<a href=" + b"x " * MB,
    "100,000 stray end tags": lambda: page("</p></b></x>" * 60_000),
    "processing instructions": lambda: page("<?x y?>" * 100_000),
    # entities and document types
    "billion laughs": lambda: (_entities(10) + "<html><body><p>&l9;</p></body></html>").encode(),
    "quadratic entities": lambda: (
        f'<!DOCTYPE z [<!ENTITY a "{"a" * 100_000}">]><html><body><p>{"&a;" * 50_000}</p></body></html>'.encode()
    ),
    "a file as an entity": lambda: (
        b'<?xml version="1.0"?><!DOCTYPE z [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>&x;</p></body></html>'
    ),
    "500,000 references": lambda: page("<p>" + "&amp;" * 500_000),
    "references to lone surrogates": lambda: page(f"<p>{WORDS}&#xD800;&#55357; “No,” he said.</p>"),
    "references out of range": lambda: page("<p>" + "&#x110000;&#99999999999999999999;&#0;" * 10_000),
    # encodings
    "NULs": lambda: page("<p>a\0b</p>"),
    "lone surrogates": lambda: page("<p>\ud800 and \udfff</p>"),
    "UTF-16 with its mark": lambda: page("").decode().encode("utf-16"),
    "UTF-32 with its mark": lambda: page("").decode().encode("utf-32"),
    "UTF-16 cut in a character": lambda: page("").decode().encode("utf-16")[:-1],
    "half of it UTF-8, half Latin-1": lambda: page("<p>café</p>") + page("<p>café</p>").decode().encode("cp1252"),
    "a charset that lies": lambda: b'<meta charset="utf-16le">' + page(""),
    "UTF-7": lambda: b'<meta charset="utf-7"><p>+ADw-script+AD4-alert(1)</p>' + page(""),
    "a charset of 1 MB": lambda: b'<meta charset="' + b"x" * MB + b'">' + page(""),
    "random bytes": lambda: bytes(n * n * 7919 % 251 + 1 for n in range(300_000)),
    # what a page holds beside its text
    "100,000 links": lambda: page("<a href=/x>x</a> " * 99_000),
    "50,000 forms": lambda: page("<form><input></form>" * 50_000),
    "svg and mathml": lambda: page("<svg><foreignObject><math><mi><p>" * 900 + WORDS),
    "templates": lambda: page("<template>" * 900 + PARAGRAPH + "</template>" * 900),
    "frames and plaintext": lambda: page("<frameset><frame><plaintext>" + PARAGRAPH * 10),
    "base that leads elsewhere": lambda: page("", '<base href="javascript:alert(1)//"><link rel=canonical href="//a">'),
    "a canonical address of 1 MB": lambda: page("", f'<link rel="canonical" href="https://x.example/{"a" * MB}">'),
    "50,000 metas": lambda: page("", '<meta property="article:published_time" content="never">' * 50_000),
    "dates of thousands of digits": lambda: page("", f'<meta name="date" content="{"9" * 100_000}">'),
    "50,000 times": lambda: page("<time datetime=x>x</time>" * 50_000),
    # JSON-LD
    "JSON-LD nested 10,000 deep": lambda: linked("[" * 10_000 + "]" * 10_000),
    "JSON-LD objects nested 5,000 deep": lambda: linked('{"a":' * 5_000 + "1" + "}" * 5_000),
    "4 MB of JSON-LD": lambda: linked(json.dumps([{"@type": "NewsArticle", "articleBody": WORDS}] * 35_000)),
    "300,000 objects in JSON-LD": lambda: linked("[" + "{}," * 300_000 + "{}]"),
    "a number of 1 MB in JSON-LD": lambda: linked('{"articleBody":' + "9" * MB + "}"),
    "JSON-LD with every field of a wrong kind": lambda: linked(
        '{"articleBody":[1],"datePublished":{"a":[]},"author":7,"publisher":[[]],"headline":null,"inLanguage":{}}'
    ),
    "a body of 20,000 quotations in JSON-LD": lambda: linked(
        json.dumps({"articleBody": "\n".join(f"“We have said it {n} times now,” he said." for n in range(20_000))})
    ),
    "2,000 scripts of JSON-LD": lambda: page("", '<script type="application/ld+json">{"a": 1}</script>' * 2_000),
    # no page at all
    "nothing": lambda: b" ",
    "a zip archive": lambda: b"PK\x03\x04" + b"x" * 1000,
    "XML of another kind": lambda: b'<?xml version="1.0"?><rss><channel><item><title>x</title></item></channel></rss>',
}

SLOW = frozenset(
    {
        "100 attributes on each of 5,000",
        "a class of 2 MB",
        "one text of 5 MB",
        "one word of 5 MB",
        "500,000 opening marks",
        "200,000 quotations",
        "100,000 lines",
        "1 MB of combining marks",
        "500,000 references",
        "100,000 links",
        "50,000 forms",
        "50,000 metas",
        "50,000 times",
        "4 MB of JSON-LD",
        "a body of 20,000 quotations in JSON-LD",
    }
)
"""Those that take more than a second: they are read within the limits, or ended by them."""
