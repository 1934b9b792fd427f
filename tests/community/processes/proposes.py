"""The proposal for everybody who waits in a program, as it is kept."""

from tests.community.processes import answer, begin, wait_for_the_word

asked = begin()

from community.matches.desk.outcome import worked_out  # noqa: E402 - Django comes first
from community.programs.models import Program  # noqa: E402

program = Program.objects.get(pk=asked)
wait_for_the_word()
found = worked_out(program)
answer([found.cards, found.figures, found.stands])
