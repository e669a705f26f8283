#!/usr/bin/env bash
# The steps of a deployment, for any runner that has Node.js, Terraform, bash, tar and (to store and fetch) the AWS CLI.
# .github/workflows/deploy.yml runs the same steps. What they do and need: docs/deploying.md.
#
#   check              all that must hold before anything is planned
#   synth              Terraform JSON and code of ENVIRONMENT
#   preview STACK      prints a plan; takes no lock and keeps nothing
#   plan STACK         plans, prints the plan, seals it into sealed/STACK and the seal into sealed/STACK.seal
#   store STACK        puts the artifact beside the state; prints where (ARTIFACT)
#   fetch STACK        gets ARTIFACT into sealed/STACK, and its seal out of the name
#   apply STACK        applies what is in sealed/STACK, if it is what was sealed
#   smoke STACK        asks the deployed API
#   drift STACK        compares what is deployed with the configuration: 0 nothing differs, 2 something does
#   unlock STACK ID    after an apply was killed: takes the lock off the state, if it is that one
#   recover STACK      after an apply was killed: writes import blocks for what no state knows
#   deploy STACK       synth, plan, apply, drift and smoke, on one runner
set -euo pipefail
# Plans hold the state, and with it the values of API keys.
umask 077
cd "$(dirname "$0")/.."

# A checkout of Headgate itself has the command in no node_modules.
if [[ -f cli/checkout.cjs ]]; then own_command="node cli/checkout.cjs"; else own_command="npx --no-install headgate"; fi
read -ra headgate <<<"${HEADGATE:-$own_command}"
# A pipeline has the credentials of the role that deploys; see environments.ts.
export ASSUME_DEPLOY_ROLE="${ASSUME_DEPLOY_ROLE:-false}"
export TF_IN_AUTOMATION=1 TF_INPUT=0 TF_CLI_ARGS="-no-color"
# The provider is half a gigabyte, and wanted twice.
export TF_PLUGIN_CACHE_DIR="${TF_PLUGIN_CACHE_DIR:-$PWD/.terraform/providers}"
mkdir -p "$TF_PLUGIN_CACHE_DIR"
lock_timeout="${LOCK_TIMEOUT:-5m}"

fail() {
  echo "$1" >&2
  exit 1
}

# Terraform keeps its own files (providers, choice of backend) apart from what is applied.
data_of() {
  echo "$PWD/.terraform/${1//\//-}"
}

terraform_in() {
  local folder=$1
  shift
  TF_DATA_DIR=$(data_of "$folder") terraform -chdir="$folder" "$@"
}

init_stack() {
  local folder=$1
  [[ -f $folder/cdk.tf.json ]] || fail "$folder has no cdk.tf.json: run the step synth, with ENVIRONMENT"
  "${headgate[@]}" account "$folder" >&2
  if [[ -f .terraform.lock.hcl ]]; then
    cp .terraform.lock.hcl "$folder/"
    terraform_in "$folder" init -reconfigure -lockfile=readonly >&2
  else
    terraform_in "$folder" init -reconfigure >&2
  fi
}

# Prints a plan, and shows it where GitHub shows the summary of a run, which may have one MiB.
summarize() {
  local text summary=${GITHUB_STEP_SUMMARY:-/dev/null}
  text=$(mktemp)
  tee "$text"
  {
    echo '```'
    head -c 900000 "$text"
    echo '```'
  } >>"$summary"
  rm "$text"
}

# A command of headgate that reads the state of a stack, which is initialised.
headgate_in() {
  local stack=$1 command=$2
  TF_DATA_DIR=$(data_of "cdktf.out/stacks/$stack") "${headgate[@]}" "$command" --stack "$stack"
}

step_check() {
  npm run check
  npm test
}

step_synth() {
  [[ -n ${ENVIRONMENT:-} ]] || fail "ENVIRONMENT must name the environment to deploy, as in dev"
  "${headgate[@]}" synth
}

step_preview() {
  local folder=cdktf.out/stacks/$1
  init_stack "$folder"
  terraform_in "$folder" plan -lock=false | summarize
}

step_plan() {
  local folder=cdktf.out/stacks/$1 plan=$PWD/sealed/$1.tfplan seal
  mkdir -p sealed
  rm -rf "sealed/$1" "sealed/$1.seal"
  init_stack "$folder"
  # To be read, beside what is about to change: a change that nobody declared, or one that an earlier apply has failed to make.
  echo "What differs between AWS and the configuration before this plan (before the first deploy: nothing to compare):" >&2
  headgate_in "$1" drift >&2 || true
  terraform_in "$folder" plan -lock-timeout="$lock_timeout" -out="$plan" >/dev/null ||
    fail "$1 is not planned: see above. A lock of an apply that was killed goes by pipelines/deploy.sh unlock $1 <ID>, and then recover $1"
  terraform_in "$folder" show "$plan" | summarize
  seal=$("${headgate[@]}" seal "$1" --plan "$plan" --into "sealed/$1" --valid-hours "${VALID_HOURS:-24}")
  rm "$plan"
  echo "$seal" >"sealed/$1.seal"
  echo "seal $seal"
}

sealed() {
  [[ -f sealed/$1.seal && -f sealed/$1/cdk.tf.json ]] || fail "sealed/$1 holds no artifact: run the step plan or fetch"
}

# The name of an artifact is its seal: who is told the name can verify the bytes.
step_store() {
  local bucket artifact
  sealed "$1"
  bucket=$(node -p 'require("./" + process.argv[1]).terraform.backend.s3.bucket' "sealed/$1/cdk.tf.json")
  artifact=s3://$bucket/sealed/$1/$(<"sealed/$1.seal").tar
  tar -C sealed -cf - "$1" | aws s3 cp --only-show-errors - "$artifact"
  echo "artifact=$artifact" | tee -a "${GITHUB_OUTPUT:-/dev/null}"
}

step_fetch() {
  [[ ${ARTIFACT:-} =~ ^s3://.*/$1/([0-9a-f]{64})\.tar$ ]] || fail "ARTIFACT must be what the step store printed for $1, got \"${ARTIFACT:-}\""
  local seal=${BASH_REMATCH[1]}
  rm -rf "sealed/$1"
  mkdir -p sealed
  aws s3 cp --only-show-errors "$ARTIFACT" - | tar -C sealed -xf -
  echo "$seal" >"sealed/$1.seal"
}

step_apply() {
  local folder=sealed/$1
  sealed "$1"
  "${headgate[@]}" verify "$folder" --seal "$(<"sealed/$1.seal")"
  "${headgate[@]}" account "$folder" >&2
  terraform_in "$folder" init -reconfigure -lockfile=readonly >&2
  terraform_in "$folder" apply -lock-timeout="$lock_timeout" plan ||
    fail "$folder is not applied, or not to its end: see above.
A plan that was applied before, or that another apply has overtaken, is stale: run the step plan.
After an apply that was killed: pipelines/deploy.sh unlock $1 <ID of the lock>, then pipelines/deploy.sh recover $1, then plan and apply."
}

step_smoke() {
  local folder=sealed/$1
  [[ -n ${BASE_URL:-} ]] || BASE_URL=$(terraform_in "$folder" output -raw invoke_url) ||
    fail "$1 has no output invoke_url: add one to the stack, or set BASE_URL"
  export BASE_URL
  npm run test:contract -- -t smoke
}

step_drift() {
  init_stack "cdktf.out/stacks/$1"
  headgate_in "$1" drift
}

step_unlock() {
  [[ -n ${2:-} ]] || fail "usage: pipelines/deploy.sh unlock STACK ID, with the ID of the message about the lock"
  init_stack "cdktf.out/stacks/$1"
  terraform_in "cdktf.out/stacks/$1" force-unlock -force "$2"
  echo "next, before any plan: pipelines/deploy.sh recover $1, which names what the killed apply has made and no state knows"
}

step_recover() {
  init_stack "cdktf.out/stacks/$1"
  headgate_in "$1" recover
}

step_deploy() {
  step_synth
  step_plan "$1"
  step_apply "$1"
  step_drift "$1"
  step_smoke "$1"
}

step=${1:-}
stack=${2:-}
case $step in
  check | synth) "step_$step" ;;
  preview | plan | store | fetch | apply | smoke | drift | unlock | recover | deploy)
    [[ $stack =~ ^[A-Za-z0-9_-]+$ ]] || fail "usage: pipelines/deploy.sh $step STACK, as in orders-dev"
    "step_$step" "$stack" "${@:3}"
    ;;
  *) fail "usage: pipelines/deploy.sh check|synth|preview|plan|store|fetch|apply|smoke|drift|unlock|recover|deploy [STACK]" ;;
esac
