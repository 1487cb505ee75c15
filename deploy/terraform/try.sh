#!/usr/bin/env bash
# Tries all of this against moto, a mock of AWS' API on loopback: plans it whole, applies what moto knows, looks at the values as
# the chart would, changes one thing and sees that nothing else moves, and destroys. checkov reads the plan. No account is needed.
#
#   deploy/terraform/try.sh
#
# Needs terraform (or tofu, named by TERRAFORM), jq, node, moto_server and checkov (PyPI: "moto[server]", checkov), python3 with jsonschema and PyYAML (checkov brings both).
# helm renders the chart where it is installed. PLUGINS names a folder of providers for a machine that cannot fetch them.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
terraform=${TERRAFORM:-terraform}
for program in "$terraform" jq node moto_server checkov python3; do
  command -v "$program" > /dev/null || { echo "skipped: $program is not installed"; exit 77; }
done
python=$(dirname "$(command -v checkov)")/python3
[ -x "$python" ] || python=python3

work=$(mktemp -d)
server=
finish() {
  [ -z "$server" ] || kill "$server" 2> /dev/null || true
  rm -rf "$work"
}
trap finish EXIT

port=${PORT:-34500}
export AWS_ENDPOINT_URL=http://127.0.0.1:$port AWS_ACCESS_KEY_ID=mock AWS_SECRET_ACCESS_KEY=mock AWS_REGION=eu-central-1
export TF_IN_AUTOMATION=1 TF_INPUT=0 TF_CLI_ARGS=-no-color
MOTO_ACM_VALIDATION_WAIT=1 MOTO_IAM_LOAD_MANAGED_POLICIES=true moto_server -H 127.0.0.1 -p "$port" > "$work/moto.log" 2>&1 &
server=$!
for _ in $(seq 60); do curl -sf "$AWS_ENDPOINT_URL/moto-api/" > /dev/null && break; sleep 0.5; done

say() { printf '\n== %s\n' "$*"; }
fail() { echo "FAILED: $*" >&2; exit 1; }
tf() { (cd "$work/$1" && "$terraform" "${@:2}"); }
# Actions of a plan but for what is only read: "create aws_vpc.this", ...
actions() { tf "$1" show -json "$2" | jq -r '.resource_changes[]? | select(.change.actions != ["no-op"] and .change.actions != ["read"]) | "\(.change.actions | join("+")) \(.address)"'; }

copy() { # a folder with the files, and what differs at moto
  mkdir "$work/$1"
  cp -r "$here"/*.tf "$here/policies" "$here/lambda" "$work/$1"
  # A bucket's name would be a host name.
  printf 'provider "aws" {\n  s3_use_path_style = true\n}\n' > "$work/$1/moto_override.tf"
  tf "$1" init ${PLUGINS:+-plugin-dir="$PLUGINS"} > "$work/init.log" 2>&1 || { cat "$work/init.log"; fail "init"; }
}
cat > "$work/vars.json" << VARS
{
  "region": "eu-central-1", "host": "tables.example.com", "deletion_protection": false, "last_snapshot": false,
  "certificate_arn": "arn:aws:acm:eu-central-1:123456789012:certificate/00000000-0000-0000-0000-000000000000",
  "machines": {"till": {"scopes": ["reservations:write", "reservations:read"], "venues": ["chez-nous"]}}
}
VARS

say "format, trigger, files"
"$terraform" fmt -check -recursive "$here" || fail "terraform fmt"
node --test "$here/lambda" > "$work/node.log" 2>&1 || { cat "$work/node.log"; fail "the trigger"; }

say "the whole is planned, each way"
copy whole
tf whole validate
as_shipped='{"deletion_protection": true, "last_snapshot": true}'
for way in "$as_shipped" '{"auto_mode": true, "irsa": true}' \
  '{"certificate_arn": null, "zone_id": "Z0000000000000", "nat_gateway_per_zone": false, "api_cidrs": ["192.0.2.0/24"], "admins": ["arn:aws:iam::123456789012:role/ops"], "database": {"instance_class": "db.r8g.large"}}' \
  '{"issuer": {"auth": {"issuerUrl": "https://id.example.com"}, "oidc": {"audience": ["lasttable"]}}}'; do
  jq -s add "$work/vars.json" - <<< "$way" > "$work/whole/way.auto.tfvars.json"
  tf whole plan -out=plan > "$work/plan.log" 2>&1 || { grep -A15 "^Error" "$work/plan.log"; fail "plan $way"; }
  printf '%s %s\n' "$(sed -n 's/^Plan: //p' "$work/plan.log")" "$way"
  [ "$way" != "$as_shipped" ] || tf whole show -json plan > "$work/plan.json"
done

say "checkov over the plan"
checkov --quiet --compact --skip-download --framework terraform_plan --config-file "$here/checkov.yaml" --file "$work/plan.json" || fail "checkov"

say "applied, with what moto does not know put aside"
copy tried
# moto's MSK clusters are "creating" for ever: another cluster stands in.
jq -s add "$work/vars.json" - > "$work/tried/try.auto.tfvars.json" << 'KAFKA'
{"existing_kafka": {
  "arn": "arn:aws:kafka:eu-central-1:123456789012:cluster/tables/11111111-2222-3333-4444-555555555555-6",
  "bootstrap_servers": "b-1.tables.abc.c2.kafka.eu-central-1.amazonaws.com:9098", "cidrs": ["10.0.8.0/22"]}}
KAFKA
cp "$here/mock/override.tf" "$work/tried/moto_unknown_override.tf"
tf tried apply -auto-approve > "$work/apply.log" 2>&1 || { tail -60 "$work/apply.log"; fail "apply"; }
sed -n 's/^Apply complete! //p' "$work/apply.log"

say "nothing more is to be done"
tf tried plan -out=again > "$work/again.log" 2>&1 || { grep -A15 "^Error" "$work/again.log"; fail "plan"; }
left=$(actions tried again)
[ -z "$left" ] || { cat "$work/again.log"; fail "a second plan would still: $left"; }

say "no password is in the state"
if tf tried state pull | grep -E '"(password|watch-token-key)[\\"]'; then fail "a secret is in the state"; fi

say "the chart takes the values"
tf tried output -raw values > "$work/values.yaml"
"$python" "$here/check-values.py" "$here/../../helm" "$work/values.yaml"
if command -v helm > /dev/null; then
  helm template lasttable "$here/../../helm" --namespace lasttable -f "$here/../../helm/values-eks.yaml" -f "$work/values.yaml" \
    --set images.registry=registry.example.com > "$work/rendered.yaml"
  for text in "$(tf tried output -json database | jq -r .cluster | sed 's/.*://').cluster-" lasttable/watch-token; do
    grep -q "$text" "$work/rendered.yaml" || fail "$text is nowhere in what the chart makes"
  done
  if grep -n '<[a-z-]*>' "$work/rendered.yaml"; then fail "something of the example is not filled in"; fi
fi

if command -v aws > /dev/null; then
  say "the databases' script finds its way"
  cp "$here"/databases.* "$work/tried"
  "$work/tried/databases.sh"
fi

say "a further venue changes the parameter and nothing else"
jq '.machines.till.venues += ["bei-uns"]' "$work/tried/try.auto.tfvars.json" > "$work/changed.json"
mv "$work/changed.json" "$work/tried/try.auto.tfvars.json"
tf tried plan -out=change > /dev/null
[ "$(actions tried change)" = 'update aws_ssm_parameter.machines[0]' ] || fail "more changes than that: $(actions tried change)"
tf tried apply change > /dev/null

say "everything is destroyed"
# moto cannot delete a resource server, which the provider would try for twenty minutes; it goes with its pool.
tf tried state rm 'aws_cognito_resource_server.this[0]' > /dev/null
tf tried destroy -auto-approve > "$work/destroy.log" 2>&1 || { tail -40 "$work/destroy.log"; fail "destroy"; }
sed -n 's/^Destroy complete! //p' "$work/destroy.log"
[ -z "$(tf tried state list)" ] || fail "left behind: $(tf tried state list)"
say "all went well"
