"""OAI-PMH: dates in the words and orders of the world's repositories."""

import pytest

from exchange.oai_dc import days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2014", "2014"),
        ("2014-03", "2014-03"),
        ("2014-03-05T00:00:00.000Z", "2014-03-05"),
        ("2014.", "2014"),
        ("[2014]", "2014"),
        ("2014-00-00", "2014"),
        ("2014-03-00", "2014-03"),
        ("2014-3-5", "2014-03-05"),
        ("2014/03/05", "2014-03-05"),
        ("20140305", "2014-03-05"),
        ("25/03/2014", "2014-03-25"),
        ("12-20-2007", "2007-12-20"),
        ("05.05.2014", "2014-05-05"),
        ("March 2014", "2014-03"),
        ("2014, March", "2014-03"),
        ("March 14, 2014", "2014-03-14"),
        ("14th Sept. 2014", "2014-09-14"),
        ("05-Mar-2014", "2014-03-05"),
        ("5 de marzo de 2014", "2014-03-05"),
        ("1er août 2013", "2013-08-01"),
        ("outubro de 2013", "2013-10"),
        ("14 марта 2014 г.", "2014-03-14"),
        ("март 2014", "2014-03"),
        ("2014 г.", "2014"),
        ("2014年3月5日", "2014-03-05"),
        ("2014年", "2014"),
        ("2014년 3월", "2014-03"),
        ("مارس 2014", "2014-03"),
        ("١٤ آذار ٢٠١٤", "2014-03-14"),
        ("2014م", "2014"),
    ],
)
def test_what_can_mean_one_day_only_is_that_day(text, day):
    assert days.day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "05/03/2014",  # in May or in March
        "2014-2015",
        "2011/12",
        "1998-9",
        "2014?",
        "ca. 2014",
        "c2014",  # of the rights
        "©2014",
        "[2014?]",
        "[between 2010 and 2014]",
        "2014-03-05/2014-04-01",
        "2014, 2015",
        "1 2014",
        "12 March 14",
        "March",
        "Spring 2014",
        "March or April 2014",
        "No. 3, March 2014",
        "0000",
        "9999",
        "0000-00-00",
        "2014-02-30",
        "31.02.2013",
        "13/13/2014",
        "2014-13",
        "平成26年",  # of a reign
        "1435 هـ",  # other calendars
        "1393",
        "2557",
        "n.d.",
        "",
    ],
)
def test_what_may_mean_two_days_or_none_stays_text(text):
    assert days.day(text) is None


def test_a_time_of_day_is_of_a_system():
    assert days.day("2014-03-05 10:11:12") is None
    assert days.day_of_moment("2014-03-05 10:11:12") == "2014-03-05"
    assert days.day_of_moment("2014-03-05") is None
