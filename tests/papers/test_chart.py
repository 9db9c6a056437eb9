"""A chart of a paper in HTML: for the typesetter and for pages, readable without colour."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from django.conf import settings
from django.template.loader import get_template

from directives.reports import word
from directives.reports.paper import Annex, Bar, Chart, Series, Tone
from directives.templatetags.hatching import HATCHES, LOOKS, WIDTH, hatched_bar
from tests.office import to_pdf
from tests.papers.invented import chart, paper
from tests.papers.printing import printed


def html_of(drawn):
    return get_template("reports/chart.html").render({"chart": drawn})


def widths(svg):
    return [float(width) for width in re.findall(r'width="([\d.]+)" height="17" fill="none"', svg)]


def test_every_number_stands_in_words_beside_its_bar():
    html = html_of(chart())
    for bar in chart().bars:
        assert f'<th scope="row">{bar.label}</th>' in html
    assert [int(found) for found in re.findall(r'<td class="number">(\d+)</td>', html)] == [
        value for bar in chart().bars for value in bar.values
    ]
    assert "<title>Hoàn thành đúng hạn: 4; Hoàn thành quá hạn: 1; " in html


def test_the_longest_bar_fills_the_width_and_the_others_are_in_proportion():
    bars = re.findall(r'viewBox="0 0 300 18".*?</svg>', html_of(chart()))
    longest = max(sum(bar.values) for bar in chart().bars)
    for drawn, bar in zip(bars, chart().bars, strict=True):
        parts = [value for value in bar.values if value]
        assert widths(drawn) == pytest.approx([WIDTH * value / longest - 1 for value in parts], abs=0.01)


def test_tones_differ_by_hatching_and_not_only_by_colour():
    assert set(HATCHES) == set(LOOKS) == {tone.value for tone in Tone}
    assert len({(hatch[0] == hatch[1], *hatch[2:]) for hatch in HATCHES.values()}) == len(Tone)
    assert len(set(LOOKS.values())) == len(Tone)


@pytest.mark.parametrize("tone", [tone.value for tone in Tone])
@pytest.mark.parametrize("width", [0.01, 3, 300])
def test_no_stroke_leaves_its_part(tone, width):
    drawn = hatched_bar([0, width], ["done", tone], 300, "")
    assert all(float(found) <= max(width, 1) + 0.01 for found in re.findall(r"[ML]([\d.-]+) ", drawn) if found != "")
    assert all(-0.01 <= float(found) <= 18.01 for found in re.findall(r"[ML][\d.-]+ ([\d.-]+)", drawn))


def test_a_chart_of_zeros_and_one_without_bars_are_drawn_without_parts():
    series = [Series("Hoàn thành", Tone.DONE)]
    assert widths(html_of(Chart("Không có gì", series, [Bar("Sở A", [0])], ""))) == [35]  # the legend's
    assert "Không có gì" in html_of(Chart("Không có gì", series, [], ""))


def test_words_are_escaped_and_no_style_is_inline():
    hostile = '"><script>alert(1)</script>'
    html = html_of(Chart(hostile, [Series(hostile, Tone.OPEN)], [Bar(hostile, [1])], hostile))
    assert "<script" not in html
    assert "style=" not in html
    assert html.count("&lt;script&gt;") == 5


def test_in_a_pdf_every_drawing_has_words_for_who_cannot_see_it():
    from weasyprint import CSS, HTML

    sheet = (Path(settings.BASE_DIR) / "templates" / "reports" / "chart.css").read_text()
    page = f"<html lang='vi'><title>Biểu đồ</title>{html_of(chart())}</html>"
    made = HTML(string=page).write_pdf(stylesheets=[CSS(string=sheet)], pdf_variant="pdf/ua-1")
    with pikepdf.open(io.BytesIO(made)) as document:
        figures = [
            each for each in document.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
        ]
        assert len(figures) == len(chart().bars) + len(chart().series)
        assert all(str(each.Alt) for each in figures)


def test_a_chart_of_many_bars_begins_on_the_page_where_it_stands_and_goes_on_on_the_next(tmp_path):
    """Kept whole it would leave the rest of that page white."""
    many = replace(chart(), bars=[Bar(f"Cơ quan thứ {number}", (1, 0, 2, 0, 1)) for number in range(1, 47)])
    annex = Annex("BIỂU ĐỒ", "(Kèm theo Báo cáo)", (chart(), many), is_landscape=False)
    made = paper(annexes=(annex,))
    for pdf in (printed(made, tmp_path, "many"), to_pdf(word.write(made), ".docx")):
        with pdfplumber.open(io.BytesIO(pdf)) as document:
            texts = [page.extract_text() for page in document.pages]
        first = next(place for place, text in enumerate(texts) if "BIỂU ĐỒ" in text)
        assert "Cơ quan thứ 1 " in texts[first]
        assert "Cơ quan thứ 46 " in texts[-1]
        assert len(texts) - first == 2
        assert "đúng hạn" in texts[-1]  # the head again
