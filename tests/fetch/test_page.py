"""Web pages: the article with its marks, whose it is, and when."""

import json
from datetime import UTC, date, datetime

import pytest

from bot import extract
from bot.errors import InputError
from bot.fetch import page
from bot.fetch.details import Details

FILLER = (
    "The council had met for most of the night in the old customs house, and no one had expected it to end so soon."
)
HEAD = """<title>Harbour stays open | Harbour Daily</title><meta property="og:site_name" content="Harbour Daily">
<link rel="canonical" href="https://www.harbourdaily.example/2025/quay?utm_source=x">
<meta property="article:published_time" content="2025-03-04T10:20:30+02:00">
<meta name="author" content="Ana Lorentz">"""


def html(body: str, head: str = HEAD, language: str = 'lang="es-MX"') -> bytes:
    return (
        f"<!DOCTYPE html><html {language}><head><meta charset=utf-8>{head}</head><body><nav><a href=/>Home</a></nav>"
        f"<article><h1>Harbour stays open</h1><p>{FILLER}</p>{body}<p>{FILLER}</p></article></body></html>"
    ).encode()


def paragraphs(data: bytes) -> list[str]:
    return page.read(data).text.strip().split("\n\n")


def test_what_a_page_says_of_itself_is_read():
    article = page.read(html(""))
    assert (article.outlet, article.url) == ("harbourdaily.example", "https://www.harbourdaily.example/2025/quay")
    assert (article.title, article.language, article.credits) == ("Harbour stays open", "es", ("Ana Lorentz",))
    assert article.published == datetime(2025, 3, 4, 8, 20, 30, tzinfo=UTC)


def test_the_text_is_headline_and_paragraphs_parted_by_blank_lines():
    assert paragraphs(html("<p>One.</p>")) == ["Harbour stays open", FILLER, "One.", FILLER]


def test_quotation_elements_are_written_out_as_marks_single_inside_double():
    body = (
        "<p>The mayor said <q>we <b>never</b> heard <q>stop</q></q> and <q>no</q> twice that <em>same</em> night.</p>"
    )
    assert "The mayor said “we never heard ‘stop’” and “no” twice that same night." in paragraphs(html(body))


def test_block_quotations_are_marked_line_by_line():
    body = "<blockquote><p>The first part of it.</p><p>The “second” part.</p></blockquote>"
    assert paragraphs(html(body))[2:4] == ["> The first part of it.", "> The “second” part."]


def test_an_embedded_post_keeps_its_lines():
    body = '<blockquote class="twitter-tweet">We stay.<br>All of us.<br>&mdash; Ana Lorentz (@ana)</blockquote>'
    assert paragraphs(html(body))[2] == "> We stay.\n> All of us.\n> — Ana Lorentz (@ana)"


def test_what_is_known_goes_before_what_the_page_says():
    known = Details("else.example", "https://else.example/a", "Another headline", datetime(2020, 1, 1, tzinfo=UTC))
    article = page.read(html(""), known)
    assert Details(article.outlet, article.url, article.title, article.published) == known


def test_the_site_name_is_the_outlet_where_there_is_no_address():
    article = page.read(html("", head='<meta property="og:site_name" content="Harbour Daily">'))
    assert (article.outlet, article.url) == ("Harbour Daily", None)


def test_a_page_that_names_no_outlet_is_refused_with_the_way_out():
    with pytest.raises(InputError, match="outlet is not known") as caught:
        page.read(html("", head=""))
    assert "give its outlet" in caught.value.hint


def test_a_wrapped_address_is_unwrapped():
    head = '<meta property="og:url" content="https://proxy.example:443/https/p.harbour.example/p/3">'
    article = page.read(html("", head=head))
    assert (article.outlet, article.url) == ("harbour.example", "https://p.harbour.example/p/3")


def test_linked_data_stands_in_where_the_page_itself_is_empty():
    head = HEAD.replace("article:published_time", "x") + (
        '<script type="application/ld+json">{"@graph": [{"@type": "Organization"}, {"@type": "NewsArticle", '
        '"headline": "Harbour stays open", "datePublished": "2025-03-05T06:00:00Z", '
        f'"articleBody": "{FILLER}\\n\\nHe said: &quot;Never.&quot;"}}]}}</script>'
    )
    article = page.read(f"<html><head>{head}</head><body><div id=app></div></body></html>".encode())
    assert article.text == f'Harbour stays open\n\n{FILLER}\n\nHe said: "Never."\n'
    assert article.published == datetime(2025, 3, 5, 6, tzinfo=UTC)


def test_bad_linked_data_is_passed_over():
    bad = "".join(f'<script type="application/ld+json">{text}</script>' for text in ("{", "[[1]]", "[" * 5000, "7"))
    assert page.read(html("", head=HEAD + bad)).title == "Harbour stays open"


@pytest.mark.parametrize("label", ["windows-1252", "iso-8859-1"])
def test_the_encoding_that_the_page_names_is_used_where_it_is_not_utf_8(label):
    data = html("<p>“We stay,” he said of the café.</p>").decode().replace("charset=utf-8", f"charset={label}")
    assert "“We stay,” he said of the café." in paragraphs(data.encode("cp1252"))


@pytest.mark.parametrize(
    "data", [b"<html></html>", b"<", b"<p>", b"<!-- -->", b"<html><body><nav>Home</nav></body></html>"]
)
def test_a_page_without_an_article_is_refused(data):
    with pytest.raises(InputError) as caught:
        page.read(data, Details("x.example"))
    assert caught.value.hint


# --- embedded posts and who is quoted -------------------------------------------------------------------------------

POSTS = {
    "x": '<figure class="wp-block-embed"><div class="embed"><blockquote class="twitter-tweet"><p lang="en">We stay in '
    'the harbour.</p>&mdash; Ana Lorentz (@ana) <a href="/1">March 4, 2025</a></blockquote></div>'
    "</figure>",
    "bluesky": '<blockquote class="bluesky-embed"><p>We stay in the harbour.<br><a>[image or embed]</a></p>&mdash; Ana '
    "Lorentz (<a>@ana.example</a>) <a>March 4, 2025 at 9:00 AM</a></blockquote>",
    "instagram": '<blockquote class="instagram-media"><div><a>View this on Instagram</a><p>We stay in the harbour.</p>'
    "<p><a>A post shared by Ana Lorentz (@ana)</a> on <time>Mar 4, 2025</time></p></div></blockquote>",
    "mastodon": '<blockquote class="mastodon-embed"><a><div>We stay in the harbour.</div><div>Post by Ana Lorentz '
    "@ana@mastodon.example</div><div>View on Mastodon</div></a></blockquote>",
}


@pytest.mark.parametrize("site", POSTS)
def test_an_embedded_post_names_its_author_behind_a_dash(site):
    text = page.read(html(POSTS[site])).text
    assert "> We stay in the harbour." in text
    assert "> — Ana Lorentz" in text
    assert "View" not in text
    said = [each.attribution for each in extract.quotations(page.read(html(POSTS[site])))]
    assert [(each.speaker, each.rule) for each in said] == [("Ana Lorentz", "dash:after")]


@pytest.mark.parametrize(
    "markup",
    [
        "<figure><blockquote><p>We stay in the harbour.</p></blockquote><figcaption>Ana Lorentz</figcaption></figure>",
        "<blockquote><p>We stay in the harbour.</p><footer>— <cite>Ana Lorentz</cite></footer></blockquote>",
        "<blockquote><p>We stay in the harbour.</p><cite>Ana Lorentz</cite></blockquote>",
    ],
)
def test_whoever_the_markup_names_said_a_block_quotation(markup):
    assert "> We stay in the harbour.\n\n> — Ana Lorentz" in page.read(html(markup)).text


# --- what was left out, and what does not belong --------------------------------------------------------------------


def linked_data(**values) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **values})}</script>'


def test_a_quotation_that_only_the_linked_data_has_is_put_in_at_its_place():
    second = "The harbour master had not been asked, and heard of it from the newspapers the next morning."
    told = f"{FILLER}\n“Nobody asked me,” said the harbour master.\n{second}"
    found = paragraphs(html(f"<p>{second}</p>", HEAD + linked_data(articleBody=told)))
    assert found[1:4] == [FILLER, "“Nobody asked me,” said the harbour master.", second]


def test_linked_data_in_one_piece_is_parted_by_what_is_known():
    second = "The harbour master had not been asked, and heard of it from the newspapers the next morning."
    told = f"{FILLER} “Nobody asked me,” said the harbour master. {second}"
    found = paragraphs(html(f"<p>{second}</p>", HEAD + linked_data(articleBody=told)))
    assert found[1:4] == [FILLER, "“Nobody asked me,” said the harbour master.", second]


def test_a_quotation_that_the_extraction_drops_is_put_in_from_the_page():
    body = '<p class="obfuscated">“Nobody asked me,” said the harbour master of the port.</p>'
    assert paragraphs(html(body))[1:3] == [FILLER, "“Nobody asked me,” said the harbour master of the port."]


@pytest.mark.parametrize(
    "markup",
    [
        "<aside><p>“Nobody asked me,” said the harbour master.</p></aside>",
        "<div class=related-stories><p>“Nobody asked me,” said the harbour master.</p></div>",
        "<section id=comments><p>“Nobody asked me,” said a reader of ours.</p></section>",
        "<footer><p>“Nobody asked me,” said the harbour master.</p></footer>",
        "<p>Read more: “Nobody asked me,” says the harbour master</p>",
        "<figure><img src=x><figcaption>“Nobody asked me,” says a board. Photo: A. B.</figcaption></figure>",
    ],
)
def test_what_stands_beside_the_article_quotes_nobody(markup):
    assert "Nobody asked" not in page.read(html(markup)).text


@pytest.mark.parametrize(
    "line",
    [
        "Support our journalism: make a tax-deductible donation today.",
        "Sign up for our newsletter to get the latest in your inbox.",
        "Follow us on Facebook and X for more",
        "Read more: The harbour closes in May",
        "Related stories",
        "Advertisement",
        "We use cookies to give you the best experience.",
    ],
)
def test_appeals_notices_and_links_are_left_out(line):
    assert line not in page.read(html(f"<p>{line}</p>")).text


@pytest.mark.parametrize(
    "line",
    [
        "Support for the newsletter fell to a third, the council said.",
        "“Sign up for our newsletter,” the mayor had told the council.",
        "Related companies will have to pay as well, the council said.",
        "Donations to the harbour fund doubled in the course of that year.",
    ],
)
def test_what_an_article_says_of_such_things_stays(line):
    assert line in page.read(html(f"<p>{line}</p>")).text


# --- dates, addresses, languages, credits ---------------------------------------------------------------------------

BARE = "\n".join(line for line in HEAD.splitlines() if "published_time" not in line)


@pytest.mark.parametrize(
    ("head", "body", "day", "dated"),
    [
        ('<meta itemprop="datePublished" content="2025-03-04">', "", 4, "meta"),
        (linked_data(datePublished="2025-03-05T06:00:00Z"), "", 5, "json-ld"),
        (linked_data(datePublished="Wed, 05 Mar 2025 06:00:00 GMT"), "", 5, "json-ld"),
        ("", '<time datetime="2025-03-06T08:00Z">today</time>', 6, "time"),
        (
            "",
            '<aside><time datetime="2025-03-01">related</time></aside><time datetime="2025-03-06">t</time>',
            6,
            "time",
        ),
        ('<link rel="canonical" href="https://harbourdaily.example/2025/03/07/quay">', "", 7, "text"),
        (linked_data(datePublished="0001-01-01T00:00:00Z"), '<time datetime="2025-03-06">t</time>', 6, "time"),
    ],
)
def test_the_date_comes_with_the_place_where_it_stands(head, body, day, dated):
    base = "" if "canonical" in head else BARE
    article = page.read(html(body, base + head))
    assert (article.published.date(), article.dated) == (date(2025, 3, day), dated)


def test_dates_of_related_links_are_no_date_of_the_article():
    links = '<ul class="related"><li><a href=/a>A</a> <time datetime="2019-01-01">1 Jan 2019</time></li></ul>'
    article = page.read(html(links + f'<aside>{links}<span class="date">2019-01-01</span></aside>', BARE))
    assert (article.published, article.dated) == (None, "")


def test_a_date_that_is_given_is_told_as_given():
    assert page.read(html(""), Details(published=datetime(2020, 1, 1, tzinfo=UTC))).dated == "given"


def test_a_change_after_publication_is_kept():
    said = linked_data(datePublished="2025-03-04T06:00:00Z", dateModified="2025-03-05T06:00:00+01:00")
    assert page.read(html("", BARE + said)).modified == datetime(2025, 3, 5, 5, tzinfo=UTC)
    before = said.replace("2025-03-05", "2025-03-01")
    assert page.read(html("", BARE + before)).modified is None


@pytest.mark.parametrize(
    ("canonical", "address"),
    [
        ("https://harbourdaily.example/2025/quay", "https://harbourdaily.example/2025/quay"),
        ("https://apnews.example/2025/quay", "https://m.harbourdaily.example/amp/quay"),
        ("https://harbourdaily.example/", "https://m.harbourdaily.example/amp/quay"),
    ],
)
def test_a_canonical_address_is_believed_within_its_own_site(canonical, address):
    head = f'<link rel="canonical" href="{canonical}">'
    known = Details(url="https://m.harbourdaily.example/amp/quay")
    assert page.read(html("", head), known).url == address


@pytest.mark.parametrize(
    ("attribute", "head", "language"),
    [
        ('lang="de-AT"', "", "de"),
        ("", '<meta http-equiv="content-language" content="fr">', "fr"),
        ("", '<meta property="og:locale" content="es_MX">', "es"),
        ("", linked_data(inLanguage="pt-BR", datePublished="2025-03-04"), "pt"),
        ("", "", "en"),
    ],
)
def test_the_language_is_the_one_that_the_page_names(attribute, head, language):
    assert page.read(html("", HEAD + head, attribute)).language == language


def test_where_none_is_named_its_small_words_tell_the_language():
    body = "<p>La alcaldesa de la ciudad dijo que el puerto no se va a cerrar en los meses que vienen, y que la gente "
    body += "de los barrios que están cerca del río lo sabe desde hace años.</p>" * 3
    assert page.read(html(body, HEAD, "")).language == "es"


SPANISH = (
    "La alcaldesa de la ciudad dijo que el puerto no se va a cerrar en los meses que vienen, y que la gente de los "
    "barrios que están cerca del río lo sabe desde hace años. "
)
CZECH = (
    "Starostka města řekla, že přístav se v příštích měsících nezavře a že lidé ze čtvrtí, které leží blízko řeky, "
    "to vědí už mnoho let, protože jim to radnice několikrát oznámila. "
)


@pytest.mark.parametrize(
    ("text", "named", "language"),
    [
        (SPANISH * 8, "en", "es"),
        (SPANISH * 8, "pt", "es"),
        (SPANISH * 3, "en", "en"),  # too short to be sure of it
        (SPANISH * 8, "ca", "ca"),  # we have no words of it
        (CZECH * 12, "en", "en"),  # it has hardly any small words of ours
    ],
)
def test_a_language_that_is_clearly_not_the_text_s_is_not_believed(text, named, language):
    head = f"<html lang={named}><head><meta charset=utf-8>{HEAD}</head>"
    assert page.read(f"{head}<body><article><p>{text}</p></article></body></html>".encode()).language == language


@pytest.mark.parametrize(
    ("head", "body", "credited"),
    [
        (linked_data(datePublished="2025-03-04", creditText="AFP"), "", "AFP"),
        (linked_data(datePublished="2025-03-04", author=[{"name": "Ines Kovar"}]), "", "Ines Kovar"),
        (linked_data(datePublished="2025-03-04", isBasedOn="https://www.tidewire.example/a/1"), "", "tidewire.example"),
        (linked_data(datePublished="2025-03-04", publisher={"name": "Associated Press"}), "", "Associated Press"),
        ("", "<footer>x</footer><p class=byline>(AFP, Reuters)</p>", None),
        ("", "<p><small>© 2019 Bloomberg News</small></p>", None),
    ],
)
def test_whom_the_page_credits_is_kept(head, body, credited):
    article = page.read(html(body, HEAD + head))
    found = (*article.credits, *extract.read(article).credits)
    if credited is not None:
        assert credited in found
    else:
        assert {"AFP", "Bloomberg News"} & set(found)


def test_a_stub_before_a_paywall_is_refused():
    head = HEAD + linked_data(datePublished="2025-03-04", isAccessibleForFree="False")
    stub = f"<html><head>{head}</head><body><article><p>{FILLER}</p></article></body></html>".encode()
    with pytest.raises(InputError, match="has to be paid for"):
        page.read(stub)


def test_a_live_blog_keeps_all_its_entries():
    updates = [{"@type": "BlogPosting", "articleBody": f"{FILLER} “Entry {n} is kept,” he said."} for n in range(3)]
    head = HEAD + linked_data(**{"@type": "LiveBlogPosting"}, datePublished="2025-03-04", liveBlogUpdate=updates)
    text = page.read(f"<html><head>{head}</head><body><div id=app></div></body></html>".encode()).text
    assert all(f"“Entry {n} is kept,” he said." in text for n in range(3))
