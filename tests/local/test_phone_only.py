"""Through the running service: staff are asked to call who has no mail address, once, on the day of the warning."""

from datetime import date, time

import pytest

from chalicelib.words.formats import write_weekday
from tests.local.test_deletion_day import AFTER, BEFORE, DAY, NAMES, Person
from tests.local.test_failed_letters import office
from tests.service import SITE, start_service

pytestmark = pytest.mark.engine


def test_who_has_no_mail_address_is_called_before_the_deletion(tmp_path):
    delete_on = date(2027, 11, 21)
    with start_service(tmp_path / "data", site=SITE) as service:
        person = Person(service)
        person.at(date(2026, 11, 21), time(12))
        person.ask(None, email="")
        person.at(delete_on - 31 * DAY, BEFORE)
        assert person.letters("staff_call") == []

        person.at(delete_on - 30 * DAY, AFTER)
        (call,) = person.letters("staff_call")
        first_name, surname, *_ = NAMES
        for said in (person.reference, first_name, surname, "+352 621 000 777", write_weekday(delete_on, "fr")):
            assert said in call["text"]
        assert person.letters("deletion_warning") == []
        assert "by_phone\t" + person.reference + "\tdeletion_warning" in office(service.data_dir, "letters")

        assert office(service.data_dir, "called", person.reference) == "2 letters are done\n"
        assert person.reference not in office(service.data_dir, "letters")
        person.at(delete_on - DAY, BEFORE)
        assert len(person.letters("staff_call")) == 1
