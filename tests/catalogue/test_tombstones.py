"""What is told of a record that is gone."""

from catalogue.pages import tombstones
from publishing.models import Publication
from records import reasons


def test_every_reason_of_the_desk_and_every_ending_has_its_sentence_for_readers():
    endings = {Publication.Action.WITHDRAWN, Publication.Action.MERGED, Publication.Action.ERASED}
    by_a_source = {"source"}

    assert tombstones.REASONS.keys() == reasons.WITHDRAW.keys() | {ending.value for ending in endings} | by_a_source
