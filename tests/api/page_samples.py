"""One filled view of every page in an invented company. Tests and pictures share them."""

from api.pages.patterns import patterns_page
from api.pages.views import Page
from tests.api.page_samples_access import (
    conflicts,
    conflicts_empty,
    delegations,
    delegations_empty,
    grant,
    grant_held,
    grants,
    grants_of_person,
)
from tests.api.page_samples_audit import audit, audit_empty, audit_verify, checkpoint
from tests.api.page_samples_base import frame
from tests.api.page_samples_board import (
    board,
    board_empty,
    board_opening,
    board_reminded,
    board_reminders,
    home,
    home_first_run,
    problem,
)
from tests.api.page_samples_calendar import calendar, calendar_change
from tests.api.page_samples_cell import cell, cell_counting, cell_empty
from tests.api.page_samples_decide import (
    appraise,
    decide,
    decide_confirm,
    decide_empty,
    decide_outcome,
    decide_paper,
)
from tests.api.page_samples_import import import_changes, import_problems, import_start
from tests.api.page_samples_inbox import contact, inbox, inbox_empty
from tests.api.page_samples_insight import insight, insight_waiting
from tests.api.page_samples_letters import call_list, deliveries, deliveries_empty
from tests.api.page_samples_manners import confirm_act
from tests.api.page_samples_people import (
    administration,
    layer,
    layer_right,
    layer_wrong,
    organisation,
    people,
    people_empty,
    person,
)
from tests.api.page_samples_print import print_ballots, print_count
from tests.api.page_samples_regulation import differences, differences_empty, differences_same
from tests.api.page_samples_review import history, review, review_decided
from tests.api.page_samples_season import body_season, season
from tests.api.page_samples_sign_in import (
    account,
    account_codes,
    account_links,
    account_of,
    account_office,
    account_recovery,
    accounts,
    capacity,
    capacity_none,
    forgot_sent,
    sign_in,
    sign_in_office,
    sign_in_unknown,
)
from tests.api.page_samples_today import look, search, search_nothing, today, today_member
from tests.api.page_samples_together import together
from tests.api.page_samples_work import (
    campaign_opening,
    campaign_plan,
    campaign_plan_refused,
    compare_large,
    compared,
    work,
    work_at_once,
    work_broken_off,
    work_done,
    work_refused,
    works,
    works_empty,
)


def all_pages(language: str) -> dict[str, Page]:
    """Every page and state by name."""
    makers = (
        board,
        board_empty,
        board_opening,
        board_reminders,
        board_reminded,
        cell,
        cell_empty,
        cell_counting,
        review,
        review_decided,
        history,
        import_problems,
        import_changes,
        import_start,
        home,
        home_first_run,
        inbox,
        inbox_empty,
        contact,
        calendar,
        calendar_change,
        conflicts,
        conflicts_empty,
        delegations,
        delegations_empty,
        grant,
        grant_held,
        grants,
        grants_of_person,
        deliveries,
        deliveries_empty,
        call_list,
        differences,
        differences_empty,
        differences_same,
        decide,
        appraise,
        decide_empty,
        decide_confirm,
        decide_outcome,
        decide_paper,
        season,
        body_season,
        today,
        today_member,
        look,
        search,
        search_nothing,
        problem,
        confirm_act,
        insight,
        insight_waiting,
        audit,
        audit_empty,
        audit_verify,
        checkpoint,
        people,
        people_empty,
        person,
        organisation,
        administration,
        layer,
        layer_wrong,
        layer_right,
        print_count,
        print_ballots,
        together,
        work,
        work_at_once,
        work_broken_off,
        work_done,
        work_refused,
        works,
        works_empty,
        campaign_plan,
        campaign_plan_refused,
        campaign_opening,
        compared,
        compare_large,
        sign_in,
        sign_in_office,
        sign_in_unknown,
        forgot_sent,
        capacity,
        capacity_none,
        account,
        account_office,
        account_codes,
        account_recovery,
        accounts,
        account_of,
        account_links,
    )
    pages: dict[str, Page] = {maker.__name__: maker(language) for maker in makers}
    return pages | {"patterns": patterns_page(frame(language, "patterns"))}
