import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { preview } from "./lab/preview";
import { ensureDocker } from "./lab/docker-daemon";
import { ProxyNetwork } from "./lab/proxy-network";
import { synthesizedProgram } from "./lab/program";
import { TerraformDirectory } from "./lab/terraform";

// Every template that the project shows, as its program synthesizes it, through Terraform with the real providers and
// through Coder's evaluator of parameters.

const examples = readdirSync(join(__dirname, "../../examples")).map((name) => ({
  program: `examples/${name}/main.ts`,
  stack: name,
}));
const all = [
  { program: "main.ts", stack: "envbuilder-docker" },
  { program: "main.ts", stack: "envbuilder-kubernetes" },
  ...examples,
];
/** What exists only while a workspace runs, and what survives its stops, on either target. */
const RUNNING = ["docker_container", "kubernetes_deployment_v1"];
const SURVIVING = ["docker_volume", "kubernetes_persistent_volume_claim_v1"];

let lab: ProxyNetwork;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  await ensureDocker();
}, 120_000);

function synthesize(program: string, stack: string): Promise<string> {
  return synthesizedProgram(lab, program, stack);
}

test.each(all)("$stack of $program is formatted, valid, and plans a start and a stop", async ({ program, stack }) => {
  const directory = new TerraformDirectory(await synthesize(program, stack));

  await directory.init();
  await directory.fmtCheck();
  await directory.validate();
  const plans = [];
  for (const transition of ["start", "stop"]) {
    plans.push(await directory.plan({ env: { CODER_WORKSPACE_TRANSITION: transition } }));
  }

  const [started = [], stopped = []] = plans.map((plan) =>
    (plan.resource_changes ?? []).filter(({ change }) => change.actions.includes("create")).map(({ type }) => type),
  );
  expect(started.filter((type) => RUNNING.includes(type))).not.toEqual([]);
  if (stack === "envbuilder-without-coder") return;
  expect(stopped.filter((type) => RUNNING.includes(type))).toEqual([]);
  expect(stopped.filter((type) => SURVIVING.includes(type))).not.toEqual([]);
});

test.each(all.filter(({ stack }) => stack !== "envbuilder-without-coder"))(
  "$stack of $program holds no error for Coder's evaluator, which sees all its parameters",
  async ({ program, stack }) => {
    const directory = await synthesize(program, stack);
    const planned = new TerraformDirectory(directory);
    await planned.init();
    const { prior_state: state } = await planned.plan();
    const parameters = (state?.values.root_module.resources ?? []).filter(({ type }) => type === "coder_parameter");

    // The one that is required: without a value it would be reported as missing.
    const seen = await preview(
      directory,
      stack.startsWith("envbuilder-") ? { repo: "https://git.example.com/a.git" } : {},
    );

    expect(seen.diagnostics).toEqual([]);
    expect(seen.parameters.flatMap((parameter) => parameter.diagnostics)).toEqual([]);
    expect(
      seen.parameters
        .map(
          ({ name, options, validations }) => `${name}: ${options.length} options, ${validations.length} validations`,
        )
        .sort(),
    ).toEqual(
      parameters
        .map(
          ({ values }) =>
            `${String(values["name"])}: ${count(values["option"])} options, ${count(values["validation"])} validations`,
        )
        .sort(),
    );
  },
);

test("a template with a list asks for another repository as soon as none of the list is chosen", async () => {
  const directory = await synthesize("examples/docker-behind-a-proxy/main.ts", "docker-behind-a-proxy");

  const chosen = await preview(directory);
  const other = await preview(directory, { repo: "custom" });
  const wrong = await preview(directory, { repo: "custom", custom_repo_url: "ftp://git.example.com/app" });

  expect(chosen.parameters.map(({ name }) => name)).toEqual(["repo"]);
  expect(other.parameters.map(({ name }) => name)).toEqual(["repo", "custom_repo_url"]);
  expect(wrong.parameters.flatMap(({ diagnostics }) => diagnostics.map(({ summary }) => summary))).not.toEqual([]);
  expect(existsSync(join(directory, "README.md"))).toBe(true);
});

/** How many blocks of a kind Terraform has: none is null. */
function count(blocks: unknown): number {
  return Array.isArray(blocks) ? blocks.length : 0;
}
