"""Pages in parts: pictures with captions, the first of many pages, what is shown of an article to be paid for."""

import pytest

from bot.errors import InputError
from bot.fetch import page

NAMES = ("Ines Kovar", "Bo Falk", "Mara Lind", "Tom Achter", "Eva Brandt")
HEAD = '<link rel="canonical" href="https://www.harbourdaily.example/2025/quay"><title>In pictures</title>'
PAID = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2025-03-04", '
PAID += '"isAccessibleForFree": false}</script>'


def text(body: str, head: str = "") -> str:
    data = f"<html lang=en><head><meta charset=utf-8>{HEAD}{head}</head><body><main><article><h1>In pictures</h1>"
    return page.read(f"{data}{body}</article></main></body></html>".encode()).text


def captions(credit: str) -> list[str]:
    return [
        f"{name} at the quay on the third day of the strike: “We stay until they ask us.” {credit}" for name in NAMES
    ]


@pytest.mark.parametrize(
    "credit",
    [
        "<span class=credit>Karl Pixel/Tidewire</span>",
        "<cite class='photo-credit'>Karl Pixel</cite>",
        "Photo: Karl Pixel",
        "Photograph: Karl Pixel/Tidewire",
        "(Karl Pixel/AP)",
        "(AP Photo/Karl Pixel)",
        "© Karl Pixel",
        "| Karl Pixel",
        "Foto: Karl Pixel",
    ],
)
@pytest.mark.parametrize("around", ["<figure><img src=x><figcaption>{}</figcaption></figure>", "<li>{}</li>"])
def test_the_captions_of_a_gallery_are_its_text_without_who_took_the_pictures(credit, around):
    if around == "<li>{}</li>":
        around = "<li><figure><img src=x><figcaption><p>{}</p></figcaption></figure></li>"
    found = text("".join(map(around.format, captions(credit)))).strip().split("\n\n")
    told = [line for line in found if "strike" in line]
    assert told == [
        f"{name} at the quay on the third day of the strike: “We stay until they ask us.”" for name in NAMES
    ]
    assert "Pixel" not in "".join(found)


def test_captions_in_one_figure_keep_their_order():
    inside = "".join(f"<img src=x><figcaption>{caption}</figcaption>" for caption in captions(""))
    found = text(f"<figure>{inside}</figure> After the figure stands a line of the article that is no caption.")
    places = [found.index(name) for name in NAMES]
    assert places == sorted(places)
    assert "After the figure" in found


def test_captions_of_an_article_with_pictures_are_left_out():
    story = "".join(
        f"<p>The council met in the {name} house, and no one had thought it would end.</p>" for name in NAMES
    )
    figures = "".join(f"<figure><img src=x><figcaption>{caption}</figcaption></figure>" for caption in captions(""))
    found = text(f"{story}{story.replace('house', 'hall')}{figures}")
    assert "We stay until" not in found


def test_the_first_of_many_pages_is_read_as_far_as_it_goes():
    body = "<p>The council met in the old customs house, and no one had expected it to end so soon.</p>"
    body += "<p>“We stay until they ask us,” said the harbour master, Ana Lorentz.</p>"
    found = text(body + '<p><a href="?page=2">Next page</a></p>', '<link rel="next" href="?page=2">')
    assert "“We stay until they ask us,” said the harbour master, Ana Lorentz." in found


def test_what_is_shown_of_an_article_to_be_paid_for_is_kept_where_it_quotes_somebody():
    shown = "<p>“We stay until they ask us,” said the harbour master, Ana Lorentz, after the vote.</p>"
    assert "“We stay until they ask us,”" in text(shown, PAID)
    with pytest.raises(InputError, match="has to be paid for"):
        text("<p>The council met in the old customs house, and no one had expected it to end so soon.</p>", PAID)
