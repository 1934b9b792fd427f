"""What one may not see looks like what is not there: by every address, method and credential, to the byte and query."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import UUIDConverter

from community.cases.models import Case
from community.deaths.models import Why
from community.foundation import clock
from community.integrations import services as integrations
from community.milestones import services as milestones
from community.notices import services as notices
from community.people import services as people
from community.people.models import Person, Session
from community.safety.models import Sign
from community.safetyplan import services as safetyplan
from community.safetyplan.plans import Part
from community.sheets.models import SheetOpening
from groups.chat import services as chat
from groups.chat.models import Message
from groups.demo.services import World
from groups.membership import services as membership
from tests.community.deaths import died
from tests.community.desk import newcomer
from tests.community.matches import matched
from tests.community.mentoring import active, asked
from tests.community.roster import on_call, worry
from tests.doors import ALL, Script, browser, say
from tests.groups.reports import decided, told_of
from tests.groups.test_two_people_decide import proposed

pytestmark = pytest.mark.once

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
TOKEN = re.compile(r"[A-Za-z0-9]{64}")
NOWHERE = UUID(int=7)
WORDS = {"body": "Let me in.", "key": str(uuid4())}

#: Addresses inside a room or of one person, with a right body for whoever may: each is tried as everybody who may not.
IN_A_ROOM: dict[str, dict[str, Any]] = {
    "room": {},
    "room_post": WORDS,
    "room_read": {},
    "room_members": {},
    "room_end_seat": {},
    "suspended_leave": {},
    "room_hold": {"held": "1"},
    "room_mute": {"muted": "1"},
    "room_come_back": {"alias": "Eve"},
    "message": {},
    "message_edit": WORDS,
    "message_remove": {},
    "message_release": {},
    "message_pin": {},
    "message_unpin": {},
    "message_react": {"react": "hug"},
    "message_report": {"reason": "hate"},
    "member_report": {"reason": "hate"},
    "celebration_with_you": {"give": "1"},
    "api_group": {},
    "api_members": {"person": str(uuid4())},
    "api_member": {},
    "api_restriction": {"hold_next": 1},
    "api_hold": {"held": True},
    "api_mute": {"muted": True},
    "api_kept_seat": {"alias": "Eve"},
    "api_held": {},
    "api_reading": {},
    "api_read": {"position": 0},
    "api_changes": {},
    "api_messages": WORDS,
    "api_message": {"body": "Let me in."},
    "api_release": {},
    "api_pins": {},
    "api_pin": {},
    "api_reaction": {},
    "update_open": {},
    "api_notice": {},
    "api_notice_seen": {},
}
#: Addresses inside a program or of one person's time in it: each is tried as who is in another program.
IN_A_PROGRAM: dict[str, dict[str, Any]] = {
    "api_program": {"name": "Mine"},
    "api_program_cohorts": {"name": "Mine", "admission": "rolling", "starts": "2026-11-25", "capacity": 8},
    "api_appointments": {"person": str(uuid4()), "role": "facilitator"},
    "api_appointment": {},
    "api_ladders": {},
    "api_ladder": {"steps": [{"code": "d7"}]},
    "api_cohort": {"capacity": 60},
    "api_slots": {"slots": []},
    "api_cohort_enrollments": {"person": str(uuid4())},
    "api_farewell": {"farewell": "line"},
    "api_ask_back": {},
    "api_phase": {"phase": "taper"},
    "api_graduate": {},
    "api_end": {"outcome": "withdrawn"},
    "api_away": {},
    "api_away_mine": {},
    "api_alumni_offer": {"answer": "yes"},
    "api_consent": {},
    "desk_check_ins": {},
    "api_enrollment_check_ins": {},
}
#: Addresses of one's own days: nobody else finds anything there.
OF_ONE_PERSON: dict[str, dict[str, Any]] = {
    "my_path_correct": {"start": "2026-11-01"},
    "my_path_change": {"name": "Mine"},
    "my_path_new_count": {"start": "2026-11-01", "tell": "nobody"},
    "my_path_undo": {"undo": "1"},
    "my_path_forget": {"forget": "1"},
    "api_milestone": {"name": "Mine", "hides_count": True},
    "api_milestone_first_day": {"start": "2026-11-01"},
    "api_milestone_new_count": {},
    "my_path_tally_count": {"count": "7"},
    "my_path_tally_change": {"name": "Mine", "count": "7"},
    "my_path_tally_forget": {"forget": "1"},
    "api_tally": {"name": "Mine", "count": 7},
    "my_path_sharing": {"sharing": "private"},
    "api_milestone_sharing": {"groups": []},
    "celebration": {"words": "Mine."},
    "celebration_not_now": {"not": "now"},
    "celebration_take_back": {"back": "1"},
    "api_celebration": {},
    "api_celebration_answer": {"answer": "not_now"},
    "api_match": {},
    "api_match_decline": {},
    "api_match_end": {},
    "api_match_plan_end": {"day": "2027-01-01"},
    "api_match_aims": {"words": "Walk on Sundays."},
    "api_match_call": {"wants": True},
    "api_match_step": {},
    "api_match_checkin_answer": {"answer": "yes"},
    "api_desk_board": {},
    "api_desk_batch": {},
    "api_desk_batch_take": {},
    "api_desk_outcomes": {},
    "api_desk_suggestions": {"mentor": str(uuid4())},
    "api_desk_best": {},
    "api_desk_stand_in": {"mentor": str(uuid4())},
    "api_desk_ended": {},
    "api_desk_match": {},
    "api_desk_match_step": {},
    "api_desk_seen_to": {},
    "match": {},
    "match_decline": {},
    "match_call": {"number": "201-555-0144"},
    "match_aims": {"words": "Walk on Sundays."},
    "match_plan": {"day": "2027-01-01"},
    "match_end": {},
    "match_day_share": {"share": "1"},
    "match_question": {"answer": "yes"},
    "match_step": {},
    "safety_plan_shared": {},
    "api_safety_plan_shown": {},
    "told": {"note": "Mine."},
    "decision": {"words": "Mine."},
    "care": {},
    "care_safe": {},
    "care_away": {},
    "room_sit": {},
    "api_care": {},
    "api_care_safe": {},
    "api_care_away": {},
    "desk_case_choose": {},
    "desk_case_decide": {"version": 1, "words": "Mine."},
    "desk_proposal": {"answer": "yes"},
    "desk_proposal_back": {},
    "api_proposal": {"answer": "yes"},
    "desk_appeal": {"answer": "lifted", "words": "Mine."},
    "desk_appeal_ask": {"question": "Mine."},
    "decision_write": {"words": "Mine."},
    "api_appeal": {"words": "Mine."},
    "api_appeal_write": {"words": "Mine."},
    "api_appeal_ask": {"words": "Mine."},
    "api_appeal_answer": {"answer": "lifted", "words": "Mine."},
    "desk_sheet": {},
    "desk_sheet_hold": {"why": "Mine."},
    "desk_sheet_look": {"found": "Mine."},
    "desk_roster": {},
    "desk_shift_plan": {},
    "desk_coverage": {},
    "desk_shift": {},
    "desk_shift_step": {},
    "desk_page_answer": {},
    "api_shifts": {"begins": "2027-01-01T18:00:00Z", "ends": "2027-01-01T20:00:00Z"},
    "api_coverage": {"contact_rings": True},
    "api_shift": {"person": None},
    "api_shift_step": {},
    "api_page_answer": {},
    "desk_case": {},
    "desk_case_stay": {},
    "desk_case_step": {"version": 1},
    "api_case": {},
    "api_case_stay": {},
    "api_case_step": {"version": 1},
}
BODIES = {**IN_A_ROOM, **IN_A_PROGRAM, **OF_ONE_PERSON}
#: Addresses that name nothing of anybody: the same for all, or one's own alone.
OF_NOBODY = {
    "home": "sends to one's own groups, or to sign in",
    "healthz": "this process",
    "readyz": "this process",
    "metrics": "tests/community/test_metrics.py",
    "help": "who reads now: in one's own rooms, or nobody named; tests/community/test_help.py",
    "manifest": "the same for everybody, without a session",
    "offline": "the same for everybody, without a session",
    "language": "tests/community/test_language.py",
    "leave": "ends one's own session",
    "account_login": "tests/community/test_sign_in.py",
    "account_logout": "ends one's own session",
    "account_signup": "closed: sends to sign in",
    "account_reset_password": "tests/community/test_sign_in.py",
    "account_reset_password_done": "the same for everybody",
    "account_reset_password_from_key": "tests/community/test_sign_in.py",
    "account_reset_password_from_key_done": "the same for everybody",
    "settings_address": "one's own",
    "settings_address_remove": "one's own",
    "address_by_link": "tests/community/test_addresses.py",
    "address_confirm": "tests/community/test_addresses.py",
    "tablet": "tests/community/test_tablets.py",
    "tablet_done": "ends one's own session",
    "tablet_awake": "one's own",
    "recover": "tests/community/test_recovery.py",
    "renew": "tests/community/test_renewal.py",
    "renewal_open": "tests/community/test_renewal.py",
    "recover_done": "the same for everybody",
    "recovery_sheet": "one's own",
    "recovery_sheet_kept": "one's own",
    "join": "tests/community/test_joining.py",
    "join_by_link": "tests/community/test_joining.py",
    "join_name": "tests/community/test_joining.py",
    "join_agreement": "tests/community/test_joining.py",
    "join_sign_in": "tests/community/test_joining.py",
    "join_sheet": "one's own",
    "join_not_now": "forgets what was answered on one's own device",
    "invitations": "tests/community/test_inviting.py",
    "invite": "tests/community/test_inviting.py",
    "invitation_cards": "tests/community/test_inviting.py",
    "invitation_cards_done": "one's own",
    "invitation_revoke": "tests/community/test_inviting.py",
    "first_day": "one's own",
    "first_day_hello": "tests/groups/test_first_day.py",
    "first_day_look": "tests/groups/test_first_day.py",
    "account_inactive": "the same for everybody",
    "api_me": "one's own",
    "your_data": "one's own; tests/groups/test_copies.py",
    "api_export": "one's own; tests/groups/test_copies.py",
    "api_groups": "one's own",
    "suspended": "one's own",
    "api_suspension": "one's own",
    "api_search": "one's own rooms alone: tests/groups/test_search.py",
    "search": "one's own rooms alone: tests/groups/test_search.py",
    "groups": "one's own",
    "today": "one's own",
    "updates": "one's own",
    "updates_seen": "one's own",
    "api_notices": "one's own",
    "api_notices_seen": "one's own",
    "alumni_offer": "tests/groups/test_alumni_offer.py",
    "alumni_offer_answer": "tests/groups/test_alumni_offer.py",
    "agreements": "one's own",
    "agreement_again": "tests/groups/test_agreements.py",
    "agreement_take_back": "tests/groups/test_alumni_offer.py",
    "api_programs": "one's own",
    "api_cohorts": "one's own",
    "api_enrollments": "one's own",
    "api_alumni_offers": "one's own",
    "api_kept_seats": "one's own",
    "api_consents": "one's own",
    "settings_updates": "one's own",
    "api_reach": "one's own",
    "service_worker": "the same for everybody",
    "settings": "one's own",
    "settings_name": "one's own",
    "settings_language": "one's own",
    "settings_looks": "one's own",
    "settings_rooms": "one's own",
    "settings_password": "one's own",
    "settings_devices": "tests/community/test_devices.py",
    "whose_phone": "one's own",
    "api_phone": "one's own",
    "api_phone_key": "tests/community/test_phones.py",
    "api_devices": "one's own",
    "api_device": "tests/community/test_devices.py",
    "desk": "tests/community/test_desk_pages.py",
    "desk_queue": "tests/community/test_cases.py",
    "desk_apart": "tests/community/test_keep_apart.py",
    "desk_apart_all": "tests/community/test_keep_apart.py",
    "desk_apart_renew": "tests/community/test_keep_apart.py",
    "desk_apart_lift": "tests/community/test_keep_apart.py",
    "desk_deaths": "tests/community/test_deaths.py",
    "desk_death": "tests/community/test_deaths.py",
    "remembrance": "tests/groups/test_remembrance.py",
    "desk_death_told": "tests/community/test_deaths.py",
    "desk_death_step": "tests/community/test_deaths.py",
    "desk_queue_closed": "tests/community/test_cases.py",
    "api_cases": "tests/community/test_cases.py",
    "api_reports": "tests/groups/test_reporting.py",
    "desk_proposals": "tests/groups/test_two_people_decide.py",
    "api_proposals": "tests/groups/test_two_people_decide.py",
    "desk_appeals": "tests/groups/test_decisions.py",
    "api_appeals": "tests/groups/test_decisions.py",
    "api_decisions": "one's own; tests/groups/test_decisions.py",
    "desk_on_call": "tests/community/test_roster_pages.py",
    "api_pages": "tests/community/test_roster_pages.py",
    "desk_asking": "tests/community/test_desk_pages.py",
    "desk_away_list": "tests/community/test_desk_pages.py",
    "desk_program_open": "tests/community/test_desk_pages.py",
    "desk_program": "tests/community/test_desk_pages.py",
    "desk_program_change": "tests/community/test_desk_pages.py",
    "desk_ladders": "tests/community/test_desk_pages.py",
    "desk_ladder": "tests/community/test_desk_pages.py",
    "desk_ladder_beginning": "tests/community/test_desk_pages.py",
    "desk_cohort_open": "tests/community/test_desk_pages.py",
    "desk_candidates": "tests/community/test_desk_pages.py",
    "desk_appoint": "tests/community/test_desk_pages.py",
    "desk_dismiss": "tests/community/test_desk_pages.py",
    "desk_cohort": "tests/community/test_desk_pages.py",
    "desk_cohort_change": "tests/community/test_desk_pages.py",
    "desk_times": "tests/community/test_desk_pages.py",
    "desk_person": "tests/community/test_desk_pages.py",
    "desk_card_name": "tests/community/test_desk_pages.py",
    "desk_phase": "tests/community/test_desk_pages.py",
    "desk_finish": "tests/community/test_desk_pages.py",
    "desk_end": "tests/community/test_desk_pages.py",
    "desk_away": "tests/community/test_desk_pages.py",
    "desk_again": "tests/community/test_desk_pages.py",
    "desk_not_now": "tests/community/test_desk_pages.py",
    "api_milestones_in_programs": "one's own",
    "my_path_tally_begin": "one's own",
    "api_tallies": "one's own",
    "my_path": "one's own",
    "my_path_begin": "one's own",
    "api_milestones": "one's own",
    "api_celebrations": "one's own",
    "api_cares": "one's own",
    "celebrations": "one's own rooms alone: tests/groups/test_celebration_pages.py",
    "desk_celebrations": "tests/groups/test_celebration_pages.py",
    "check_ins": "one's own",
    "check_in": "one's own",
    "check_in_erase": "one's own",
    "check_in_share": "tests/community/test_checkins.py",
    "check_in_reminder": "one's own",
    "check_in_say": "one's own",
    "api_check_ins": "one's own",
    "api_check_in": "one's own",
    "api_check_in_share": "tests/community/test_rest_checkins.py",
    "api_check_in_reminder": "one's own",
    "emergency_sheet": "one's own",
    "emergency_sheet_confirm": "one's own",
    "emergency_sheet_take_back": "one's own",
    "desk_sheets": "tests/community/test_sheets.py",
    "safety_plan": "one's own",
    "safety_plan_print": "one's own",
    "safety_plan_look": "one's own",
    "safety_plan_forget": "one's own",
    "safety_plan_craving": "one's own",
    "safety_plan_step": "one's own",
    "safety_plan_share": "tests/community/test_safety_plan.py",
    "api_safety_plan": "one's own",
    "api_safety_plan_look": "one's own",
    "api_safety_plan_craving": "one's own",
    "api_safety_plan_earlier": "one's own",
    "api_safety_plan_part": "one's own",
    "api_safety_plan_share": "tests/community/test_safety_plan.py",
    "mentoring": "one's own",
    "mentor_ask": "tests/community/test_mentoring_pages.py",
    "mentor_withdraw": "tests/community/test_mentoring_pages.py",
    "mentor_apply": "tests/community/test_mentoring_pages.py",
    "mentor_mine": "tests/community/test_mentoring_pages.py",
    "mentor_mine_step": "tests/community/test_mentoring_pages.py",
    "desk_mentoring": "tests/community/test_mentoring_pages.py",
    "desk_mentor_first": "tests/community/test_mentoring_pages.py",
    "desk_mentoring_policy": "tests/community/test_mentoring_policy.py",
    "desk_mentor": "tests/community/test_mentoring_pages.py",
    "desk_mentor_clearance": "tests/community/test_mentoring_pages.py",
    "desk_mentor_supervisor": "tests/community/test_mentoring_pages.py",
    "desk_mentor_notes": "tests/community/test_mentoring_pages.py",
    "desk_mentor_step": "tests/community/test_mentoring_pages.py",
    "matches": "one's own",
    "matches_none": "one's own",
    "match_people": "one's own",
    "match_question": "tests/community/test_match_beside.py",
    "match_decline": "tests/community/test_match_beside.py",
    "match_call": "tests/community/test_match_beside.py",
    "match_aims": "tests/community/test_match_aims.py",
    "match_goodbye": "tests/groups/test_goodbye.py",
    "match_plan": "tests/community/test_match_beside.py",
    "match_end": "tests/community/test_match_beside.py",
    "match_days": "tests/community/test_match_days.py",
    "match_day_share": "tests/community/test_match_days.py",
    "api_match_days": "tests/community/test_match_days.py",
    "api_match_day": "tests/community/test_match_days.py",
    "match_step": "tests/community/test_match_pages.py",
    "desk_matching": "tests/community/test_match_board.py",
    "desk_board": "tests/community/test_match_board.py",
    "desk_board_approve": "tests/community/test_match_board.py",
    "desk_batch": "tests/community/test_match_preview.py",
    "desk_batch_ask": "tests/community/test_match_preview.py",
    "desk_batch_take": "tests/community/test_match_preview.py",
    "desk_suggest_best": "tests/community/test_match_preview.py",
    "desk_ended": "tests/community/test_match_ended.py",
    "desk_outcomes": "tests/community/test_match_outcomes.py",
    "desk_suggest": "tests/community/test_match_board.py",
    "desk_match": "tests/community/test_match_board.py",
    "desk_match_cover": "tests/community/test_match_board.py",
    "desk_match_step": "tests/community/test_match_board.py",
    "desk_match_seen_to": "tests/community/test_match_board.py",
    "api_matches": "one's own",
    "api_matches_none": "one's own",
    "api_match_checkins": "one's own",
    "api_mentor_requests": "one's own",
    "api_mentor_request": "tests/community/test_rest_mentoring.py",
    "api_mentors": "one's own",
    "api_mentor": "tests/community/test_rest_mentoring.py",
    "api_mentor_agreement": "tests/community/test_rest_mentoring.py",
    "api_mentor_break": "tests/community/test_rest_mentoring.py",
    "api_mentor_not_mine": "tests/community/test_rest_mentoring.py",
    "api_desk_mentors": "tests/community/test_rest_mentoring.py",
    "api_desk_mentor": "tests/community/test_rest_mentoring.py",
    "api_desk_mentor_step": "tests/community/test_rest_mentoring.py",
    "api_desk_mentor_clearance": "tests/community/test_rest_mentoring.py",
    "api_desk_mentor_supervisor": "tests/community/test_rest_mentoring.py",
    "api_desk_mentor_notes": "tests/community/test_rest_mentoring.py",
    "api_desk_mentor_requests": "tests/community/test_rest_mentoring.py",
    "api_desk_mentor_first": "tests/community/test_rest_mentoring.py",
    "api_mentoring_policy": "tests/community/test_rest_mentoring.py",
    "my_time": "one's own",
    "talk": "tests/community/test_talk.py",
    "api_talk": "tests/community/test_talk.py",
    "my_time_away": "tests/community/test_my_time.py",
    "my_time_farewell": "tests/community/test_my_time.py",
    "my_time_ask_back": "tests/community/test_my_time.py",
}


def addresses(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one)
        else:
            yield one


def test_every_address_has_a_row_here() -> None:
    assert {one.name for one in addresses()} == set(BODIES) | set(OF_NOBODY)


@dataclass(frozen=True)
class Place:
    """A room and what is in it, there or not."""

    group_id: UUID
    message_id: UUID
    member_id: UUID
    notice_id: UUID = NOWHERE
    invitation_id: UUID = NOWHERE
    person_id: UUID = NOWHERE
    first_day_id: UUID = NOWHERE
    program_id: UUID = NOWHERE
    cohort_id: UUID = NOWHERE
    enrollment_id: UUID = NOWHERE
    appointment_id: UUID = NOWHERE
    offer_id: UUID = NOWHERE
    record_id: UUID = NOWHERE
    focus_id: UUID = NOWHERE
    celebration_id: UUID = NOWHERE
    tally_id: UUID = NOWHERE
    match_id: UUID = NOWHERE
    checkin_id: UUID = NOWHERE
    case_id: UUID = NOWHERE
    shift_id: UUID = NOWHERE
    page_id: UUID = NOWHERE
    report_id: UUID = NOWHERE
    request_id: UUID = NOWHERE
    batch_id: UUID = NOWHERE
    decision_id: UUID = NOWHERE
    tie_id: UUID = NOWHERE
    opening_id: UUID = NOWHERE
    proposal_id: UUID = NOWHERE
    session_id: UUID = NOWHERE
    mentor_id: UUID = NOWHERE
    reader_id: UUID = NOWHERE
    sign_id: UUID = NOWHERE
    death_id: UUID = NOWHERE
    telling_id: UUID = NOWHERE
    apart_id: UUID = NOWHERE

    def path(self, name: str) -> str:
        pattern = next(one for one in addresses() if one.name == name)
        taken = {
            key: getattr(self, key) if isinstance(converter, UUIDConverter) else "hug"
            for key, converter in pattern.pattern.converters.items()
        }
        return reverse(name, kwargs=taken)

    def ids(self) -> list[str]:
        return [str(one) for one in vars(self).values()]


@dataclass
class Visitor:
    """Somebody's client and what it sends along."""

    client: Client
    headers: dict[str, str]

    def doors(self) -> list[str]:
        """Where this one may knock at all: a page takes no token."""
        return [name for name in BODIES if name.startswith("api_") or not self.headers]

    def sees(self, method: str, name: str, place: Place) -> tuple[object, ...]:
        """Everything that could tell: status, headers, body without ids, and how often the database was asked."""
        path, body = place.path(name), BODIES[name]
        more = {"content_type": "application/json"} if name.startswith("api_") or method != "POST" else {}
        sent: Any = body if method in {"POST", "PUT", "PATCH"} else {}
        call = getattr(self.client, method.lower())
        kept = {key: cookie.value for key, cookie in self.client.cookies.items()}
        with CaptureQueriesContext(connection) as asked:
            answer = call(path, sent, **more, headers=self.headers) if sent else call(path, headers=self.headers)
        self.client.cookies = SimpleCookie(kept)  # each request comes from the same device, whatever it was told
        told = answer.content.decode() + repr(sorted((k, v) for k, v in answer.headers.items() if k != "Date"))
        for found in place.ids():
            told = told.replace(found, "ID")
        cookies = {key: (bool(one.value), one["max-age"]) for key, one in answer.cookies.items()}
        return answer.status_code, TOKEN.sub("TOKEN", told), str(cookies), [_shape(row["sql"]) for row in asked]


def _shape(sql: str) -> str:
    """What kind of question it was, without its values."""
    return " ".join(sql.split()[:2])


def _stranger(world: World) -> Person:
    return world.eli


def _removed(world: World) -> Person:
    membership.unseat(person=world.ana, group=world.tuesday, by=world.cy)
    return world.ana


#: Ana lost a seat, not her program: what she sees there is tried in tests/community/test_rest_programs.py.
IN_HER_OWN = {
    "api_program",
    "api_program_cohorts",
    "api_appointments",
    "api_cohort",
    "api_slots",
    "api_cohort_enrollments",
}
WHO = {"a stranger": _stranger, "a removed member": _removed}


@pytest.fixture
def there(world: World) -> Place:
    message = say(world.ana, world.tuesday, "Only for us.")
    chat.react(person=world.ben, message=message, name="hug")
    run = world.ben.focuses.get().runs.get()
    celebration = run.celebrations.create(
        person=world.ben, code="m18", due=clock.today(world.ben.zone), created=clock.now()
    )
    record = world.ben.consents.get()
    match = matched(asked(newcomer(1, world.cohort), world.evening), active(world))
    question = match.checkins.create(person=world.ben, step="d3", asked=clock.now())
    notice = notices.tell(person=world.ben, notice="words_released", about=world.tuesday.pk)
    report = told_of(world.ben, message)
    death = died(world, newcomer(2, world.cohort))
    safetyplan.write(person=match.mentee, part=Part.REASON, words="My sister.")
    safetyplan.share(person=match.mentee, tie_id=match.pk, reader_id=world.ben.pk)
    return Place(
        world.tuesday.pk,
        message.pk,
        world.seat(world.ben, world.tuesday).member_id,
        notice_id=notice.pk,
        program_id=world.evening.pk,
        cohort_id=world.cohort.pk,
        enrollment_id=world.ben.enrollments.get().pk,
        appointment_id=world.cy.appointments.get().pk,
        offer_id=world.ben.alumni_offers.get().pk,
        record_id=record.pk,
        focus_id=world.ben.focuses.get().pk,
        celebration_id=celebration.pk,
        tally_id=milestones.begin_tally(person=world.ben, kind="skill").pk,
        match_id=match.pk,
        checkin_id=question.pk,
        case_id=report.case_id,
        shift_id=on_call(world.evening, world.dana).pk,
        page_id=worry(world).pages.get().pk,
        report_id=report.pk,
        decision_id=decided(world, report).pk,
        request_id=match.request_id,
        batch_id=world.evening.batches.create(asked=clock.now()).pk,
        tie_id=match.pk,
        opening_id=_opened(world, report.case).pk,
        proposal_id=proposed(world).pk,
        session_id=_session(world.ben).pk,
        mentor_id=match.mentor_id,
        reader_id=world.ben.pk,
        sign_id=_signed(world).pk,
        death_id=death.pk,
        telling_id=death.tellings.create(person=world.ben, why=Why.MENTOR).pk,
    )


def _signed(world: World) -> Sign:
    """Ben's words were read as a sign of danger."""
    message = say(world.ben, world.tuesday, "I want to kill myself tonight")
    return Sign.objects.get(about=f"message:{message.pk}")


def _session(person: Person) -> Session:
    """A device of theirs."""
    browser(person)
    return person.sessions.latest("created")


def _opened(world: World, case: Case) -> SheetOpening:
    """As the row stands; how it comes about is tried in tests/community/test_sheets.py."""
    now = clock.now()
    made: SheetOpening = SheetOpening.objects.create(
        person=world.ben, case=case, by=world.dana, at=now, until=now + timedelta(hours=1)
    )
    return made


def nowhere() -> Place:
    return Place(*(uuid4() for _field in fields(Place)))


def _by_page(person: Person) -> Visitor:
    client = browser(person)
    client.get("/groups/")
    return Visitor(client, {})


def _by_token(person: Person) -> Visitor:
    return Visitor(Client(), Script(person, [*ALL]).headers)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("who", WHO)
def test_what_one_may_not_see_is_what_is_not_there(world: World, there: Place, who: str, method: str) -> None:
    person = WHO[who](world)
    for visitor in (_by_page(person), _by_token(person)):
        for name in set(visitor.doors()) - (IN_HER_OWN if person == world.ana else set()):
            seen = visitor.sees(method, name, there)
            assert seen == visitor.sees(method, name, nowhere()), f"{method} {name}"
            assert seen[0] in {404, 405} or method == "OPTIONS", f"{method} {name} {seen[0]}"


@pytest.mark.parametrize("method", METHODS)
def test_a_signed_out_device_learns_nothing(world: World, there: Place, method: str) -> None:
    page, script = browser(world.ben), Script(world.ben, [*ALL])
    people.end_sessions(person=world.ben)
    integrations.revoke(person=world.ben, token=world.ben.tokens.get())
    for visitor in (Visitor(page, {}), Visitor(Client(), dict(script.headers)), Visitor(Client(), {})):
        for name in BODIES:
            seen = visitor.sees(method, name, there)
            assert seen == visitor.sees(method, name, nowhere()), f"{method} {name}"
            allowed = {401, 403} if name.startswith("api_") else {302, 405}
            assert seen[0] in allowed, f"{method} {name} {seen[0]}"


@pytest.mark.parametrize("method", METHODS)
def test_a_member_learns_nothing_of_another_room_through_their_own(world: World, there: Place, method: str) -> None:
    """Ids of the Tuesday room, asked for inside a room that Eli sits in."""
    inside = [name for name in IN_A_ROOM if "messages/" in there.path(name) or "members/" in there.path(name)]
    for visitor in (_by_page(world.eli), _by_token(world.eli)):
        for name in set(inside) & set(visitor.doors()):
            foreign = Place(world.harbor.pk, there.message_id, there.member_id)
            absent = Place(world.harbor.pk, uuid4(), uuid4())
            assert visitor.sees(method, name, foreign) == visitor.sees(method, name, absent), f"{method} {name}"


def test_nothing_of_all_this_changed_anything(world: World, there: Place) -> None:
    before = standing(world)
    for method in METHODS:
        for visitor in (_by_page(world.eli), _by_token(world.eli)):
            for name in BODIES:
                visitor.sees(method, name, there)
    assert standing(world) == before


def standing(world: World) -> tuple[int, list[tuple[UUID, int, str | None]]]:
    """Who sits in the room, and what is written there."""
    return world.tuesday.memberships.count(), list(Message.objects.order_by("pk").values_list("pk", "version", "body"))
