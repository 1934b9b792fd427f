"""Say yes to each of these offers, many at once, each as the mentor who is asked."""

from functools import partial

from tests.community.processes import answer, begin, wait_for_the_word

asked = begin()

from community.matches import services as matches  # noqa: E402 - Django comes first
from community.matches.models import Match  # noqa: E402
from tests.community.at_once import all_at_once  # noqa: E402

offers = list(Match.objects.filter(pk__in=asked).to_show())
verbs = [partial(matches.accept, match=one, by=one.guide) for one in offers]
wait_for_the_word()
answer(all_at_once(verbs))
