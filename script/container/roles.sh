#!/usr/bin/env bash
# Run once by the postgres image on an empty data folder: the owner's and the application's role.
# The owner migrates; the application gets its rights from `manage.py grant_rights` afterwards.
set -euo pipefail

psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres \
  -v owner_password="$TONGBAN_OWNER_PASSWORD" -v app_password="$TONGBAN_APP_PASSWORD" <<'SQL'
CREATE ROLE tongban_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE tongban_app LOGIN PASSWORD :'app_password';
CREATE DATABASE tongban OWNER tongban_owner;
SQL
