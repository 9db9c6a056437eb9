"""A long list of boxes is narrowed by typing; nothing that is ticked goes out of sight, and nothing is sent."""

import pytest
from django import forms
from django.template import Context, Template
from playwright.sync_api import expect

from tests.ui.conftest import serve

PAGE = Template(
    """{% load static %}<!DOCTYPE html><html lang="vi"><head><script src="{% static 'js/choices.js' %}" defer></script>
<link rel="stylesheet" href="{% static 'css/base.css' %}"></head>
<body><form method="get" action="/gui/">{{ form.bodies.as_field_group }}</form></body></html>"""
)


@pytest.fixture
def show(page):
    def show(names):
        class Form(forms.Form):
            bodies = forms.MultipleChoiceField(
                label="Các cơ quan", choices=list(enumerate(names)), widget=forms.CheckboxSelectMultiple
            )

        serve(page, PAGE.render(Context({"form": Form()})))
        return page

    return show


def test_it_finds_without_marks_and_keeps_what_is_ticked(show):
    page = show([*(f"Xã Vĩnh {number}" for number in range(20)), "Đặc khu Cồn Cỏ"])
    page.get_by_label("Xã Vĩnh 3", exact=True).check()
    find = page.get_by_label("Lọc danh sách")
    find.fill("con co dac")
    expect(page.get_by_role("status")).to_have_text("1/21 mục khớp")
    assert page.get_by_role("checkbox").filter(visible=True).count() == 2
    expect(page.get_by_label("Đặc khu Cồn Cỏ")).to_be_visible()
    expect(page.get_by_label("Xã Vĩnh 3", exact=True)).to_be_visible()
    find.press("Enter")
    assert page.url.endswith("/")
    find.fill("")
    assert page.get_by_role("checkbox").filter(visible=True).count() == 21


def test_a_short_list_is_left_alone(show):
    expect(show(["Sở Tài chính"] * 8).get_by_label("Lọc danh sách")).to_have_count(0)
