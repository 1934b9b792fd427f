"""Every address of the house. The other storeys are named by string, so that nothing here imports them."""

from allauth.account import views as account
from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from community.consent import views as consent
from community.foundation import views as foundation
from community.people import api as people_api
from community.people import views as people
from community.phones import api as phones_api
from community.phones import views as phones

accounts = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", people.sign_out, name="account_logout"),
    path("sign-up/", RedirectView.as_view(pattern_name="account_login"), name="account_signup"),
    path("new-password/", account.password_reset, name="account_reset_password"),
    path("new-password/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^new-password/(?P<uidb36>[0-9A-Za-z]{1,64})-(?P<key>.{1,200})/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("new-password/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("", include("community.recovery.urls")),
    path("", include("community.addresses.urls")),
    path("closed/", account.account_inactive, name="account_inactive"),
]

urlpatterns = [
    path("", people.home, name="home"),
    path("healthz", foundation.healthz, name="healthz"),
    path("readyz", foundation.readyz, name="readyz"),
    path("metrics", foundation.metrics, name="metrics"),
    path("help/", foundation.help_now, name="help"),
    path("language/<slug:code>/", foundation.language, name="language"),
    path("manifest.webmanifest", foundation.manifest, name="manifest"),
    path("offline/", foundation.offline, name="offline"),
    path("", include("community.joining.urls")),
    path("tablet/", include("community.tablets.urls")),
    path("leave/", people.leave, name="leave"),
    path("", include(accounts)),
    path("settings/", people.settings_page, name="settings"),
    path("settings/name/", people.name, name="settings_name"),
    path("settings/language/", people.language, name="settings_language"),
    path("settings/looks/", people.looks, name="settings_looks"),
    path("settings/rooms/", people.rooms, name="settings_rooms"),
    path("settings/password/", people.password, name="settings_password"),
    path("settings/agreements/", consent.agreements, name="agreements"),
    path("settings/agreements/<uuid:record_id>/again/", consent.agree_again, name="agreement_again"),
    path("settings/agreements/<uuid:record_id>/take-back/", consent.take_back, name="agreement_take_back"),
    path("phone/", phones.whose_phone, name="whose_phone"),
    path("settings/devices/", people.devices, name="settings_devices"),
    path("api/v1/me", people_api.MeView.as_view(), name="api_me"),
    path("api/v1/me/phone", phones_api.PhoneView.as_view(), name="api_phone"),
    path("api/v1/me/phone/key", phones_api.PhoneKeyView.as_view(), name="api_phone_key"),
    path("api/v1/me/devices", people_api.DevicesView.as_view(), name="api_devices"),
    path("api/v1/me/devices/<uuid:session_id>", people_api.DeviceView.as_view(), name="api_device"),
    path("", include("community.consent.urls")),
    path("", include("community.programs.urls")),
    path("", include("community.milestones.urls")),
    path("", include("community.checkins.urls")),
    path("", include("community.mentoring.urls")),
    path("", include("community.matches.urls")),
    path("", include("community.safetyplan.urls")),
    path("", include("community.schedule.urls")),
    path("", include("community.paging.urls")),
    path("", include("community.cases.urls")),
    path("", include("community.safety.urls")),
    path("", include("community.deaths.urls")),
    path("", include("community.keep_apart.urls")),
    path("", include("community.sheets.urls")),
    path("", include("community.copies.urls")),
    path("", include("community.notices.urls")),
    path("", include("community.letters.urls")),
    path("", include("groups.urls")),
    path("", include("realtime.urls")),
]
if getattr(settings, "DEMO", False):
    urlpatterns.append(path("demo/", include("groups.demo.urls")))

handler404 = "community.foundation.web.not_found"
handler500 = "community.foundation.web.broken"
handler400 = "community.foundation.web.bad_request"
