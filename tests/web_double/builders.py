"""Pages as different content systems make them: the same kinds of paragraphs in a dozen sorts of markup."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import escape

from tests.web_double.site import Site, Story

_MARKED = re.compile("“([^”]*)”")


def _body(paragraphs: tuple[str, ...], plain: Callable[[str], str], around: str = "p") -> str:
    return "\n".join(_block(paragraph, plain, around) for paragraph in paragraphs)


def _block(paragraph: str, plain: Callable[[str], str], around: str) -> str:
    if paragraph.startswith("> "):
        return f"<blockquote><p>{plain(paragraph[2:])}</p></blockquote>"
    if paragraph.startswith("# "):
        return f"<h2>{plain(paragraph[2:])}</h2>"
    if paragraph.startswith("@"):
        return _post(*paragraph[1:].partition(": ")[::2])
    return f"<{around}>{plain(paragraph)}</{around}>"


def _post(account: str, words: str) -> str:
    return f"""<blockquote class="twitter-tweet" data-lang="en"><p lang="en" dir="ltr">{escape(words)}</p>
&mdash; {escape(account)} <a href="https://twitter.com/x/status/1">May 5, 2026</a></blockquote>
<script async src="https://platform.twitter.com/widgets.js" charset="utf-8"></script>"""


def _credit(story: Story, tag: str = "p") -> str:
    return f"<{tag}>{escape(story.credit)}</{tag}>" if story.credit else ""


def wordpress(site: Site, story: Story, hour: float) -> bytes:
    """WordPress: `entry-content`, Yoast's metadata, related posts with dates of their own."""
    return f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="UTF-8"><title>{escape(story.title)} - {site.name}</title>
<link rel="canonical" href="{site.address(story)}"/><meta property="og:title" content="{escape(story.title)}"/>
<meta property="og:site_name" content="{site.name}"/><meta name="author" content="{story.author}"/>
<meta property="article:published_time" content="{story.published.isoformat()}"/>
<meta property="article:modified_time" content="{story.edited(hour).isoformat()}"/></head>
<body class="post-template-default single"><header class="site-header"><nav><ul><li><a href="/">Home</a></li>
<li><a href="/sport">Sport</a></li></ul></nav></header><main id="main"><article class="post type-post hentry">
<header class="entry-header"><h1 class="entry-title">{escape(story.title)}</h1><div class="entry-meta">
<span class="byline">By <a class="url fn n" href="/author">{story.author}</a></span>
<time class="entry-date published" datetime="{story.published.isoformat()}">{story.published:%d %B %Y}</time></div></header>
<div class="entry-content">{_body(story.text(hour), escape)}{_credit(story)}</div></article>
<aside class="related"><h3>You may also like</h3><ul><li><a href="/a">Storm closes ferry line</a> <time>1 January 2019</time></li>
</ul></aside></main><footer><p>&copy; 2026 {site.name}. All rights reserved.</p></footer></body></html>""".encode()


def arc(site: Site, story: Story, hour: float) -> bytes:
    """Arc: one long line of divs with class names of the build, JSON-LD, and state for scripts."""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": story.published.isoformat(),
        "dateModified": story.edited(hour).isoformat(),
        "author": [{"@type": "Person", "name": story.author}],
        "publisher": {"@type": "Organization", "name": site.name},
    }
    body = _body(story.text(hour), escape).replace("<p>", '<p class="default__StyledText-sc-1wxyvyl-0 body-paragraph">')
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="UTF-8"/><title>{escape(story.title)} | {site.name}</title>
<link rel="canonical" href="{site.address(story)}"/><script type="application/ld+json">{json.dumps(data)}</script>
<script>window.Fusion=window.Fusion||{{}};Fusion.globalContent={{"promo":"<p>Subscribe</p>"}};</script></head><body><div id="fusion-app">
<div class="c-stack b-headline"><h1 class="c-heading">{escape(story.title)}</h1></div><div class="c-attribution b-byline">By {story.author}</div>
<article class="default__ArticleBody-sc-1mncpzl-2 article-body-wrapper">{body}{_credit(story)}</article>
<div class="b-ad"><span>Advertisement</span></div></div></body></html>""".encode()


def drupal(site: Site, story: Story, hour: float) -> bytes:
    """Drupal: fields in divs, Dublin Core."""
    body = _body(story.text(hour), escape)
    return f"""<!DOCTYPE html><html lang="en" dir="ltr"><head><meta charset="utf-8"/><title>{escape(story.title)}</title>
<link rel="canonical" href="{site.address(story)}"/><meta name="DC.date.issued" content="{story.published:%Y-%m-%d}"/>
</head><body class="path-node page-node-type-article"><div class="region region-content"><div class="node node--type-article">
<h1 class="page-title"><span class="field field--name-title">{escape(story.title)}</span></h1><div class="node__meta">Submitted by
<span class="field field--name-uid">{story.author}</span></div><div class="field field--name-body field--type-text-with-summary">
{body}{_credit(story)}</div></div></div><div class="region region-footer">Contact | Imprint</div></body></html>""".encode()


def amp(site: Site, story: Story, hour: float) -> bytes:
    """AMP: its own elements, and boilerplate longer than the article."""
    body = _body(story.text(hour), escape)
    style = "body{-webkit-animation:-amp-start 8s steps(1,end) 0s 1 normal both}" * 8
    return f"""<!doctype html><html ⚡ lang="en"><head><meta charset="utf-8"><script async src="https://cdn.ampproject.org/v0.js"></script>
<title>{escape(story.title)}</title><link rel="canonical" href="{site.address(story)}"><style amp-boilerplate>{style}</style>
<script type="application/ld+json">{{"@type":"NewsArticle","headline":{json.dumps(story.title)},"datePublished":"{story.published.isoformat()}"}}</script>
</head><body><amp-sidebar id="menu"><ul><li>Home</li></ul></amp-sidebar><main><article><h1>{escape(story.title)}</h1>
<p class="byline">{story.author}</p><amp-img src="a.jpg" width="1" height="1"></amp-img>{body}{_credit(story)}
<amp-ad type="x" width="300" height="250"></amp-ad></article></main></body></html>""".encode()


def linked(site: Site, story: Story, hour: float) -> bytes:
    """A page that scripts fill: its article stands in JSON-LD alone."""
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "Organization", "name": site.name},
            {
                "@type": ["NewsArticle"],
                "headline": story.title,
                "articleBody": "\n\n".join(story.text(hour)),
                "datePublished": story.published.isoformat(),
                "author": {"@type": "Person", "name": story.author},
            },
        ],
    }
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(story.title)}</title>
<link rel="canonical" href="{site.address(story)}"><script type="application/ld+json">{json.dumps(data)}</script></head>
<body><div id="root"><noscript>You need to enable JavaScript to run this app.</noscript></div></body></html>""".encode()


def tables(site: Site, story: Story, hour: float) -> bytes:
    """A page of the turn of the century: tables, fonts, paragraphs parted by breaks, Latin-1 that only the server tells."""
    body = "<br><br>\n".join(escape(paragraph) for paragraph in story.text(hour))
    return (
        f"""<HTML><HEAD><TITLE>{escape(story.title)}</TITLE></HEAD><BODY BGCOLOR="#FFFFFF"><TABLE WIDTH="760"><TR>
<TD WIDTH="140" VALIGN="top"><FONT SIZE="1"><A HREF="/">Front page</A><BR><A HREF="/tides">Tides</A></FONT></TD>
<TD VALIGN="top"><FONT FACE="Times"><H2>{escape(story.title)}</H2><FONT SIZE="2"><I>{story.published:%Y-%m-%d}</I></FONT><BR>
{body}</FONT></TD></TR></TABLE></BODY></HTML>""".replace("“", '"')
        .replace("”", '"')
        .encode("latin-1", "xmlcharrefreplace")
    )


def live_blog(site: Site, story: Story, hour: float) -> bytes:
    """A live blog: the newest entry first, each with a time of its own."""
    entries = "".join(
        f'<article class="block" id="block-{number}"><p class="block-time"><time datetime="{story.published.isoformat()}">'
        f"{9 + number}.00am</time></p><div class='block-elements'><p>{escape(paragraph)}</p></div></article>"
        for number, paragraph in reversed(list(enumerate(story.text(hour))))
    )
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(story.title)} – live</title>
<link rel="canonical" href="{site.address(story)}"><meta property="article:published_time" content="{story.published.isoformat()}">
</head><body><div class="content__main"><h1>{escape(story.title)}</h1><div class="js-liveblog-body">{entries}</div></div></body></html>""".encode()


def quoting(site: Site, story: Story, hour: float) -> bytes:
    """A page whose marks are elements: `<q>` and `<blockquote>`."""

    def marked(paragraph: str) -> str:
        return _MARKED.sub(r"<q>\1</q>", escape(paragraph, quote=False))

    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(story.title)}</title>
<link rel="canonical" href="{site.address(story)}"></head><body><article itemscope itemtype="https://schema.org/NewsArticle">
<h1 itemprop="headline">{escape(story.title)}</h1><meta itemprop="datePublished" content="{story.published.isoformat()}">
<div itemprop="articleBody">{_body(story.text(hour), marked)}{_credit(story)}</div></article></body></html>""".encode()


def posts(site: Site, story: Story, hour: float) -> bytes:
    """A page with embedded posts and a bar for sharing."""
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(story.title)}</title>
<link rel="canonical" href="{site.address(story)}"><meta property="article:published_time" content="{story.published.isoformat()}">
</head><body><div class="share"><a href="#">Tweet</a> <a href="#">Share</a></div><div class="story"><h1>{escape(story.title)}</h1>
<div class="story-body">{_body(story.text(hour), escape)}{_credit(story)}</div></div></body></html>""".encode()


def cyrillic(site: Site, story: Story, hour: float) -> bytes:
    """A Russian page in Windows-1251, which it names itself."""
    return f"""<!DOCTYPE html><html lang="ru"><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251">
<title>{escape(story.title)}</title><link rel="canonical" href="{site.address(story)}">
<meta property="article:published_time" content="{story.published.isoformat()}"></head><body><div class="article"><h1>{escape(story.title)}</h1>
<div class="article__text">{_body(story.text(hour), escape)}</div></div></body></html>""".encode(
        "cp1251", "xmlcharrefreplace"
    )


def spanish(site: Site, story: Story, hour: float) -> bytes:
    """A Spanish page, with its marks as entities."""
    body = _body(story.text(hour), escape).replace("«", "&laquo;").replace("»", "&raquo;")
    return f"""<!DOCTYPE html><html lang="es"><head><meta charset="utf-8"><title>{escape(story.title)}</title>
<link rel="canonical" href="{site.address(story)}"><meta property="article:published_time" content="{story.published.isoformat()}">
</head><body><article class="noticia"><h1>{escape(story.title)}</h1><p class="firma">{story.author}</p>{body}{_credit(story)}</article>
</body></html>""".encode()
