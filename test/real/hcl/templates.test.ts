// The templates that the project shows, as they are written and as cdktf would write them in JSON: Terraform finds no
// difference.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App, type TerraformStack } from "cdktf";
import { CoderTemplate } from "cdktf-coder-envbuilder";
import { stateFolder } from "../lab/state";
import { differences } from "./differences";
import { Planner } from "./planning";

const root = join(__dirname, "..", "..", "..");
const examples = readdirSync(join(root, "examples")).map((name) => `examples/${name}/main.ts`);
const programs = ["main.ts", ...examples.filter((program) => !/without-coder|team-stack/.test(program))];
const certificate = join(root, "examples/docker-private-ca/certs/corporate-root.pem");

/** The app of a program, which has not synthesized yet. */
function appOf(program: string): App {
  const apps: App[] = [];
  const synth = jest.spyOn(App.prototype, "synth").mockImplementation(function keep(this: App) {
    apps.push(this);
  });
  process.env["CDKTF_OUTDIR"] = stateFolder("hcl-templates");
  process.env["CDKTF_CONTEXT_JSON"] = JSON.stringify({ proxyUrl: "http://proxy.test:3128", caFile: certificate });
  try {
    require(join(root, program));
  } finally {
    synth.mockRestore();
  }
  const [app] = apps;
  if (app === undefined) throw new Error(`${program} synthesizes nothing`);
  return app;
}

/** The stack in JSON, with the files that travel with it. */
function inJson(stack: TerraformStack, written: string): string {
  const folder = stateFolder("json-template");
  cpSync(written, folder, { recursive: true });
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".tf"))) rmSync(join(folder, name));
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(stack.toTerraform()));
  return folder;
}

afterAll(() => {
  delete process.env["CDKTF_OUTDIR"];
  delete process.env["CDKTF_CONTEXT_JSON"];
});

test.each(programs)(
  "the templates of %s plan as their JSON does",
  async (program) => {
    const app = appOf(program);
    app.synth();
    const templates = app.node.children.filter((child) => CoderTemplate.isCoderTemplate(child));
    const setup = stateFolder("hcl-init");
    mkdirSync(setup, { recursive: true });
    const planner = new Planner(setup);

    const found: string[] = [];
    for (const template of templates) {
      const written = join(app.outdir, "stacks", template.node.id);
      const json = inJson(template, written);
      found.push(...differences(await planner.plan(json, [], true), await planner.plan(written, [], true)));
    }

    expect(templates.length).toBeGreaterThan(0);
    expect(existsSync(join(app.outdir, "manifest.json"))).toBe(true);
    expect(found).toEqual([]);
  },
  300_000,
);
