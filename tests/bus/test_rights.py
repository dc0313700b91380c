"""INV-18: the application's own role cannot change or remove what is append-only."""

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

pytestmark = pytest.mark.postgres

PARTITIONED = ["people_auditrecord", "ecert_certificateuse", "workflows_caseevent"]
APPEND_ONLY = [*PARTITIONED, "services_versionact"]


@pytest.fixture
def application(application_database_url):
    with psycopg.connect(application_database_url, autocommit=True) as link:
        yield link


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET id = id",
        "DELETE FROM {}",
        "TRUNCATE {}",
        "DROP TABLE {}",
        "ALTER TABLE {} ADD x int",
    ],
)
def test_inv_18_an_append_only_table_refuses_everything_but_reading_and_adding(
    application, table, statement
):
    column = "case_id" if table == "workflows_caseevent" else "id"
    with pytest.raises(InsufficientPrivilege):
        application.execute(statement.replace("id", column).format(table))
    application.execute(f"SELECT * FROM {table} LIMIT 1")


@pytest.mark.parametrize("table", PARTITIONED)
def test_inv_18_a_partition_is_no_way_around(application, table):
    with pytest.raises(InsufficientPrivilege):
        application.execute(f"DELETE FROM {table}_default")
    with pytest.raises(InsufficientPrivilege):
        application.execute(f"SELECT * FROM {table}_default")


def test_the_application_works_with_the_tables_of_the_bus(application):
    application.execute("UPDATE bus_outboxletter SET cause = '' WHERE false")
    application.execute("DELETE FROM bus_inboxletter WHERE false")
    application.execute("SELECT pg_notify('tongban_letters', '')")


def test_the_application_makes_no_tables(application):
    with pytest.raises(InsufficientPrivilege):
        application.execute("CREATE TABLE mine (id int)")
