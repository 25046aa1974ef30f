"""Generated bodies: whatever is posted, a page in the right language comes back, and never a 500 or 503."""

import random
from urllib.parse import quote_from_bytes, urlencode

import pytest

from chalicelib.domain.language import LANGUAGES
from chalicelib.programme import eligibility
from tests.examples import FORM as FIELDS
from tests.service import start_service
from tests.web.test_own_page import ask as ask_for_page

pytestmark = pytest.mark.engine

QUESTIONS = eligibility.load().questions
ALLOWED = {303, 400, 413, 415, 422, 429}
TYPES = ["application/x-www-form-urlencoded"] * 9 + ["multipart/form-data", "text/plain", "application/json", ""]
SNIPPETS = [
    *(
        "",
        " ",
        "\x00",
        "\r\nBcc: other@example.org",
        "<script>alert(1)</script>",
        "{{7*7}}",
        "${title}",
        "%s",
        "' OR 1",
    ),
    *(
        "😀",
        "ﷺ",
        "🇱🇺",
        "\u202eabc",
        "\ufeff",
        "a" * 5000,
        "9" * 400,
        "-1",
        "1e9",
        "NaN",
        "null",
        "yes",
        "２０２６",
        "../..",
    ),
    *("Exempla", "exempla@example.org", "@", "a@b", '"a b"@example.org', "x@[127.0.0.1]", "+352 621 000 000", "112"),
    *("0" * 13, "1990093012358", "mon-am", "fr", "12", "10", "2026", "99", "0"),
]


def body(chance):
    """A form with some fields replaced, repeated, missing or unknown, or bytes that are no form."""
    kind = chance.random()
    if kind < 0.1:
        return chance.randbytes(chance.randint(0, 300))
    if kind < 0.15:
        return b"&".join(b"f%d=%d" % (number, number) for number in range(chance.randint(90, 3000)))
    if kind < 0.2:
        return b"message=" + b"x" * chance.choice([32_000, 32_760, 40_000, 200_000])
    fields = [(name, value) for name, value in FIELDS.items() if chance.random() > 0.1]
    for _ in range(chance.randint(0, 5)):
        name = chance.choice([*FIELDS, "attended_on-unsure", "unknown", "", "attended_on", "first_name[]", "__class__"])
        fields.append((name, chance.choice(SNIPPETS)))
    chance.shuffle(fields)
    encoded = urlencode(fields, doseq=True).encode()
    return encoded + b"&x=" + quote_from_bytes(chance.randbytes(4)).encode() if chance.random() < 0.1 else encoded


def guess(chance):
    """Answers for the checker: some of them ours, some strange, repeated or unknown, or bytes that are no form."""
    if chance.random() < 0.1:
        return chance.randbytes(chance.randint(0, 300))
    names = [*QUESTIONS, "unknown", "", "answer", "__class__", "rules"]
    values = ["yes", "adult", "unknown", "constructor", "__proto__", *SNIPPETS]
    return urlencode([(chance.choice(names), chance.choice(values)) for _ in range(chance.randint(0, 12))]).encode()


def check(service, seed):
    chance = random.Random(seed)
    language = chance.choice(list(LANGUAGES))
    headers = {"Content-Type": chance.choice(TYPES)}
    answer = service.post(f"/api/{language}/eligibility", guess(chance), headers=headers, allow_redirects=False)
    assert answer.status_code in {200, 400, 415}, f"seed {seed}: {answer.status_code}"
    assert f'<html lang="{language}"' in answer.text, f"seed {seed}"
    assert "<script>" not in answer.text, f"seed {seed}"
    return answer.status_code


def sign_up(service, seed):
    chance = random.Random(seed)
    language, kind = chance.choice(list(LANGUAGES)), chance.choice(["information", "citizenship", "", "x", "\x00", "é"])
    headers = {"Content-Type": chance.choice([TYPES[0]] * 9 + TYPES)}
    path = f"/api/{language}/sign-ups?kind={quote_from_bytes(kind.encode())}"
    answer = service.post(path, seat(chance), headers=headers, allow_redirects=False)
    assert answer.status_code in ALLOWED | {409}, f"seed {seed}: {answer.status_code}"
    if answer.status_code != 303:
        assert f'<html lang="{language}"' in answer.text, f"seed {seed}"
        assert "<script" not in answer.text, f"seed {seed}"
    return answer.status_code


def seat(chance):
    """A sign-up with strange answers, sessions and needs, or bytes that are no form."""
    if chance.random() < 0.1:
        return body(chance)
    fields = {name: FIELDS[name] for name in ("first_name", "surname", "phone", "email")}
    ours = chance.choice(["example-1", "example-2", "example-3"])
    names = [*fields, "needs", "session", "trap", "unknown", "", "session[]"]
    fields["session"] = chance.choice([ours, ours, "example-9", "SESSION", "a#b", chance.choice(SNIPPETS)])
    return urlencode(
        [*fields.items(), *((chance.choice(names), chance.choice(SNIPPETS)) for _ in range(chance.choice([0, 0, 2])))]
    ).encode()


def ask(service, seed):
    chance = random.Random(seed)
    language = chance.choice(list(LANGUAGES))
    headers = {"Content-Type": chance.choice(TYPES)}
    answer = service.post(f"/api/{language}/appointments", body(chance), headers=headers, allow_redirects=False)
    assert answer.status_code in ALLOWED, f"seed {seed}: {answer.status_code}"
    if answer.status_code != 303:
        assert f'<html lang="{language}"' in answer.text, f"seed {seed}"
        assert "<script" not in answer.text, f"seed {seed}"
    return answer.status_code


@pytest.mark.parametrize("bodies", [300, pytest.param(20_000, marks=[pytest.mark.full, pytest.mark.timeout(1800)])])
def test_no_body_gives_a_500(tmp_path, bodies):
    with start_service(tmp_path / "data") as service:
        answers = [ask(service, seed) for seed in range(bodies)]

        assert set(answers) >= {303, 400, 413, 415, 422}
        assert all(letter["to"].isprintable() for letter in service.inbox())


@pytest.mark.parametrize("bodies", [200, pytest.param(5_000, marks=[pytest.mark.full, pytest.mark.timeout(1800)])])
def test_the_checker_answers_whatever_it_is_told(service, bodies):
    assert {check(service, seed) for seed in range(bodies)} == {200, 400, 415}


@pytest.mark.parametrize("bodies", [200, pytest.param(10_000, marks=[pytest.mark.full, pytest.mark.timeout(1800)])])
def test_no_sign_up_gives_a_500(tmp_path, bodies):
    with start_service(tmp_path / "data") as service:
        assert {sign_up(service, seed) for seed in range(bodies)} >= {303, 400, 409, 415, 422}


def test_no_question_for_dates_gives_a_500(service):
    for kind in ("information", "citizenship", *SNIPPETS):
        for accept in ("application/json", "text/html", "", "text/*;q=x", "application/json;q=0"):
            answer = service.get("/api/fr/sessions", params={"kind": kind}, headers={"Accept": accept})
            assert answer.status_code == (200 if kind in ("information", "citizenship") else 404), (kind, accept)


def own_page(service, seed, path):
    """A post to somebody's own page with strange acts, forms and sessions, or to a token that is none of ours."""
    chance = random.Random(seed)
    language = chance.choice(list(LANGUAGES))
    acts = ["cancel", "confirm", "discard", "move", "", "Erase", "__class__", chance.choice(SNIPPETS)]
    names = ["form", "session", "about", "to", "act", "unknown", ""]
    fields = [("act", chance.choice(acts)), *((chance.choice(names), chance.choice(SNIPPETS)) for _ in range(3))]
    tokens = [path.rpartition("/")[2]] * 3 + ["forged", "a.b.c", "%00", f"{'a' * 32}.1795258800.{'0' * 32}"]
    address = f"/api/{language}/my/{chance.choice(tokens)}"
    answer = service.post(address, urlencode(fields).encode(), headers={"Content-Type": chance.choice(TYPES)})
    assert answer.status_code in {200, 400, 404, 409, 415, 422}, f"seed {seed}: {answer.status_code}"
    assert f'<html lang="{language}"' in answer.text and "<script>alert" not in answer.text, f"seed {seed}"
    for part in ("counter", "data.json", "calendar/example-1", "calendar/%00", "calendar/..%2f"):
        assert service.get(f"{address}/{part}").status_code in {200, 404}, f"seed {seed}: {part}"
    return answer.status_code


@pytest.mark.parametrize("posts", [60, pytest.param(2_000, marks=[pytest.mark.full, pytest.mark.timeout(1800)])])
def test_no_post_to_an_own_page_gives_a_500_or_ends_anything(service, posts):
    path, _ = ask_for_page(service, "en", first_name="Fortis", email="fortis@example.org")

    assert {own_page(service, seed, path) for seed in range(posts)} >= {200, 404, 415}
    assert service.get(path).status_code == 200


@pytest.mark.parametrize("email", SNIPPETS)
def test_no_address_gives_a_500(service, email):
    answer = service.post("/api/de/link", {"email": email}, headers={"Sec-Fetch-Site": "same-origin"})

    assert answer.status_code in {200, 422, 429}
    assert '<html lang="de"' in answer.text
