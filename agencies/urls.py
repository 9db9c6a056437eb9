"""Addresses of sign-in and of people. allauth's views stand under our addresses, by allauth's names."""

from allauth.account import views as account
from django.urls import path, re_path

from agencies.views import people, sign_in

# allauth asks for these names; nobody signs up, confirms or manages addresses here.
CLOSED = ("account_signup", "account_email", "account_email_verification_sent", "account_set_password")

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
]
