"""`make messages`: gathers the translatable texts into locale/."""

from django.core.management import BaseCommand

from bch_portal import catalogues


class Command(BaseCommand):
    help = "Bring the message catalogues up to date with the sources, and compile them."

    def add_arguments(self, parser):
        parser.add_argument("--compile-only", action="store_true", help="Only compile what is there.")

    def handle(self, *, compile_only, **options):
        if not compile_only:
            catalogues.merge()
        catalogues.compile_changed()
        for language, path in catalogues.files():
            messages = [message for message in catalogues.read(language, path) if message.id]
            missing = sum(1 for _ in catalogues.problems(language))
            self.stdout.write(f"{language}: {len(messages)} texts, {missing} to do ({path})")
