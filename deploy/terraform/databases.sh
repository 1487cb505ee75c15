#!/usr/bin/env bash
# Makes the two roles and databases in Aurora through the Data API, with the passwords that stand in Secrets Manager. Safe to run again: it then only sets the
# passwords anew. The master is no superuser, see databases.sql.
#
#   deploy/terraform/databases.sh            in the folder where terraform was applied; needs aws and jq
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
known=$("${TERRAFORM:-terraform}" -chdir="$here" output -json database)
from() { jq -er --arg name "$1" '.[$name]' <<< "$known"; }

AWS_REGION=$(from cluster | cut -d: -f4)
export AWS_REGION AWS_DEFAULT_REGION=$AWS_REGION

# One statement, in a file that only we can read: no password is seen in the list of processes.
asked=$(mktemp)
trap 'rm -f "$asked"' EXIT
run() { # database, statement
  jq -n --arg cluster "$(from cluster)" --arg master "$(from master)" --arg database "$1" --arg sql "$2" \
    '{resourceArn: $cluster, secretArn: $master, database: $database, sql: $sql}' > "$asked"
  aws rds-data execute-statement --cli-input-json "file://$asked" --output json
}

for name in booking availability; do
  password=$(aws secretsmanager get-secret-value --secret-id "$(from "$name")" --query SecretString --output text | jq -er .password)
  # It is put into SQL as text, where statements that make a role take no parameters.
  [[ $password =~ ^[A-Za-z0-9]+$ ]] || { echo "the password of $name has characters other than letters and digits" >&2; exit 1; }
  while IFS= read -r -d ';' statement; do
    [[ $statement =~ [^[:space:]] ]] || continue
    statement=${statement//\{name\}/$name}
    case $statement in
      *"CREATE ROLE"*) [ "$(run postgres "SELECT 1 FROM pg_roles WHERE rolname = '$name'" | jq '.records | length')" = 0 ] || continue ;;
      *"CREATE DATABASE"*) [ "$(run postgres "SELECT 1 FROM pg_database WHERE datname = '$name'" | jq '.records | length')" = 0 ] || continue ;;
    esac
    run postgres "${statement//\{password\}/$password}" > /dev/null
  done < <(sed 's/--.*//' "$here/databases.sql")
  echo "$name: role and database are there"
done
