"""What somebody has at the desk stays theirs while they are at its page, and not because a page was left open."""

from tests.browser.fixtures import Visit
from tests.browser.screens import sheet_of_ana
from tests.browser.site import Site, until


def test_a_page_that_nobody_touches_gives_a_sign_of_life_for_ten_minutes_and_no_longer(
    site: Site, visit: Visit
) -> None:
    page = visit().page()
    page.clock.install()
    site.sign_in(page, "dana")
    sheet_of_ana("/desk/queue/{case}/")(page, site)
    signs: list[str] = []
    page.on("request", lambda one: signs.append(one.url) if one.url.endswith("/stay/") else None)
    page.clock.run_for("10:00")  # as long as a call may take
    until(lambda: page.evaluate("1") and len(signs) >= 9, lambda: f"{len(signs)} signs")
    before = len(signs)
    page.clock.run_for("30:00")
    assert len(signs) - before <= 1
    before = len(signs)
    page.mouse.move(200, 200)
    page.mouse.move(240, 240)
    page.clock.run_for("05:00")
    until(lambda: page.evaluate("1") and len(signs) - before == 5, lambda: f"{len(signs) - before} signs")
