"""Part of `make check`: the languages that must be complete are."""

from django.core.management import BaseCommand, CommandError

from bch_portal import catalogues


class Command(BaseCommand):
    help = "Compare the catalogues of the complete languages with the texts of the sources."

    def handle(self, **options):
        found = [problem for language in catalogues.COMPLETE for problem in catalogues.problems(language)]
        for problem in found:
            self.stderr.write(problem)
        if found:
            raise CommandError(f"{len(found)} texts are not translated. `make messages` lists them in locale/.")
