"""What stays open to somebody who is suspended, by the names of addresses; as data. Everything else is shut.

Get help now, their safety plan and every way out, their own account and agreements, check-ins and their own path, what
they may read back of what they told us, staff, and what was decided about them. What is the same for everybody asks
nobody who they are.
"""

KEPT = frozenset({
    "home", "today", "leave", "service_worker", "tablet", "tablet_done", "tablet_awake",
    "account_login", "account_logout", "account_signup", "account_inactive",
    "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done",
    "recover", "recover_done", "recovery_sheet", "recovery_sheet_kept", "renew",
    "settings", "settings_name", "settings_language", "settings_looks", "settings_rooms", "settings_password",
    "settings_devices", "settings_address", "settings_address_remove", "address_by_link", "address_confirm",
    "settings_updates", "your_data", "agreements", "agreement_again", "agreement_take_back", "whose_phone",
    "updates", "updates_seen", "update_open",
    "talk", "my_time", "my_time_away", "my_time_ask_back", "told",
    "my_path", "my_path_begin", "my_path_correct", "my_path_change", "my_path_new_count", "my_path_undo",
    "my_path_forget", "my_path_tally_begin", "my_path_tally_count", "my_path_tally_change", "my_path_tally_forget",
    "check_ins", "check_in", "check_in_erase", "check_in_share", "check_in_reminder",
    "celebration", "celebration_take_back", "celebration_not_now", "my_path_sharing", "care", "care_safe", "care_away",
    "safety_plan", "safety_plan_print", "safety_plan_look", "safety_plan_forget", "safety_plan_step",
    "safety_plan_share", "api_safety_plan", "api_safety_plan_look", "api_safety_plan_earlier", "api_safety_plan_part",
    "api_safety_plan_share",
    "decision", "decision_write", "suspended", "suspended_leave",
    "api_me", "api_export", "api_reach", "api_phone", "api_phone_key", "api_devices", "api_device",
    "api_consents", "api_consent",
    "api_notices", "api_notices_seen", "api_notice", "api_notice_seen",
    "api_talk", "api_enrollments", "api_away_mine", "api_ask_back",
    "api_milestones", "api_milestones_in_programs", "api_milestone", "api_milestone_first_day",
    "api_milestone_new_count", "api_tallies", "api_tally",
    "api_celebrations", "api_celebration",
    "api_check_ins", "api_check_in", "api_check_in_reminder", "api_check_in_share",
    "api_decisions", "api_appeal", "api_appeal_write", "api_suspension",
    "api_cares", "api_care", "api_care_safe", "api_care_away",
})  # fmt: skip

#: Where words come in: they are read for danger before they are refused, whoever wrote them.
HEARD = frozenset({"room_post", "api_messages"})
