"""Who may open what: a row for every URL. Written by hand, so that a change of roles is seen in review."""

from typing import Any, Final

from accounts.models import User
from avain.models import Measurement
from cases.models import Appointment, Handover, Letter, Partner, SelfMadeRight
from core.models import Code
from etotu.models import Batch, BatchShare, RoutingRule
from etotu.tests.making import make_attachment, make_faulty_row, make_notice
from municipalities.models import Municipality, RightRequest, Role, Unit
from records.tests.making import make_document, make_note
from reports.models import ListQuestion
from reports.publishing.tests.making import make_edition
from testing.clock import NOW, TODAY
from testing.factories import make_client, make_matter
from testing.people import person

Who = frozenset[str]

PUBLIC: Final[Who] = frozenset({"anybody"})
SIGNED_IN: Final[Who] = frozenset({"signed in"})
CASEWORK: Final[Who] = frozenset({"social_worker", "social_counsellor", "supervisor"})
SUPERVISOR: Final[Who] = frozenset({"supervisor"})
READERS: Final[Who] = CASEWORK | {"coordinator"}
ADMIN: Final[Who] = frozenset({"admin"})
REGISTER: Final[Who] = CASEWORK | ADMIN
KEEPERS: Final[Who] = SUPERVISOR | ADMIN
INSTALLATION: Final[Who] = frozenset({"installation_admin"})
PUBLISHERS: Final[Who] = frozenset({"coordinator", "supervisor"})
OF_THE_PUBLISHED: Final[Who] = READERS | {"researcher"}

ROWS: Final[dict[Who, str]] = {
    PUBLIC: """
        account_login account_logout account_reset_password take_link one_time_link mfa_authenticate
        session_state session_extend session_sign_in set_language about accessibility
    """,
    SIGNED_IN: """
        home role_offers answer_later accept_role decline_role own_account sessions
        account_change_password account_set_password account_reauthenticate
        mfa_reauthenticate mfa_index mfa_activate_totp mfa_deactivate_totp mfa_view_recovery_codes
        mfa_generate_recovery_codes mfa_download_recovery_codes
    """,
    CASEWORK: """
        today queue queue_count queue_chosen queue_give week_plan day_list draft client_search client client_new
        client_edit client_details client_kela_detail
        client_reveal client_reveal_details client_timeline client_measurements client_looks client_non_disclosure
        client_employment_trial own_worker case_open case_close contact_new
        letters letters_new letters_pdf letters_sent letters_delete letters_close letters_made letters_batch letter_pdf
        appointment_new appointment appointment_mark matter_offer
        matter_letter matter_request_letter matter_invitation matter_letter_preview
        matter_new matter_take matter_release matter_undo_take matter_resume matter_acknowledge matter_seen
        matter_reveal matter_contact matter_wait matter_hand_over matter_close matter_reopen attachment
        matter_act matter_take_back_act matter_remind
        matter_ask matter_information matter_withdraw_request matter_partner
        handovers handover_answer handover_again handover_withdraw
        transfers matter_transfer matter_transfer_accept matter_transfer_return matter_transfer_revoke
        measurement_new measurement measurement_edit explain_many explain_whose
        client_documents client_document_begin client_document client_document_version client_document_write
        client_document_save client_document_take_over client_document_throw_away client_document_correct
        client_notes client_notes_search client_notes_print client_note_begin client_note client_note_write
        client_note_save client_agreed client_question
        client_document_cancel client_document_pdf client_document_file client_document_copied client_document_carried
    """,
    REGISTER: "partners",
    SUPERVISOR: "client_restriction employment_trial_list oversight oversight_look answer_list_question",
    KEEPERS: "security_log repair repair_save repair_discard right_requests confirm_right refuse_right",
    READERS: """
        dashboard dashboard_pace dashboard_reach dashboard_deadlines dashboard_goals figure_rows figure_rows_csv
        figure_csv list_questions ask_about_list
    """,
    OF_THE_PUBLISHED: "editions edition edition_file",
    PUBLISHERS: "edition_new edition_correct",
    ADMIN: """
        batches batches_progress batch batch_progress upload correct_batch alerts_seen
        code_lists check_again check_again_progress
        members invite_member member give_role end_role role_unit new_member_link
        deactivate_member reactivate_member reset_second_factor withdraw_right
        units unit end_unit reopen_unit local_settings
        letter_templates letter_template letter_template_preview letter_template_back
        partner_new partner_edit partner_end partner_take_back
        routing_rules routing_rule_new routing_rule routing_rule_switch routing_rule_move routing_rule_copy
        routing_rule_delete routing_rule_try
    """,
    INSTALLATION: """
        installation installation_municipality installation_invite_member installation_member
        installation_give_role installation_end_role installation_new_member_link installation_deactivate_member
        installation_reactivate_member installation_reset_second_factor
        installation_rights installation_right_requests installation_confirm_right installation_refuse_right
        installation_withdraw_right
        installation_batches installation_batch installation_unplaced installation_row
        installation_correct_batch
        installation_alerts_seen installation_code_lists installation_check_again
        installation_check_again_progress installation_code_new installation_code_end
    """,
}
BY_RELATION: Final = frozenset({"client_looks", "client_reveal_details", "matter_reveal", "measurement_edit"})
"""Of these, some are for the assignee, the own worker, the author or the supervisor only: another worker gets 403."""

BATCH_PAGES: Final = ("batch", "batch_progress", "correct_batch", "installation_batch", "installation_correct_batch")
OF_NOTES: Final = ("client_note", "client_note_write", "client_note_save")
OF_ROWS: Final = ("figure_rows", "figure_rows_csv", "ask_about_list")
INSTALLATION_WITHOUT: Final = (
    "installation_rights",
    "installation_batches",
    "installation_unplaced",
    "installation_alerts_seen",
    "installation_code_lists",
    "installation_check_again",
    "installation_check_again_progress",
)
MATRIX: Final[dict[str, Who]] = {name: who for who, names in ROWS.items() for name in names.split()}


def example_kwargs(municipality: Municipality, worker: User) -> dict[str, dict[str, Any]]:
    """For each URL that names an object, one that every worker of the municipality may see."""
    client = make_client(municipality)
    matter = make_matter(client)
    measurement = Measurement.objects.create(
        municipality=municipality, client=client, day=TODAY, kind="initial", together=True, by=worker
    )
    member = person("Hilja Harjoitus", f"hilja@{municipality.code}.example", Role.SOCIAL_WORKER, municipality)
    role = member.memberships.get()
    unit = Unit.objects.create(municipality=municipality, name="Itäinen tiimi")
    batch = Batch.objects.create(
        file_name="era.xml",
        size=0,
        sha256=b"",
        via="upload",
        received_at=NOW,
        arrived=TODAY,
        status="loaded",
    )
    BatchShare.objects.create(municipality=municipality, batch=batch)
    file = make_attachment(make_notice(matter, batch, f"K-{municipality.code}"))
    wanted = RightRequest.objects.create(
        municipality=municipality, person=member, what="second_factor", asked_by=member, reason="Puhelin katosi"
    )
    offered = RightRequest.objects.create(
        municipality=municipality,
        person=worker,
        what="role",
        role="coordinator",
        starts=TODAY,
        asked_by=member,
        state="person",
        offered_at=NOW,
        must_accept=True,
    )
    rule = RoutingRule.objects.create(
        municipality=municipality, position=1, starts=TODAY, reason="Ruuhka", target="hold"
    )
    code = Code.objects.filter(list__name="etotu.expense_kinds").first()
    assert code is not None
    partner = Partner.objects.create(municipality=municipality, kind="own_coach", name="Oma valmentaja Esimerkki")
    handover = Handover.objects.create(
        municipality=municipality, client=client, matter=matter, partner=partner, state="proposed"
    )
    self_made = SelfMadeRight.objects.create(
        municipality=municipality, kind="matter", client=client, user=worker, reason="Soitti."
    )
    letter = Letter.objects.create(
        municipality=municipality,
        client=client,
        matter=matter,
        kind="not_reached",
        language="fi",
        recipient="Hilja Harjoitus",
        subject="Hei",
        body="Hei",
        made_by=worker,
    )
    time = Appointment.objects.create(
        municipality=municipality, client=client, matter=matter, worker=worker, by=worker, at=NOW
    )
    asked = ListQuestion.objects.create(
        municipality=municipality, name="open_matters", key="all", query="", rows=1, words="Miksi?", asked_by=worker
    )
    edition = make_edition(municipality)
    document = make_document(worker, client, "15020")
    note = make_note(worker, client)
    by_word: dict[str, dict[str, Any]] = {}
    for name in MATRIX:
        if name.startswith("matter_"):
            by_word[name] = {"pk": matter.pk}
        elif name in {"measurement", "measurement_edit"}:
            by_word[name] = {"pk": client.pk, "measurement": measurement.pk}
        elif name.startswith(("client", "case_")) or name in {"own_worker", "measurement_new", "contact_new"}:
            by_word[name] = {"pk": client.pk}
        elif "role" in name and "installation" not in name and not name.startswith(("role_o", "accept", "decline")):
            by_word[name] = {"pk": member.pk, "role": role.pk}
        elif "member" in name or "factor" in name:
            by_word[name] = {"pk": member.pk}
    numbered = {
        name: {"number": municipality.pk, "pk": member.pk} | ({"role": role.pk} if name.endswith("end_role") else {})
        for name in MATRIX
        if name.startswith("installation_")
    }
    numbered |= {
        name: {"number": municipality.pk}
        for name in ("installation_municipality", "installation_invite_member", "installation_right_requests")
    }
    numbered |= {
        name: {"number": municipality.pk, "wanted": wanted.pk}
        for name in ("installation_confirm_right", "installation_refuse_right", "installation_withdraw_right")
    }
    without: dict[str, dict[str, Any]] = {
        name: {} for name in ("client_search", "client_new", "members", "invite_member")
    }
    return (
        by_word
        | {
            name: {"pk": client.pk, "document": document.pk} | ({"number": 1} if name.endswith("version") else {})
            for name in MATRIX
            if name.startswith("client_document") and name not in {"client_documents", "client_document_begin"}
        }
        | {name: {"pk": client.pk, "document": note.pk} for name in OF_NOTES}
        | {
            "client_agreed": {"pk": client.pk, "item": note.agreed_items.get().pk},
            "client_question": {"pk": client.pk, "question": note.colleague_questions.get().pk},
        }
        | {"matter_new": {"pk": client.pk}, "give_role": {"pk": member.pk}}
        | numbered
        | without
        | {name: {"pk": unit.pk} for name in ("unit", "end_unit", "reopen_unit")}
        | {name: {"wanted": wanted.pk} for name in ("confirm_right", "refuse_right", "withdraw_right")}
        | {name: {"wanted": offered.pk} for name in ("accept_role", "decline_role")}
        | {"attachment": {"pk": file.pk}}
        | {"repair_discard": {"pk": make_faulty_row(batch, municipality).pk}}
        | {"installation_row": {"pk": make_faulty_row(batch, None, position=2).pk}}
        | {"letter_pdf": {"pk": letter.pk}}
        | {name: {"batch": letter.batch} for name in ("letters_made", "letters_batch")}
        | {name: {"pk": time.pk} for name in ("appointment", "appointment_mark")}
        | {"appointment_new": {"pk": client.pk}}
        | {
            name: {"kind": "not_reached", "language": "fi"}
            for name in ("letter_template", "letter_template_preview", "letter_template_back")
        }
        | {name: {"pk": partner.pk} for name in ("partner_edit", "partner_end", "partner_take_back")}
        | {name: {"pk": handover.pk} for name in MATRIX if name.startswith("handover_")}
        | {"oversight_look": {"pk": self_made.pk}}
        | {name: {"pk": rule.pk} for name in MATRIX if name.startswith("routing_rule_") or name == "routing_rule"}
        | {"routing_rule_new": {}}
        | {name: {"public_id": batch.public_id} for name in BATCH_PAGES}
        | {name: {} for name in INSTALLATION_WITHOUT}
        | {"installation_code_new": {"name": "expense_kinds"}, "installation_code_end": {"pk": code.pk}}
        | {name: {"pk": edition.pk} for name in ("edition", "edition_file", "edition_correct")}
        | {
            name: {"name": "open_matters", "key": "all"}
            for name in ("figure_rows", "figure_rows_csv", "ask_about_list")
        }
        | {"figure_csv": {"name": "open_matters"}, "answer_list_question": {"pk": asked.pk}}
    )
