from django.urls import path

from community.recovery.views import renewal, sheet

urlpatterns = [
    path("recover/", sheet.come_back, name="recover"),
    path("recover/done/", sheet.come_back_done, name="recover_done"),
    path("recovery-sheet/", sheet.sheet, name="recovery_sheet"),
    path("recovery-sheet/kept/", sheet.sheet_kept, name="recovery_sheet_kept"),
    path("renew/", renewal.renew, name="renew"),
    path("people/<uuid:person_id>/renewal/", renewal.open_renewal, name="renewal_open"),
]
