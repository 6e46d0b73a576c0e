"""A piece of every form of bulk source, of our own making: the same two quotations of the same woman."""

import json
from io import BytesIO

SAID = "We will not dredge the channel unless the city pays for it"
TEXT = f"“{SAID},” Ana Lorentz told reporters.\n\nThe silt came with the river, she added, and nobody had asked for it."
URL = "https://www.harbourdaily.example/2026/03/04/silt.html"

GQG = {
    "date": "2026-03-04T00:03:00Z",
    "url": URL,
    "title": "Silt",
    "lang": "ENGLISH",
    "quotes": [
        {"pre": "The mayor was blunt. ", "quote": f"{SAID},", "post": " Ana Lorentz told reporters on Monday"},
        {"pre": "Nobody laughed. ", "quote": "The river belongs to everybody,", "post": " Lorentz said."},
    ],
}
QUOTEBANK = {
    "quoteID": "2026-03-04-000123",
    "quotation": SAID,
    "speaker": "Ana Lorentz",
    "qids": ["Q1"],
    "date": "2026-03-04 10:20:00",
    "numOccurrences": 2,
    "probas": [["Ana Lorentz", "0.83"], ["None", "0.17"]],
    "urls": [URL, "http://kelmarpost.example/silt"],
    "phase": "E",
}
QUOTEBANK_ARTICLE = {
    "articleID": "2026030400_1",
    "url": URL,
    "date": "2026-03-04 10:20:00",
    "phase": "E",
    "title": "Silt",
    "content": TEXT,
    "articleLength": 31,
    "names": [{"name": "Ana Lorentz", "ids": ["Q1"], "offsets": [[12, 14]]}],
    "quotations": [
        {
            "quoteID": "2026-03-04-000123",
            "quotation": SAID.lower(),
            "quotationOffset": 0,
            "globalTopSpeaker": "Ana Lorentz",
            "globalProbas": [{"speaker": "Ana Lorentz", "proba": "0.9", "qids": ["Q1"]}],
            "localTopSpeaker": "None",
            "localProbas": [["None", "0.6"], ["Ana Lorentz", "0.4"]],
        }
    ],
}
NINJS_1 = {
    "uri": URL,
    "type": "text",
    "mimetype": "text/plain",
    "versioncreated": "2026-03-04T10:20:00Z",
    "headline": "Silt",
    "body_text": TEXT,
    "byline": "Jo Ferris",
    "language": "en",
    "pubstatus": "usable",
    "copyrightholder": "Meridian Press",
}
NINJS_2 = {
    "uri": "urn:meridian:1",
    "type": "text",
    "versioncreated": "2026-03-04T10:20:00Z",
    "headlines": [{"role": "short", "value": "S"}, {"role": "main", "value": "Silt"}],
    "bodies": [{"role": "main", "contenttype": "text/html", "value": f"<p>{TEXT}</p><script>alert()</script>"}],
    "infosources": [{"name": "Meridian Press", "role": "isrol:originfo"}],
}
NINJS_3 = {
    "uri": URL,
    "type": "text",
    "versionCreated": "2026-03-04T10:20:00Z",
    "by": "Jo Ferris",
    "headlines": [{"role": "main", "value": "Silt"}],
    "bodies": [{"role": "main", "contentType": "text/plain", "value": TEXT}],
}
_ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="3" xml:lang="en-GB">
 <itemMeta>
  <itemClass qcode="ninat:text"/>
  <provider literal="Meridian Press"/>
  <versionCreated>2026-03-04T10:20:00Z</versionCreated>
  <pubStatus qcode="stat:{status}"/>
 </itemMeta>
 <contentMeta>
  <infoSource qcode="src:MP"/>
  <by>Jo Ferris</by>
  <creditline>Meridian Press/Kelmar</creditline>
  <language tag="en"/>
  <headline>Silt</headline>
 </contentMeta>
 <contentSet>{content}</contentSet>
</newsItem>"""
NITF = f"""<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><head/>
<body><body.head><hedline><hl1>Silt</hl1></hedline></body.head><body.content><p><q>{SAID},</q>
 <person>Ana Lorentz</person> told reporters.</p><!-- a note -->
<p>The silt came with the river.</p></body.content></body></nitf></inlineXML>"""
XHTML = f"""<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">
<head><title>Silt</title></head><body><p>“{SAID},” Ana Lorentz told reporters.</p>
<p>The silt came with the river.</p></body></html></inlineXML>"""
PLAIN = f"""<inlineData contenttype="text/plain">{TEXT}</inlineData>"""


def news_item(content: str = NITF, guid: str = URL, status: str = "usable") -> bytes:
    """A newsItem of NewsML-G2."""
    return _ITEM.format(content=content, guid=guid, status=status).encode()


def news_message(*items: bytes) -> bytes:
    """A newsMessage with some items."""
    return b"<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'><header/><itemSet>%s</itemSet></newsMessage>" % (
        b"".join(items)
    )


def page(number: int = 0) -> bytes:
    """A page of the web with an article in it."""
    prose = "The port of Kelmar has been too shallow for large ships since the flood of last winter. " * 4
    return (
        f"<html lang='en'><head><title>Silt {number}</title></head><body><article><h1>Silt {number}</h1><p>{prose}</p>"
        f"<p>“{SAID} number {number},” Ana Lorentz told reporters.</p></article></body></html>"
    ).encode()


def record(
    url: str, body: bytes, *, status: str = "200 OK", kind: str = "text/html; charset=utf-8", more: str = ""
) -> bytes:
    """A response record of a WARC file."""
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-03-04T10:20:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def lines_of(*values: object) -> bytes:
    """Values as lines of JSON."""
    made = BytesIO()
    for value in values:
        made.write(json.dumps(value, ensure_ascii=False).encode() + b"\n")
    return made.getvalue()
