"""`manage.py doctor`: proves, one by one, what the portal needs; ends with an error when something is missing."""

from django.core.management import BaseCommand, CommandError

from bch_portal import doctor


class Command(BaseCommand):
    help = "Prove database, log, index, mail, queue, backup tools and fonts."

    def handle(self, **options):
        findings = list(doctor.examine())
        for finding in findings:
            self.stdout.write(f"{finding.state:8} {finding.about}: {finding.says}")
        ill = [finding.about for finding in findings if finding.state == doctor.ILL]
        if ill:
            raise CommandError(f"Not well: {', '.join(ill)}")
