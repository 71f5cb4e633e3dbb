"""Markdown becomes HTML and plain text; Jinja tags pass through untouched."""

import pytest

from followup.content.markdown import to_html, to_plain


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("**Call** 911", "<p><strong>Call</strong> 911</p>\n"),
        ("{{ a_b }} and {{ c_d }}", "<p>{{ a_b }} and {{ c_d }}</p>\n"),
        ("[page]({{ link }})", '<p><a href="{{ link }}">page</a></p>\n'),
        ("{% if x is defined %}\n\nhi\n\n{% endif %}", "{% if x is defined %}\n<p>hi</p>\n{% endif %}\n"),
        ("a {# note #}b", "<p>a b</p>\n"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"),
        ("[x](javascript:alert)", "<p>[x](javascript:alert)</p>\n"),
        ("jx0z {{ link }}", "<p>jx0z {{ link }}</p>\n"),
    ],
)
def test_markdown_becomes_html_around_the_tags(source: str, html: str) -> None:
    assert to_html(source, "en-CA") == html


def test_the_clinics_phone_can_be_dialled_once() -> None:
    assert to_html("call {{ clinic_phone }}", "en").count('href="tel:{{ clinic_phone | tel }}"') == 1
    assert to_html("[call](tel:{{ clinic_phone }})", "en").count("<a ") == 1


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("# When\n\n**Call** 911", "When\n\nCall 911"),
        ("- a\n- b\n  c", "- a\n- b c"),
        ("3. a\n4. b", "3. a\n4. b"),
        ("- a\n  - b\n\n  c", "- a\n  - b\n  c"),
        ("> **Call** us\n>\n> - now", "Call us\n\n- now"),
        ("[our page]({{ link }})", "our page ({{ link }})"),
        ("[{{ clinic_email }}](mailto:{{ clinic_email }})", "{{ clinic_email }} (mailto:{{ clinic_email }})"),
        ("[call](tel:911)", "call"),
        ("a  \nb\nc", "a\nb c"),
        ("a\n\n---\n\nb", "a\n\n--------------------\n\nb"),
        ("`code` ![alt](x.png)", "code alt"),
    ],
)
def test_markdown_becomes_plain_text(source: str, plain: str) -> None:
    assert to_plain(source, "en-CA") == plain


@pytest.mark.parametrize(
    ("french", "spaced"),
    [
        ("Urgence : 911", "Urgence\u00a0: 911"),
        ("« oui »", "«\u00a0oui\u00a0»"),
        ("24 h, 7 jours", "24\u00a0h, 7\u00a0jours"),
        ("{{ clinic_phone }} : x", "{{ clinic_phone }}\u00a0: x"),
    ],
)
def test_french_spaces_do_not_break(french: str, spaced: str) -> None:
    assert to_plain(french, "fr-CA") == spaced
    assert to_plain(french, "en-CA") == french
