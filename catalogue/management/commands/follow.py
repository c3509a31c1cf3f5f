"""`manage.py follow`: keeps this host's index equal to the log."""

import signal
import time

from django.core.management.base import BaseCommand, CommandError

from catalogue.index.follower import Follower
from catalogue.index.shelf import Shelf


class Command(BaseCommand):
    help = "Follows the log and keeps the index of this host equal to it. One follower a host."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Catch up with the log, then end.")

    def handle(self, *, once, **options):
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        shelf = Shelf()
        try:
            while not self.follow(shelf, once):
                self.stderr.write("Another follower keeps this index. Waiting for it to end.")
                time.sleep(2)
        except KeyboardInterrupt:
            self.stdout.write("The follower ends: the last commit is whole.")

    def follow(self, shelf, once):
        """Follow, if no other process does; return whether it was so."""
        with shelf.alone() as alone:
            follower = Follower(shelf)
            if alone and once:
                self.stdout.write(f"The index is at position {follower.catch_up()}.")
                follower.close()
            elif alone:
                follower.run()
            elif once:
                raise CommandError("Another follower keeps this index.")
        return alone
