"""`rapporteur search`: build the index, keep it up to the change log, say how it is."""

import sys
import time

from django.core.management.base import BaseCommand

from rapporteur.search import actions, index, queries
from rapporteur.search.saved import command as saved_command

BUSY = "Another process is writing the search index. Try again in a moment."


class Command(BaseCommand):
    help = "Build the search index, keep it up to date, say how it is."

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        verbs.add_parser("rebuild", help="make the index anew, then put it in use in one step")
        follow = verbs.add_parser(
            "follow", help="apply what the change log holds; builds the index where there is none"
        )
        follow.add_argument("--watch", action="store_true", help="go on until stopped")
        follow.add_argument(
            "--every", type=float, default=1.0, metavar="SECONDS", help="pause between two passes"
        )
        digests = verbs.add_parser("digests", help="mail what is new in saved searches")
        digests.add_argument(
            "--dry-run", action="store_true", help="say what would be sent, send nothing"
        )
        verbs.add_parser("status", help="say what the index holds and what waits in the log")

    def handle(self, *args, verb, **options):
        try:
            getattr(self, verb)(**options)
        except index.Busy:
            self.stderr.write(BUSY)
            sys.exit(1)

    def rebuild(self, **options):
        self.tell(actions.rebuild(), options)

    def follow(self, watch=False, every=1.0, **options):
        self.tell(actions.follow(), options)
        while watch:
            time.sleep(every)
            try:
                done = actions.follow()
            except index.Busy:
                continue
            if done.keys:
                self.tell(done, options)

    def digests(self, dry_run=False, **options):
        saved_command.tell(self, dry_run=dry_run)

    def status(self, **options):
        state = queries.index_state()
        if not state.folder:
            self.stdout.write("No index on this host. Build it: rapporteur search rebuild")
            sys.exit(1)
        self.stdout.write(f"Index: {state.folder}")
        self.stdout.write(f"Entries: {state.entries}")
        self.stdout.write(f"Waiting changes: {state.waiting}")
        if state.waiting_since:
            self.stdout.write(f"Waiting since: {state.waiting_since.isoformat()}")

    def tell(self, done, options):
        if options.get("verbosity", 1):
            how = "Built anew" if done.rebuilt else "Brought up to date"
            self.stdout.write(f"{how}: {done.entries} entries of {done.keys} records.")
