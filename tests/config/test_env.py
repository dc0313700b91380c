"""What an operator is told when the environment is wrong: one line that names all of it (BAD-89)."""

import pytest

from config.env import Environment

GOOD = "0123456789abcdef0123456789abcdef"


def told(**source: str) -> str:
    """The line with which the start ends."""
    env = Environment(source)
    env.secret("SECRET")
    env.address("DATABASE_URL", "sqlite:///x", "sqlite", "postgresql")
    env.flag("DEBUG")
    with pytest.raises(SystemExit) as end:
        env.check()
    return str(end.value)


def test_bad_89_everything_that_is_wrong_is_told_in_one_line():
    line = told(DATABASE_URL="mysql://root:hunter2@db/x", DEBUG="maybe")
    assert "\n" not in line
    for name in ("SECRET is not set", "DATABASE_URL", "DEBUG"):
        assert name in line
    assert "hunter2" not in line


@pytest.mark.parametrize("weak", ["short", "a" * 40, "ab" * 20])
def test_bad_89_a_weak_secret_ends_the_start(weak):
    assert "SECRET" in told(SECRET=weak)


@pytest.mark.parametrize("odd", ["foo", "://", "mysql://x/y", "sqlite"])
def test_bad_89_an_address_of_no_known_kind_ends_the_start(odd):
    assert "DATABASE_URL" in told(SECRET=GOOD, DATABASE_URL=odd)


def test_a_good_environment_starts():
    env = Environment({"SECRET": GOOD, "DATABASE_URL": "postgresql://u:p@h/x"})
    assert env.secret("SECRET") == GOOD
    assert env.address("DATABASE_URL", "", "postgresql") == "postgresql://u:p@h/x"
    env.check()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("none://", {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}),
        ("smtp://mail.example.org", {"PORT": 25, "USE_TLS": False, "USE_SSL": False}),
        (
            "smtp://u%40x:p%2Fw@mail.example.org:587",
            {"HOST_USER": "u@x", "HOST_PASSWORD": "p/w", "USE_TLS": True},
        ),
        ("smtps://mail.example.org", {"PORT": 465, "USE_TLS": False, "USE_SSL": True}),
    ],
)
def test_where_e_mail_goes_is_one_address(url, expected):
    env = Environment({"MAIL": url})
    read = env.email("MAIL", "none://")
    assert expected.items() <= read.items()
    assert env.faults == []


@pytest.mark.parametrize("url", ["smtp://:secret@", "smtp://h:99999", "imap://h", "secret"])
def test_an_address_of_e_mail_that_cannot_be_is_named_without_its_password(url):
    env = Environment({"MAIL": url})
    env.email("MAIL", "none://")
    assert env.faults
    assert "secret" not in str(env.faults)
