"""Which address of the staff's own pages leads where?"""

from django.urls import URLPattern, path

from borderpass.web.people import account, sign_in, staff

urlpatterns: list[URLPattern] = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/passkey/begin/", sign_in.begin_with_passkey, name="passkey_begin"),
    path("sign-in/passkey/", sign_in.finish_with_passkey, name="passkey_sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password, name="password"),
    path("account/sessions/", account.end_others, name="end_others"),
    path("account/passkeys/begin/", account.begin_passkey, name="passkey_add_begin"),
    path("account/passkeys/", account.finish_passkey, name="passkey_add"),
    path("account/passkeys/<uuid:passkey_id>/remove/", account.remove, name="passkey_remove"),
    path("staff/", staff.staff_list, name="staff"),
    path("staff/add/", staff.add, name="staff_add"),
    path("staff/<uuid:staff_id>/", staff.one, name="staff_one"),
    path("staff/<uuid:staff_id>/reset/", staff.reset, name="staff_reset"),
    path("staff/<uuid:staff_id>/<str:what>/", staff.change, name="staff_change"),
]
