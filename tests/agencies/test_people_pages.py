"""The pages about people."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies import grants
from agencies.models import Agency, AgencyUserPermission, Role, User
from agencies.people import create_user

pytestmark = pytest.mark.django_db
ROLES = ["admin", "staff", "leader", "liaison"]
FIELDS = {"full_name": "Lê Văn Ba", "title": "", "email": "", "role": "liaison", "agency": ""}


def addresses(user):
    return [
        ("get", reverse("user_list")),
        ("get", reverse("user_create")),
        ("get", reverse("user_edit", args=[user.pk])),
        ("post", reverse("user_create")),
        ("post", reverse("user_edit", args=[user.pk])),
        ("post", reverse("user_deactivate", args=[user.pk])),
        ("post", reverse("user_reactivate", args=[user.pk])),
        ("post", reverse("user_password_link", args=[user.pk])),
    ]


@pytest.fixture
def signed_in(client, request):
    def sign(who):
        client.force_login(request.getfixturevalue(who))
        return client

    return sign


@pytest.mark.parametrize("who", ROLES)
def test_the_pages_are_for_the_staff_and_for_others_do_not_exist(signed_in, who, make_user):
    client, whom = signed_in(who), make_user("moi")
    for method, address in addresses(whom):
        status = getattr(client, method)(address).status_code
        assert (status == 404) is (who in ("leader", "liaison")), (method, address, status)


@pytest.mark.parametrize("whom", ["admin", "leader"])
def test_staff_may_look_at_an_officer_but_change_nothing(signed_in, whom, request):
    client, user = signed_in("staff"), request.getfixturevalue(whom)
    page = client.get(reverse("user_edit", args=[user.pk])).content.decode()
    assert "Chỉ quản trị viên được thay đổi tài khoản này" in page
    assert "Khóa tài khoản</button>" not in page
    for method, address in addresses(user)[4:]:
        assert getattr(client, method)(address, FIELDS).status_code == 404
    assert User.objects.get(pk=user.pk).is_active


def test_the_list_tells_role_state_and_grants(signed_in, liaison, other_agency, make_user):
    grants.grant(agency=other_agency, user=liaison, by=None)
    make_user("cu", is_active=False)
    page = signed_in("staff").get(reverse("user_list")).content.decode()
    for words in (
        "Võ Quốc Bảo",
        "Đầu mối",
        "Sở Công Thương",
        "Sở Tài chính",
        "Đã khóa",
        "Đang hoạt động",
        "Chưa rõ cơ quan",
    ):
        assert words in page


@pytest.mark.parametrize("query", ["co-quan=stc", "tim=vo+quoc", "tim=TAICHINH@", "co-quan=stc&tim=bao"])
def test_the_list_is_narrowed_by_the_address(signed_in, liaison, make_user, query):
    make_user("khac")
    page = signed_in("staff").get(f"{reverse('user_list')}?{query}")
    assert [user.username for user in page.context["page"]] == ["taichinh"]


def test_an_empty_list_says_what_to_do(signed_in):
    assert "Xem tất cả người dùng" in signed_in("staff").get(f"{reverse('user_list')}?tim=khong-ai").content.decode()


@pytest.mark.parametrize(
    ("query", "said"), [("co-quan=khong-co", "Cơ quan này không có"), ("tim=a%00b", "ký tự không dùng được")]
)
def test_a_filter_that_is_not_understood_says_so_and_hides_nobody(signed_in, liaison, query, said):
    page = signed_in("staff").get(f"{reverse('user_list')}?{query}")
    assert said in page.content.decode()
    assert page.context["page"].paginator.count == 2


def test_the_filter_offers_the_agencies_where_people_work(signed_in, liaison, agency, other_agency):
    filters = signed_in("staff").get(reverse("user_list")).context["filters"]
    assert list(filters.fields["co_quan"].queryset) == [agency]


def test_on_a_phone_every_cell_says_what_it_is(signed_in, liaison):
    page = signed_in("staff").get(reverse("user_list")).content.decode()
    for label in ("Tên đăng nhập", "Vai trò", "Trạng thái", "Thay mặt"):
        assert f'data-label="{label}"' in page


def test_the_pages_of_a_long_list_keep_the_filter(signed_in, agency):
    crowd(agency, 101)
    page = signed_in("staff").get(f"{reverse('user_list')}?co-quan=stc&tim=nguoi").content.decode()
    assert 'href="?co-quan=stc&amp;tim=nguoi&amp;trang=2"' in page


def crowd(agency, count):
    for number in range(count):
        user = create_user(
            by=None, username=f"nguoi{number}", full_name=f"Người {number}", role="liaison", agency=agency
        )
        grants.grant(agency=agency, user=user, by=None)


def test_the_list_asks_as_much_for_three_as_for_three_hundred(signed_in, agency, django_assert_num_queries):
    client = signed_in("staff")
    crowd(agency, 3)
    client.get(reverse("user_list"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("user_list"))
    permission = AgencyUserPermission.objects.first().permission
    made = User.objects.bulk_create(
        User(username=f"them{n}", full_name=f"Thêm {n}", role=Role.LIAISON, agency=agency) for n in range(297)
    )
    AgencyUserPermission.objects.bulk_create(
        AgencyUserPermission(user=user, content_object=agency, permission=permission) for user in made
    )
    with django_assert_num_queries(len(few)):
        page = client.get(reverse("user_list"))
    assert page.context["page"].paginator.count == 301
    assert "1–100 trong 301 người dùng" in page.content.decode()


def test_making_a_liaison(signed_in, agency, staff):
    answer = signed_in("staff").post(
        reverse("user_create"), FIELDS | {"username": "ba", "agency": agency.pk, "grants": [agency.pk]}
    )
    user = User.objects.get(username="ba")
    assert answer.url == reverse("user_edit", args=[user.pk])
    assert (user.agency, list(user.represented())) == (agency, [agency])


def test_staff_are_not_offered_other_roles(signed_in):
    client = signed_in("staff")
    form = client.get(reverse("user_create")).context["form"]
    assert [value for value, _ in form.fields["role"].choices] == ["liaison"]
    answer = client.post(reverse("user_create"), FIELDS | {"username": "ba", "role": "admin"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["role"] == ["Vai trò này không chọn được."]
    assert not User.objects.filter(username="ba").exists()


def test_a_refused_form_keeps_what_was_typed_and_says_why(signed_in, liaison):
    answer = signed_in("staff").post(reverse("user_create"), FIELDS | {"username": "taichinh", "title": "Phó phòng"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("đã có người dùng") == 2  # in the summary, and at the field
    assert 'href="#id_username"' in page
    assert "data-focus" in page
    assert 'value="Phó phòng"' in page


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"username": "taichinh"}, "username"),
        ({"username": "không hợp lệ"}, "username"),
        ({"email": "TaiChinh@kttt.example"}, "email"),
    ],
)
def test_what_a_rule_refuses_stands_at_its_field(signed_in, liaison, typed, field):
    answer = signed_in("staff").post(reverse("user_create"), FIELDS | {"username": "ba"} | typed)
    assert list(answer.context["form"].errors) == [field]


def test_a_change_of_ones_own_role_is_refused_at_the_role(signed_in, admin, make_user):
    make_user("quantri2", Role.ADMIN)
    answer = signed_in("admin").post(reverse("user_edit", args=[admin.pk]), FIELDS | {"role": "staff"})
    assert list(answer.context["form"].errors) == ["role"]


def test_missing_and_wrong_fields_are_named_in_vietnamese(signed_in):
    page = signed_in("staff").post(reverse("user_create"), {"email": "khong-phai"}).content.decode()
    for words in ("Xin nhập tên đăng nhập.", "Xin nhập họ và tên.", "Xin chọn vai trò.", "Địa chỉ thư không đúng"):
        assert words in page
    assert 'aria-invalid="true"' in page


def test_changing_a_person_and_the_grants(signed_in, liaison, agency, other_agency):
    grants.grant(agency=agency, user=liaison, by=None)
    client = signed_in("staff")
    client.post(reverse("user_edit", args=[liaison.pk]), FIELDS | {"agency": agency.pk, "grants": [other_agency.pk]})
    page = client.get(reverse("user_edit", args=[liaison.pk])).content.decode()
    assert list(grants.granted_to(liaison)) == [other_agency]
    assert "Đã đổi họ và tên: Võ Quốc Bảo → Lê Văn Ba" in page
    assert "Đã cấp quyền thay mặt Sở Công Thương" in page
    assert "Đã thu hồi quyền thay mặt Sở Tài chính" in page
    assert "Lê Thị Thanh Hà" in page


def test_a_refusal_undoes_the_whole_change(signed_in, admin, make_user):
    answer = signed_in("admin").post(
        reverse("user_edit", args=[admin.pk]), FIELDS | {"full_name": "Tên khác", "role": "staff"}
    )
    assert "chính mình" in answer.content.decode()
    assert User.objects.get(pk=admin.pk).full_name == "Trần Minh Quang"


def test_closing_and_opening_again(signed_in, liaison):
    client = signed_in("staff")
    client.post(reverse("user_deactivate", args=[liaison.pk]))
    assert not User.objects.get(pk=liaison.pk).is_active
    assert "Mở lại tài khoản</button>" in client.get(reverse("user_edit", args=[liaison.pk])).content.decode()
    client.post(reverse("user_reactivate", args=[liaison.pk]))
    assert User.objects.get(pk=liaison.pk).is_active


def test_an_administrator_is_told_why_they_stay(signed_in, admin):
    answer = signed_in("admin").post(reverse("user_deactivate", args=[admin.pk]), follow=True)
    assert "chính mình" in answer.content.decode()


def test_the_password_link_is_shown_once(signed_in, liaison):
    client = signed_in("staff")
    address = reverse("user_edit", args=[liaison.pk])
    page = client.post(reverse("user_password_link", args=[liaison.pk])).content.decode()
    assert "http://testserver/dat-lai-mat-khau/" in page
    assert "/dat-lai-mat-khau/" not in client.get(address).content.decode()


@pytest.mark.parametrize("name", ["user_deactivate", "user_reactivate", "user_password_link"])
def test_reading_an_address_changes_nothing(signed_in, liaison, name):
    assert signed_in("staff").get(reverse(name, args=[liaison.pk])).status_code == 405


def test_groups_are_not_offered(signed_in, group, agency):
    form = signed_in("staff").get(reverse("user_create")).context["form"]
    assert list(form.fields["grants"].queryset) == list(Agency.objects.filter(pk=agency.pk))


@pytest.mark.parametrize("field", ["agency", "grants"])
def test_bodies_that_nobody_has_checked_come_last_and_are_marked(signed_in, agency, field):
    Agency.objects.create(code="la", name="Ban lạ", short_name="Ban lạ", sort_key="000", is_verified=False)
    form = signed_in("staff").get(reverse("user_create")).context["form"]
    labels = [label for value, label in form.fields[field].choices if value]
    assert labels == ["Sở Tài chính", "Ban lạ (chưa đối chiếu)"]


def test_the_agencies_to_tick_stand_in_columns(signed_in, agency):
    assert "choices choices--columns" in signed_in("staff").get(reverse("user_create")).content.decode()


def test_the_page_of_a_person_leads_back_to_the_list(signed_in, liaison):
    page = signed_in("staff").get(reverse("user_edit", args=[liaison.pk])).content.decode()
    assert '<li><a href="/nguoi-dung/">Người dùng</a></li>' in page


def test_closing_an_account_is_asked_about_and_says_what_happens(signed_in, liaison):
    page = signed_in("staff").get(reverse("user_edit", args=[liaison.pk])).content.decode()
    closing = page.split('<details class="confirm')[1].split("</details>")[0]
    assert reverse("user_deactivate", args=[liaison.pk]) in closing
    assert "bị đăng xuất ngay" in closing
    assert 'name="full_name"' not in closing  # the form of the page is not its form


def test_the_history_writes_days_as_documents_do(signed_in, liaison, settings):
    settings.TODAY = date(2023, 2, 3)
    client = signed_in("staff")
    client.post(reverse("user_deactivate", args=[liaison.pk]))
    assert "03/02/2023" in client.get(reverse("user_edit", args=[liaison.pk])).content.decode()
