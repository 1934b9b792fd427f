import json
import sys
from pathlib import Path
from typing import Any, override

from django.core.management.base import BaseCommand, CommandError, CommandParser

from community.programs.models import Track
from community.safety.screening import corpus, training
from community.safety.screening.evaluation import evaluated
from community.safety.screening.lines import screened
from community.safety.screening.model import WEIGHTS


class Command(BaseCommand):
    help = (
        "Try the screening on sample lines: screen < lines.jsonl, or screen --evaluate FILE.jsonl; --train learns anew."
    )
    requires_system_checks = ()

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--track", choices=Track.values, default=Track.ADDICTION.value)
        parser.add_argument("--evaluate", type=Path, nargs="+", metavar="FILE.jsonl")
        parser.add_argument("--train", action="store_true", help="learn the weights from the training voices")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        if options["train"]:
            self._train()
        elif options["evaluate"]:
            self._evaluate(options["evaluate"], track=options["track"])
        else:
            for answer in screened(sys.stdin, track=options["track"]):
                self.stdout.write(json.dumps(answer))

    def _train(self) -> None:
        rows = corpus.part("train")
        model, told = training.trained(rows)
        training.write(model, WEIGHTS, learned_from=corpus.digest(rows))
        self.stdout.write("\n".join([*told, f"{len(model.weights)} weights in {WEIGHTS.name}"]))

    def _evaluate(self, paths: list[Path], *, track: str) -> None:
        try:
            rows = [row for path in paths for row in corpus.rows(path)]
        except (OSError, ValueError) as wrong:
            raise CommandError(f"Cannot read labeled lines: {wrong}") from wrong
        if not rows or not all(
            isinstance(row, dict) and "text" in row and row.keys() & {"tier", "labels"} for row in rows
        ):
            raise CommandError('Each labeled line needs "text" and "tier" or "labels"; "category" names its row.')
        for line in evaluated(rows, track=track):
            self.stdout.write(line)
