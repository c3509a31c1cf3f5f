"""The change feed: whoever follows it ends with exactly the published set."""

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.api.changes import window
from catalogue.index.reader import MOST_CHANGES
from tests.catalogue.library import LOG
from tests.catalogue.published import bare, indexed
from tests.catalogue.test_api import get


def follow(reader, after=0, limit=100):
    """Read the feed as docs/api.md tells a partner to; return what the partner has then."""
    copy, position = {}, after
    while True:
        answer = get(reader, f"changes/?log={LOG}&after={position}&limit={limit}")
        for change in answer["changes"]:
            copy[change["uid"]] = change["record"]
        position = answer["position"]
        if position == answer["head"]:
            return {uid: record for uid, record in copy.items() if record}


def test_a_reader_gets_the_whole_set_and_then_only_what_is_new(reader, library):
    library.put("PRJ", 1)
    library.put("OPP", 2)

    first = get(reader, "changes/")
    library.bury(1)
    then = get(reader, f"changes/?log={first['log']}&after={first['position']}")

    assert [change["uid"] for change in first["changes"]] == ["CMB-PRJ-UG-1", "CMB-OPP-UG-2"]
    assert first["position"] == first["head"] == 2
    assert [(change["action"], change["record"], change["reason"]) for change in then["changes"]] == [
        ("withdrawn", None, "outdated")
    ]


def test_the_record_of_a_change_is_the_public_object(reader, records):
    changes = get(reader, "changes/")["changes"]

    for change in changes:
        assert change["record"] == get(reader, f"records/{change['uid']}/")


def test_who_has_seen_everything_is_told_when_to_ask_again(reader, records):
    response = reader.get("/api/v1/changes/?after=6")
    answer = orjson.loads(response.content)

    assert answer["changes"] == []
    assert answer["position"] == answer["head"] == 6
    assert int(response["Retry-After"]) > 0
    again = reader.get("/api/v1/changes/?after=6", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    assert int(again["Retry-After"]) > 0


def test_another_log_means_start_again(reader, records):
    problem = get(reader, "changes/?log=00000000-0000-4000-8000-000000000002&after=3", status=409)

    assert problem["log"] == LOG
    assert "Start again" in problem["detail"]


@pytest.mark.django_db
def test_a_position_that_the_log_never_gave_out_means_start_again(reader, records):
    assert get(reader, "changes/?after=7", status=409)["log"] == LOG


@pytest.mark.django_db
def test_a_host_that_lags_behind_another_does_not_send_its_readers_back(reader, records):
    from publishing.models import Log

    Log.objects.all().delete()
    Log.objects.create(id=LOG, head=9)

    answer = get(reader, f"changes/?log={LOG}&after=8")

    assert (answer["changes"], answer["position"], answer["head"]) == ([], 8, 8)


STEPS = st.lists(st.tuples(st.sampled_from(["put", "bury"]), st.integers(1, 5)), min_size=1, max_size=12)


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, limit=st.integers(1, 4))
def test_following_with_any_limit_ends_with_the_published_set(
    reader, library, tmp_path_factory, settings, steps, limit
):
    place = tmp_path_factory.mktemp("steps")
    settings.PORTAL_DATA = place
    fresh, expected = type(library)(place), {}
    for step, number in steps:
        uid = fresh.put("PRJ", number) if step == "put" else fresh.bury(number)
        expected[uid] = step == "put"

    copy = follow(reader, limit=limit)

    assert set(copy) == {uid for uid, is_there in expected.items() if is_there}


def test_a_page_of_the_greatest_size_is_not_taken_for_the_last(tmp_path):
    count = MOST_CHANGES + 2
    published = indexed(tmp_path, [bare(number) for number in range(1, count + 1)])

    first = window(published, 0, MOST_CHANGES)
    then = window(published, first["position"], MOST_CHANGES)

    assert (first["position"], first["head"], len(first["changes"])) == (MOST_CHANGES, count, MOST_CHANGES)
    assert (then["position"], len(then["changes"])) == (count, 2)
