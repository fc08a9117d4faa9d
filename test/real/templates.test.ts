import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { command } from "./lab/command";
import { preview } from "./lab/preview";
import { ensureDocker } from "./lab/docker-daemon";
import { ProxyNetwork } from "./lab/proxy-network";
import { stateFolder } from "./lab/state";
import { TerraformDirectory } from "./lab/terraform";

// Every template that the project shows, as its program synthesizes it, through Terraform with the real providers and
// through Coder's evaluator of parameters.

const root = join(__dirname, "..", "..");
const examples = readdirSync(join(root, "examples")).map((name) => ({
  program: `examples/${name}/main.ts`,
  stack: name,
}));
const all = [{ program: "main.ts", stack: "envbuilder-docker" }, ...examples];

let lab: ProxyNetwork;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  await ensureDocker();
}, 120_000);

async function synthesize(program: string, stack: string): Promise<string> {
  const outdir = stateFolder("cdktf.out");
  const context = { proxyUrl: lab.proxy.url(), noProxy: ["git.internal"], caFile: lab.certificates.proxyCa };
  const env = { ...process.env, CDKTF_OUTDIR: outdir, CDKTF_CONTEXT_JSON: JSON.stringify(context) };
  await command(process.execPath, ["--import", "tsx", join(root, program)], { cwd: root, env });
  return join(outdir, "stacks", stack);
}

test.each(all)("$program is formatted, valid, and plans a start and a stop", async ({ program, stack }) => {
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
  expect(started).toContain("docker_container");
  if (stack === "envbuilder-without-coder") return;
  expect(stopped).not.toContain("docker_container");
  expect(stopped).toContain("docker_volume");
});

test.each(all.filter(({ stack }) => stack !== "envbuilder-without-coder"))(
  "$program holds no error for Coder's evaluator, which sees all its parameters",
  async ({ program, stack }) => {
    const directory = await synthesize(program, stack);
    const planned = new TerraformDirectory(directory);
    await planned.init();
    const { prior_state: state } = await planned.plan();
    const parameters = (state?.values.root_module.resources ?? []).filter(({ type }) => type === "coder_parameter");

    // The one that is required: without a value it would be reported as missing.
    const seen = await preview(
      directory,
      stack === "envbuilder-docker" ? { repo: "https://git.example.com/a.git" } : {},
    );

    expect(seen.diagnostics).toEqual([]);
    expect(seen.parameters.flatMap((parameter) => parameter.diagnostics)).toEqual([]);
    expect(
      seen.parameters.map(({ name, options, validations }) => ({
        name,
        options: options.length,
        validations: validations.length,
      })),
    ).toEqual(
      parameters.map(({ values }) => ({
        name: values["name"],
        options: count(values["option"]),
        validations: count(values["validation"]),
      })),
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
