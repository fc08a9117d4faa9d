import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";

import { ExitCode } from "../../cli/exit-code";
import { readTemplate } from "../../cli/template/template-directory";
import { TEMPLATE_RULES } from "../../constructs/coder/rules";
import type { CoderTemplate } from "../../constructs/coder/template";
import { maximalKubernetesTemplate } from "../maximal-kubernetes-template";
import { maximalTemplate } from "../maximal-template";
import { scratchFolder } from "../scratch";
import { treeOf } from "../util";
import { cli } from "./terminal";

let count = 0;

function directory(files: Readonly<Record<string, string>>): string {
  const folder = join(scratchFolder(), `template-${count++}`);
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

interface Finding {
  readonly id: string;
  readonly level: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly message: string;
}

interface Checked {
  readonly directory: string;
  readonly errors: number;
  readonly findings: readonly Finding[];
}

async function findings(files: Readonly<Record<string, string>>): Promise<readonly Finding[]> {
  const { out } = await cli(["check", directory(files), "--json"]);
  const [checked]: readonly Checked[] = JSON.parse(out);
  return checked?.findings ?? [];
}

/** For each rule, Terraform as somebody writes it by hand that breaks it. */
const BROKEN: Readonly<Record<string, string>> = {
  "backend-in-template": 'terraform {\n  backend "s3" {\n    bucket = "b"\n  }\n}',
  "unknown-top-level-block": "removed {\n  from = docker_container.c\n}",
  "remote-state": 'data "terraform_remote_state" "n" {\n  backend = "local"\n  config  = { path = "/x" }\n}',
  "counted-reference":
    'resource "docker_container" "c" {\n  count = 1\n}\nresource "docker_container" "d" {\n  env = ["A=${docker_container.c.id}"]\n}',
  "variable-type": 'variable "v" {\n  description = "without a type"\n}',
  "variable-default-null": 'variable "v" {\n  type    = string\n  default = null\n}',
  "data-source-named-me": 'data "coder_workspace" "this" {}',
  "coder-data-source-meta-arguments": 'data "coder_workspace" "me" {\n  depends_on = [docker_container.c]\n}',
  "parameter-name-unique":
    'data "coder_parameter" "a" {\n  name = "p"\n}\ndata "coder_parameter" "b" {\n  name = "p"\n}',
  "parameter-form-type":
    'data "coder_parameter" "p" {\n  name      = "p"\n  type      = "bool"\n  form_type = "slider"\n}',
  "parameter-options":
    'data "coder_parameter" "p" {\n  name = "p"\n  option {\n    name  = "a"\n    value = "1"\n  }\n  option {\n    name  = "a"\n    value = "2"\n  }\n}',
  "parameter-mutability": 'data "coder_parameter" "p" {\n  name      = "p"\n  ephemeral = true\n}',
  "parameter-validation":
    'data "coder_parameter" "p" {\n  name = "p"\n  type = "bool"\n  default = "true"\n  validation {\n    regex = "^a\\\\.b$"\n    error = "no"\n  }\n}',
  "preset-parameters": 'data "coder_workspace_preset" "x" {\n  name = "x"\n  parameters = {\n    size = "2"\n  }\n}',
  "preset-default":
    'data "coder_workspace_preset" "x" {\n  name = "x"\n  default = true\n}\ndata "coder_workspace_preset" "y" {\n  name = "y"\n  default = true\n}',
  "agent-name":
    'resource "coder_agent" "my_agent" {}\nresource "docker_container" "c" {\n  env = [coder_agent.my_agent.token]\n}',
  "agent-without-resource": 'resource "coder_agent" "main" {}',
  "agent-on-cached-image":
    'resource "coder_agent" "main" {}\nresource "envbuilder_cached_image" "c" {\n  extra_env = {\n    T = coder_agent.main.token\n  }\n}',
  "agent-nearest-resource":
    'locals {\n  env = ["T=${coder_agent.main.token}"]\n}\nresource "coder_agent" "main" {}\nresource "docker_volume" "home" {\n  labels {\n    value = coder_agent.main.id\n  }\n}\nresource "docker_container" "c" {\n  env = local.env\n}',
  "agent-token-in-persistent-resource":
    'resource "coder_agent" "main" {}\nresource "docker_container" "c" {\n  env = ["T=${coder_agent.main.token}"]\n  lifecycle {\n    ignore_changes = all\n  }\n}',
  "agent-env-expansion": 'resource "coder_agent" "main" {\n  env = {\n    PASSWORD = "p$ss"\n  }\n}',
  "app-slug": 'resource "coder_app" "a" {\n  agent_id = coder_agent.main.id\n  slug     = "My App"\n}',
  "app-agent-reference":
    'locals {\n  agent = coder_agent.main.id\n}\nresource "coder_app" "a" {\n  agent_id = local.agent\n  slug     = "a"\n}',
  "metadata-target": 'resource "coder_metadata" "m" {\n  resource_id = "x"\n}',
  "persistent-resource": 'resource "docker_volume" "home" {\n  name = "home"\n}',
};

describe("check", () => {
  test.each(TEMPLATE_RULES)("finds what breaks $id in Terraform written by hand", async ({ id, level }) => {
    const found = await findings({ "main.tf": `${BROKEN[id] ?? ""}\n` });

    expect(found.filter((one) => one.id === id).map((one) => one.level)).toContain(level);
  });

  test("says where", async () => {
    const found = await findings({
      "a.tf": "# nothing\n",
      "b.tf": `locals {\n  a = 1\n}\n\n${BROKEN["variable-type"]}\n`,
    });

    expect(found).toMatchObject([{ id: "variable-type", level: "error", file: "b.tf", line: 5 }]);
  });

  test.each([
    ["Docker", maximalTemplate],
    ["Kubernetes", maximalKubernetesTemplate],
  ])("reads of a synthesized template for %s what was synthesized", async (_, make: (app: App) => CoderTemplate) => {
    const app = new App({ outdir: join(scratchFolder(), `out-${count++}`) });
    const template = make(app);
    app.synth();

    const { tree, faults } = await readTemplate(join(app.outdir, "stacks", template.node.id));

    const wanted = treeOf(template);
    expect(faults).toEqual([]);
    expect(Object.keys(tree.resource ?? {}).sort()).toEqual(Object.keys(wanted.resource ?? {}).sort());
    expect(Object.keys(tree.data ?? {}).sort()).toEqual(Object.keys(wanted.data ?? {}).sort());
    expect(Object.keys(tree.variable ?? {}).sort()).toEqual(Object.keys(wanted.variable ?? {}).sort());
    for (const rule of TEMPLATE_RULES) {
      const addresses = (of: typeof tree) => rule.check(of).map(({ address }) => address);
      expect([rule.id, addresses(tree)]).toEqual([rule.id, addresses(wanted)]);
    }
  });

  test("puts several files, and those that override, together", async () => {
    const found = await findings({
      "main.tf": `${BROKEN["persistent-resource"]}\nvariable "v" {}\n`,
      "other.tf": "locals {\n  a = 1\n}\nlocals {\n  b = 2\n}\n",
      "v_override.tf": 'variable "v" {\n  type = string\n}\n',
      "override.tf.json": JSON.stringify({
        resource: {
          docker_volume: { home: { name: "${data.coder_workspace.me.id}", lifecycle: { ignore_changes: "all" } } },
        },
      }),
    });

    expect(found).toEqual([]);
  });

  test("reads Terraform in JSON", async () => {
    const found = await findings({ "main.tf.json": JSON.stringify({ variable: { v: [{ default: "a" }] } }) });

    expect(found).toMatchObject([{ id: "variable-type", file: "main.tf.json", line: null }]);
  });

  test("shows errors in a text, and ends with their status", async () => {
    const { status, out } = await cli(["check", directory({ "main.tf": `${BROKEN["variable-type"]}\n` })]);

    expect(status).toBe(ExitCode.BAD);
    expect(out).toMatch(
      /^main\.tf:1: error: var\.v: type must be set, got none.* \[variable-type\]\n1 error, 0 warnings\n$/,
    );
  });

  test("ends well where there are warnings only", async () => {
    const { status, out } = await cli(["check", directory({ "main.tf": `${BROKEN["persistent-resource"]}\n` })]);

    expect(status).toBe(ExitCode.GOOD);
    expect(out).toContain("0 errors, 2 warnings");
  });

  test("takes several directories, tells them apart, and ends with the worst status of them", async () => {
    const good = directory({ "main.tf": "locals {\n  a = 1\n}\n" });
    const bad = directory({ "main.tf": `${BROKEN["variable-type"]}\n` });

    const both = await cli(["check", good, bad, good]);
    const json = await cli(["check", bad, good, "--json"]);
    const well = await cli(["check", good, good]);

    const found = `${TEMPLATE_RULES.length} rules, nothing found\n`;
    const [start = "", end] = both.out.split(/main\.tf:1: error: .* \[variable-type\]\n/);
    expect([both, json, well].map(({ status }) => status)).toEqual([ExitCode.BAD, ExitCode.BAD, ExitCode.GOOD]);
    expect(start).toBe(`${good}\n${found}\n${bad}\n`);
    expect(end).toBe(`1 error, 0 warnings\n\n${good}\n${found}`);
    expect(JSON.parse(json.out)).toMatchObject([
      { directory: bad, errors: 1, findings: [{ id: "variable-type" }] },
      { directory: good, errors: 0, findings: [] },
    ]);
  });

  test("checks none where one of several cannot be read", async () => {
    const { status, out, err } = await cli(["check", directory({ "main.tf": "" }), "/nowhere"]);

    expect(status).toBe(ExitCode.USAGE);
    expect(err).toContain('"/nowhere" cannot be read');
    expect(out).toBe("");
  });

  test("names the line of a file that Terraform could not read, and checks the others", async () => {
    const found = await findings({
      "broken.tf": 'resource "docker_container" "c" {\n',
      "broken.tf.json": "{",
      "main.tf": `${BROKEN["variable-type"]}\n`,
    });

    expect(found.map(({ id }) => id)).toEqual(["terraform-syntax", "terraform-syntax", "variable-type"]);
    expect(found[0]?.message).toMatch(/^broken\.tf:1,\d+-\d+: Unclosed configuration block; /);
    expect(found[1]?.message).toMatch(/^broken\.tf\.json: SyntaxError/);
  });

  test("prints no control character of a template", async () => {
    const name = "\\u001b[2J\\u009b31m";
    const folder = directory({
      "main.tf": `data "coder_parameter" "p" {\n  name = "p"\n  type = "number"\n  default = "${name}"\n}\nresource "coder_app" "a" {\n  agent_id = coder_agent.main.id\n  slug     = "${name}"\n}\n`,
    });

    const outputs = [await cli(["check", folder]), await cli(["check", folder, "--json"])];

    for (const { out } of outputs) {
      expect(out).toContain("app-slug");
      expect(out).not.toMatch(/[^\P{C}\n]/u);
    }
  });

  test.each(["/nowhere", scratchFolder()])("fails at %s, which is no template's directory", async (folder) => {
    const { status, err } = await cli(["check", folder]);

    expect(status).toBe(ExitCode.USAGE);
    expect(err).toMatch(/cannot be read|holds no \.tf file/);
  });
});

test("every rule is broken once here", () => {
  expect(Object.keys(BROKEN).sort()).toEqual(TEMPLATE_RULES.map(({ id }) => id).sort());
});
