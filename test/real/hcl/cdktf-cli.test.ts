// cdktf-cli knows stacks in JSON. What it needs of ours it finds in the metadata beside them.
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command } from "../lab/command";
import { stateFolder } from "../lab/state";
import { terraformEnvironment } from "../lab/tools";

const bin = join(__dirname, "../../../node_modules/.bin");

let project: string;
let stack: string;

beforeAll(() => {
  project = stateFolder("cdktf-cli");
  stack = join(project, "cdktf.out/stacks/template");
  writeFileSync(
    join(project, "cdktf.json"),
    JSON.stringify({
      language: "typescript",
      app: `${join(bin, "tsx")} ${join(__dirname, "cli-app.ts")}`,
      projectId: "cdktf-cli",
      sendCrashReports: "false",
    }),
  );
});

async function cdktf(...args: readonly string[]): Promise<string> {
  const env = { ...terraformEnvironment(), CI: "1" };
  return (await command(join(bin, "cdktf"), args, { cwd: project, env })).text;
}

describe("cdktf-cli", () => {
  test("synthesizes, and leaves nothing but Terraform in the stack's folder", async () => {
    expect(await cdktf("synth")).toContain("Generated Terraform code for the stacks: template");
    expect(readdirSync(stack).sort()).toEqual(["main.tf", "outputs.tf"]);
  }, 60_000);

  test("formats nothing that would not be as it is", async () => {
    await cdktf("synth", "--hcl");

    await command("terraform", ["fmt", "-check", "-diff"], { cwd: stack, env: terraformEnvironment() });
    expect(readdirSync(stack).sort()).toEqual(["main.tf", "outputs.tf"]);
  }, 60_000);

  test("lists the stack", async () => {
    expect(await cdktf("list")).toMatch(/template\s+cdktf\.out\/stacks\/template/);
  }, 60_000);

  test("plans, deploys, shows outputs by their constructs, and destroys", async () => {
    // Without a lock file cdktf-cli asks the registry, whatever syntax the stack has.
    await command("terraform", ["init", "-input=false"], { cwd: stack, env: terraformEnvironment() });

    expect(await cdktf("diff")).toContain("1 to add, 0 to change, 0 to destroy");
    expect(await cdktf("deploy", "--auto-approve")).toContain("1 added, 0 changed, 0 destroyed");
    expect(await cdktf("output")).toMatch(/template\s+os = linux/);
    expect(await cdktf("destroy", "--auto-approve")).toContain("Destroy complete! Resources: 1 destroyed");
  }, 240_000);
});
