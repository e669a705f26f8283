import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { deployScript, type Job, jobNamed, jobs, scriptSteps, workflows } from "./workflows";

const CREDENTIALS = "aws-actions/configure-aws-credentials@";

describe.each(workflows().map((workflow) => [workflow.name, workflow] as const))("%s", (_, { text, permissions }) => {
  it("knows no secrets", () => {
    expect(text).not.toMatch(/secrets\b|aws-access-key-id|aws-secret-access-key|AWS_SECRET/);
  });

  it("may read the code and nothing else, unless a job says more", () => {
    expect(permissions).toEqual({ contents: "read" });
  });

  it("puts nothing that others can write into a command", () => {
    const commands = [...text.matchAll(/run: (.*)/g)].map(([, command = ""]) => command);

    expect(commands.filter((command) => command.includes("${{"))).toEqual([]);
  });

  it("pins the actions of others to a commit, and says which version that is", () => {
    const actions = [...text.matchAll(/uses: (?!\.\/)(.*)/g)].map(([, action = ""]) => action);

    expect(actions.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
  });
});

describe.each(jobs())("%s", (_, job) => {
  it("gets a role of AWS only with an environment, and no job without AWS gets a token", () => {
    const asksForRole = (job.steps ?? []).filter(({ uses }) => uses?.startsWith(CREDENTIALS));
    const token = job.permissions?.["id-token"] === "write";

    expect(asksForRole.map((step) => step.with)).toEqual(
      asksForRole.map(() => ({ "role-to-assume": "${{ vars.ROLE_ARN }}", "aws-region": "${{ vars.AWS_REGION }}" })),
    );
    expect(token).toBe(asksForRole.length > 0 || job.uses !== undefined);
    if (asksForRole.length > 0)
      expect(job.environment).toMatch(/^(dev-plan|\$\{\{ (inputs|matrix)\.environment \}\}(-plan)?)$/);
  });

  it("runs nothing but steps of the script once it has a role", () => {
    const steps = job.steps ?? [];
    const role = steps.findIndex(({ uses }) => uses?.startsWith(CREDENTIALS));

    const after = role < 0 ? [] : steps.slice(role + 1);

    expect(after.filter(({ run }) => !run?.startsWith("pipelines/deploy.sh "))).toEqual([]);
  });

  it("runs the steps of the script and no commands of its own", () => {
    const commands = (job.steps ?? []).flatMap(({ run }) => run ?? []);

    expect(
      commands.filter((command) => !/^(npm ci|pipelines\/deploy\.sh [a-z]+( ("\$STACK"|orders-dev))?)$/.test(command)),
    ).toEqual([]);
    for (const step of scriptSteps(job)) expect(deployScript()).toContain(`\nstep_${step}() {`);
  });
});

describe("the pipeline", () => {
  const plan = jobNamed("deploy-environment.yml plan");
  const apply: Job = jobNamed("deploy-environment.yml apply");

  it("checks before anything is planned", () => {
    expect(scriptSteps(jobNamed("deploy.yml check"))).toEqual(["check"]);
    expect(jobNamed("deploy.yml preview").needs).toBe("check");
    expect(jobNamed("deploy.yml dev").needs).toBe("check");
  });

  it("deploys one environment after the other, after a push to the main branch only", () => {
    expect(jobNamed("deploy.yml dev").if).toBe("github.event_name == 'push'");
    expect(jobNamed("deploy.yml staging").needs).toBe("dev");
    expect(jobNamed("deploy.yml prod").needs).toBe("staging");
  });

  it("shows the plan of a pull request of this repository, and applies nothing", () => {
    const preview = jobNamed("deploy.yml preview");

    expect(preview.if).toMatch(/pull_request.*head\.repo\.full_name == github\.repository/);
    expect(scriptSteps(preview)).toEqual(["synth", "preview"]);
  });

  it("applies what was sealed in the same run, then looks for drift and asks the API", () => {
    expect(scriptSteps(plan)).toEqual(["synth", "plan", "store"]);
    expect(apply.needs).toBe("plan");
    expect(scriptSteps(apply)).toEqual(["fetch", "apply", "synth", "drift", "smoke"]);
  });

  it("takes the steps that the script takes on one runner", () => {
    const [, body = ""] = /\nstep_deploy\(\) \{\n([\s\S]*?)\n\}/.exec(deployScript()) ?? [];
    const onOneRunner = [...body.matchAll(/step_(\w+)/g)].map(([, step]) => step);
    const between = ["store", "fetch", "synth"];

    const onTwo = ["synth", ...[...scriptSteps(plan), ...scriptSteps(apply)].filter((step) => !between.includes(step))];

    expect(onTwo).toEqual(onOneRunner);
  });

  it("never lets two runs deploy to an environment at once, and cuts none off", () => {
    const groups = ["dev", "staging", "prod"].map((name) => jobNamed(`deploy.yml ${name}`).concurrency);

    expect(groups).toEqual(
      ["dev", "staging", "prod"].map((name) => ({ group: `deploy-${name}`, "cancel-in-progress": false })),
    );
    expect(jobNamed("deploy.yml drift").concurrency).toEqual({
      group: "deploy-${{ matrix.environment }}",
      "cancel-in-progress": false,
    });
  });

  it("looks for drift each night", () => {
    expect(jobNamed("deploy.yml drift").if).toBe("github.event_name == 'schedule'");
    expect(scriptSteps(jobNamed("deploy.yml drift"))).toEqual(["synth", "drift"]);
  });
});

describe("pipelines/deploy.sh", () => {
  const run = (...args: readonly string[]) =>
    spawnSync(resolve(__dirname, "../../pipelines/deploy.sh"), args, {
      encoding: "utf8",
      env: { PATH: process.env.PATH, TF_PLUGIN_CACHE_DIR: "/tmp" },
    });

  it.each<[string, readonly string[], RegExp]>([
    ["there is no such step", ["undo"], /^usage: pipelines\/deploy\.sh check\|synth/],
    ["a stack is missing", ["plan"], /^usage: pipelines\/deploy\.sh plan STACK/],
    ["a stack's name is a path", ["plan", "../orders"], /^usage: pipelines\/deploy\.sh plan STACK/],
    ["ENVIRONMENT is missing", ["synth"], /^ENVIRONMENT must name the environment/],
    ["nothing is synthesized", ["preview", "none"], /^cdktf\.out\/stacks\/none has no cdk\.tf\.json/],
    ["nothing is sealed", ["apply", "none"], /^sealed\/none holds no artifact: run the step plan/],
    ["nothing is sealed that could be stored", ["store", "none"], /^sealed\/none holds no artifact: run the step plan/],
    ["a lock has no id", ["unlock", "orders-dev"], /^usage: pipelines\/deploy\.sh unlock STACK ID/],
    [
      "ARTIFACT is missing",
      ["fetch", "orders-dev"],
      /^ARTIFACT must be what the step store printed for orders-dev, got ""/,
    ],
  ])("fails when %s", (_, args, message) => {
    const { status, stderr } = run(...args);

    expect(stderr).toMatch(message);
    expect(status).toBe(1);
  });

  it("has one function for each step that it documents, and documents each", () => {
    const documented = [...deployScript().matchAll(/^# {3}(\w+)/gm)].map(([, step]) => step);
    const functions = [...deployScript().matchAll(/^step_(\w+)\(\)/gm)].map(([, step]) => step);

    expect(documented).toEqual(functions);
  });
});
