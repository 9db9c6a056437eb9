"""Addresses of sign-in and of people. allauth's views stand under our addresses, by allauth's names."""

from allauth.account import views as account
from django.urls import path, re_path

from agencies.views import absences, delegation, invitations, people, sign_in, support

# allauth asks for these names; nobody signs up, confirms or manages addresses here.
CLOSED = ("account_signup", "account_email", "account_email_verification_sent", "account_set_password")

PEOPLE = "co-quan/<slug:code>/nhan-su/"

urlpatterns = [
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("tai-khoan-bi-khoa/", account.account_inactive, name="account_inactive"),
    path("xac-nhan-mat-khau/", account.reauthenticate, name="account_reauthenticate"),
    path("doi-mat-khau/", account.password_change, name="account_change_password"),
    path("quen-mat-khau/", account.password_reset, name="account_reset_password"),
    path("quen-mat-khau/da-gui/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^dat-lai-mat-khau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("dat-lai-mat-khau/xong/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    *(path(f"tai-khoan/{number}/", sign_in.closed, name=name) for number, name in enumerate(CLOSED, 1)),
    path("tai-khoan/xac-nhan/<str:key>/", sign_in.closed, name="account_confirm_email"),
    path("nguoi-dung/", people.user_list, name="user_list"),
    path("nguoi-dung/them/", people.user_create, name="user_create"),
    path("nguoi-dung/<int:pk>/", people.user_edit, name="user_edit"),
    path("nguoi-dung/<int:pk>/khoa/", people.user_deactivate, name="user_deactivate"),
    path("nguoi-dung/<int:pk>/mo-lai/", people.user_reactivate, name="user_reactivate"),
    path("nguoi-dung/<int:pk>/mat-khau/", people.user_password_link, name="user_password_link"),
    path("nguoi-dung/<int:pk>/vang-mat/", absences.absence_create, name="absence_create"),
    path("nguoi-dung/<int:pk>/xem-nhu/", support.user_look, name="user_look"),
    path("thoi-xem-nhu/", support.look_end, name="look_end"),
    path("nhat-ky-xem-nhu/", support.look_log, name="look_log"),
    path("vang-mat/", absences.absence_list, name="absence_list"),
    path("vang-mat/<int:pk>/", absences.absence_edit, name="absence_edit"),
    path("vang-mat/<int:pk>/ket-thuc/", absences.absence_end, name="absence_end"),
    path("nhan-su/", delegation.own_people, name="own_people"),
    path(PEOPLE, delegation.agency_people, name="agency_people"),
    path(f"{PEOPLE}cu/", delegation.people_give, name="people_give"),
    path(f"{PEOPLE}<int:pk>/ket-thuc/", delegation.people_end, name="people_end"),
    path(f"{PEOPLE}duyet/", delegation.people_approval, name="people_approval"),
    path(f"{PEOPLE}moi/", invitations.people_invite, name="people_invite"),
    path(f"{PEOPLE}moi/<int:pk>/thu-hoi/", invitations.invitation_withdraw, name="invitation_withdraw"),
    path("co-quan/<slug:code>/roi/", delegation.agency_leave, name="agency_leave"),
    path("loi-moi/", invitations.invitation_answer, name="invitation_answer"),
    path("loi-moi/<str:token>/", invitations.invitation, name="invitation"),
]
