#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import { ConfigurationError } from "../definition/configuration-error";
import { LOG_FORMATS } from "../local/log/entry";
import { loadServicesEarly } from "./local/load-services-early";
import { parseClaim } from "./token-claim";

// The AWS SDK tells of its own plans at every start on Node.js 20; what supports which version is in package.json.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

/** A plan of last week is about an account of last week. */
const MOST_HOURS = 168;

/** Commands load their code when they run, so that `--help` and `bundle` never pay for the gateway. */
const program = new Command("headgate")
  .description("REST APIs on Amazon API Gateway, declared in TypeScript: bundle, serve on localhost, prove deployments")
  .version(packageVersion())
  .showHelpAfterError("--help lists commands and options; Terraform plans, applies and destroys");

program.commandsGroup("Develop:");

program
  .command("bundle")
  .description("bundle every functions/<verb-noun>/handler.ts into dist/functions/<verb-noun>.zip")
  .option("--report", "print what each bundle consists of, the largest first")
  .action(async (options) => (await import("./bundle-command.js")).bundleCommand(process.cwd(), options));

program
  .command("synth")
  .description("bundle, run the app of cdktf.json, and write cdktf.out/stacks/<stack>/cdk.tf.json")
  .action(async () => (await import("./synth-command.js")).synthCommand(process.cwd()));

program
  .command("local")
  .description("bundle, synthesize and serve the API on localhost")
  .option("-p, --port <number>", "port to listen on (default: PORT, else 3000)", portNumber)
  .option("--host <address>", "address to listen on", "127.0.0.1")
  .addOption(
    new Option("--admin-port <number>", "port of metrics and routes, on 127.0.0.1")
      .argParser(portNumber)
      .default(0, "any free one"),
  )
  .option(
    "--stack <name>",
    'stack to serve, may be repeated (default: "stack" of headgate.local.json, else the only one with an API)',
    collectNames,
  )
  .addOption(
    new Option("--plan <file>", "serve what `terraform show -json` prints of a plan or a state").conflicts([
      "stack",
      "watch",
    ]),
  )
  .option("--stage <name...>", "stages to serve, with spaces or commas between them (default: all)")
  .option("--data <folder>", "keep tables in this folder (default: in memory)")
  .option("--no-throttle", "let all requests pass, whatever throttles and quotas say")
  .addOption(
    new Option("--log <format>", "pretty is for people, json is one object a line, for tools")
      .choices(LOG_FORMATS)
      .default("pretty"),
  )
  .option("--strict", "refuse to start when something cannot be emulated")
  .option("--inspect [function]", "debug a function (default: the only one, or all, each on a port from 9229 on)")
  .option("--watch", "follow changes: saved handlers, stacks and settings are live at once")
  .option("--no-synth", "serve cdktf.out as it is, without bundling and synthesizing")
  .action(async (options) => {
    const services = loadServicesEarly(process.cwd());
    return (await import("./local-command.js")).localCommand(process.cwd(), { ...options, services });
  });

program
  .command("token")
  .description("print a token of a user pool that the local gateway takes")
  .option("--pool <id>", "user pool, as in eu-central-1_users or users (default: the only one)")
  .addOption(
    new Option("--claim <name=value>", "a claim, as in sub=ann; may be repeated")
      .argParser(collectClaim)
      .default({}, "none"),
  )
  .option("--scope <scopes...>", "scopes, which make it an access token (default: an ID token)")
  .option(
    "--stack <name>",
    'stack that is served (default: "stack" of headgate.local.json, else the only one with an API)',
    collectNames,
  )
  .addOption(new Option("--plan <file>", "plan or state of Terraform that is served").conflicts("stack"))
  .action(async (options) => (await import("./token-command.js")).tokenCommand(process.cwd(), options));

program.commandsGroup("Deploy (plan and apply are Terraform's, or pipelines/deploy.sh):");

program
  .command("account <folder>")
  .description("refuse credentials that are missing, or of another account than the stack in the folder is deployed to")
  .addHelpText("after", "\nExample: headgate account cdktf.out/stacks/orders-dev\n")
  .action(async (folder) => (await import("./account-command.js")).accountCommand(process.cwd(), folder));

program
  .command("seal <stack>")
  .description("put a saved plan and all that it needs into one folder with a manifest of hashes; prints the seal")
  .requiredOption("--plan <file>", "what `terraform plan -out` wrote in the folder of the stack")
  .option("--into <folder>", "folder of the artifact (default: sealed/<stack>)")
  .addOption(
    new Option("--valid-hours <number>", `how long the artifact may be applied, at most ${MOST_HOURS}`)
      .argParser(hours)
      .default(24),
  )
  .addHelpText("after", "\nExample: headgate seal orders-dev --plan plan.tfplan\n")
  .action(async (stack, options) => (await import("./seal-command.js")).sealCommand(process.cwd(), stack, options));

program
  .command("verify <folder>")
  .description("refuse an artifact in which a file has changed, is missing or was added, or that has expired")
  .addOption(new Option("--seal <digest>", "what `headgate seal` printed (default: any)").argParser(sealDigest))
  .addHelpText("after", "\nExample: headgate verify sealed/orders-dev --seal <seal>\n")
  .action(async (folder, options) =>
    (await import("./verify-command.js")).verifyCommand(process.cwd(), folder, options),
  );

program.commandsGroup("Look after what is deployed:");

program
  .command("budget")
  .argument("[stack]", "the same as --stack")
  .description(
    "print how many calls of API Gateway's control plane an apply makes, and how long AWS lets them take at least",
  )
  .option("--stack <name>", "stack of cdktf.out, may be repeated (default: all that call API Gateway)", collectNames)
  .option("--json", "print JSON, for tools")
  .addHelpText("after", "\nExample: headgate budget orders-prod\n")
  .action(async (stack, options) =>
    (await import("./budget-command.js")).budgetCommand(process.cwd(), { stack, ...options }),
  );

program
  .command("recover")
  .argument("[stack]", "the same as --stack")
  .description("write import blocks for what an interrupted apply made and wrote into no state")
  .option("--stack <name>", "stack of cdktf.out (default: the only one with an API)")
  .option("--json", "print JSON, for tools")
  .addHelpText("after", "\nEnds with 1 when something is left to decide. Example: headgate recover orders-dev\n")
  .action(async (stack, options) =>
    (await import("./recover-command.js")).recoverCommand(process.cwd(), { stack, ...options }),
  );

program
  .command("drift")
  .argument("[stack]", "the same as --stack")
  .description("compare what is deployed with what a synthesized stack declares; ends with 2 where they differ")
  .option("--stack <name>", "stack of cdktf.out (default: the only one with an API)")
  .option("--state <file>", "what `terraform state pull` prints (default: it is pulled where the stack is initialised)")
  .option("--repair", "upload, publish and move aliases where code differs that Terraform takes for deployed")
  .option("--json", "print JSON, for tools")
  .addHelpText(
    "after",
    "\nEnds with 0 where nothing differs, 2 where something does, 1 where it could not look. Example: headgate drift orders-dev\n",
  )
  .action(async (stack, options) =>
    (await import("./drift-command.js")).driftCommand(process.cwd(), { stack, ...options }),
  );

/** The package finds itself by its name: compiled, this file lies two folders deeper. */
function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(require.resolve("headgate/package.json"), "utf8"));
  return version;
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new InvalidArgumentError("must be 0 to 65535");
  return port;
}

function hours(text: string): number {
  const number = Number(text);
  if (!(number > 0 && number <= MOST_HOURS))
    throw new InvalidArgumentError(`must be more than 0, and at most ${MOST_HOURS}`);
  return number;
}

function sealDigest(text: string): string {
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new InvalidArgumentError("a seal has 64 hexadecimal digits: see what `headgate seal` printed");
  return text;
}

/** Names with commas between them, however often the option stands there. */
function collectNames(text: string, names?: string): string {
  return names === undefined ? text : `${names},${text}`;
}

function collectClaim(text: string, claims: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const claim = parseClaim(text);
  if (claim === undefined) throw new InvalidArgumentError("must be name=value");
  return { ...claims, [claim[0]]: claim[1] };
}

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exitCode = 1;
});
