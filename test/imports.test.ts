import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { scratchFolder } from "./scratch";

const root = join(__dirname, "..");

describe("the linter", () => {
  /** The folder of a file, what it imports, and whether the linter says something. */
  const imports: readonly (readonly [file: string, statement: string, allowed: boolean])[] = [
    ["settings/proxy", 'import { X } from "cdktf";', false],
    ["settings/proxy", 'import { X } from "cdktf/lib/tokens";', false],
    ["settings/proxy", 'import { X } from "constructs";', false],
    ["settings/proxy", 'import type { X } from "cdktf";', true],
    ["settings/proxy", 'import { X } from "@cdktf/provider-docker/lib/container";', false],
    ["settings/proxy", 'import { X } from "../terraform/comment";', false],
    ["settings/proxy", 'import { X } from "../coder/template";', false],
    ["settings/proxy", 'import type { X } from "../docker/docker-mount";', false],
    ["settings/proxy", 'import { X } from "../kubernetes/x";', false],
    ["settings/proxy", 'import { X } from "../envbuilder/options";', false],
    ["settings/proxy", 'import { X } from "../providers/coder/agent";', false],
    ["settings/proxy", 'import { X } from "../errors";', true],
    ["settings/proxy", 'import { X } from "./text";', true],
    ["settings/proxy", 'import { X } from "node:path";', true],
    ["envbuilder/plan", 'import { X } from "cdktf";', false],
    ["envbuilder/plan", 'import { X } from "../terraform/tree";', false],
    ["envbuilder/plan", 'import { X } from "../coder/template";', false],
    ["envbuilder/plan", 'import { X } from "../docker/docker-mount";', false],
    ["envbuilder/plan", 'import { X } from "../providers/envbuilder/provider";', false],
    ["envbuilder/plan", 'import { X } from "../settings/proxy";', true],
    ["envbuilder/plan", 'import { X } from "fastest-levenshtein";', true],
    ["terraform/comment", 'import { X } from "cdktf";', true],
    ["terraform/comment", 'import { X } from "../settings/text";', true],
    ["terraform/comment", 'import { X } from "../settings/proxy";', false],
    ["terraform/comment", 'import { X } from "../coder/template";', false],
    ["terraform/comment", 'import { X } from "../envbuilder/options";', false],
    ["terraform/comment", 'import { X } from "@cdktf/provider-docker/lib/container";', false],
    ["terraform/hcl/writer", 'import { X } from "../../coder/template";', false],
    ["terraform/hcl/writer", 'import { X } from "../../docker/docker-mount";', false],
    ["terraform/hcl/writer", 'import { X } from "../tree";', true],
    ["coder/template", 'import { X } from "../docker/docker-mount";', false],
    ["coder/template", 'import { X } from "../kubernetes/x";', false],
    ["coder/template", 'import { X } from "../envbuilder/options";', false],
    ["coder/template", 'import { X } from "@cdktf/provider-kubernetes/lib/pod-v1";', false],
    ["coder/template", 'import { X } from "../terraform/comment";', true],
    ["coder/template", 'import { X } from "../settings/repository";', true],
    ["coder/template", 'import { X } from "../providers/coder/agent";', true],
    ["coder/template", 'import { X } from "./rules";', true],
    ["coder/rules/rule", 'import { X } from "../../envbuilder/options";', false],
    ["coder/rules/rule", 'import { X } from "../../index";', false],
    ["coder/template", 'import { X } from "../workspace/x";', false],
    ["workspace/script", 'import { X } from "../coder/agent";', true],
    ["workspace/script", 'import { X } from "../envbuilder/init-script";', true],
    ["workspace/script", 'import { X } from "../docker/docker-mount";', false],
    ["workspace/script", 'import { X } from "../kubernetes/x";', false],
    ["workspace/script", 'import { X } from "@cdktf/provider-docker/lib/container";', false],
    ["docker/workspace", 'import { X } from "@cdktf/provider-docker";', false],
    ["docker/workspace", 'import { X } from "../workspace/x";', true],
    ["docker/workspace", 'import { X } from "@cdktf/provider-docker/lib";', false],
    ["docker/workspace", 'import { X } from "@cdktf/provider-docker/lib/container/index-structs";', false],
    ["docker/workspace", 'import { X } from "@cdktf/provider-docker/lib/container";', true],
    ["docker/workspace", 'import { X } from "@cdktf/provider-kubernetes/lib/pod-v1";', false],
    ["docker/workspace", 'import { X } from "../kubernetes/x";', false],
    ["docker/workspace", 'import { X } from "../coder/template";', true],
    ["docker/workspace", 'import { X } from "../envbuilder/options";', true],
    ["docker/workspace", 'import { X } from "../index";', false],
    ["docker/workspace", 'import { X } from "..";', false],
    ["docker/workspace", 'export { X } from "cdktf-coder-envbuilder";', false],
    ["kubernetes/workspace", 'import { X } from "@cdktf/provider-kubernetes";', false],
    ["kubernetes/workspace", 'import { X } from "@cdktf/provider-kubernetes/lib/pod-v1";', true],
    ["kubernetes/workspace", 'import { X } from "@cdktf/provider-docker/lib/container";', false],
    ["kubernetes/workspace", 'import { X } from "../docker/docker-mount";', false],
    ["settings/proxy", 'import { X } from "../../cli/program";', false],
    ["envbuilder/plan", 'import { X } from "../../cli/x509/verdict";', false],
    ["terraform/hcl/writer", 'import { X } from "../../../cli/program";', false],
    ["coder/rules/rule", 'import { X } from "../../../cli/template/tree";', false],
    ["workspace/script", 'import { X } from "../../cli/program";', false],
    ["docker/workspace", 'import { X } from "../../cli/program";', false],
    ["kubernetes/workspace", 'import { X } from "../../cli/program";', false],
    ["index", 'export { X } from "../cli/program";', false],
    ["../cli/program", 'import { X } from "cdktf";', false],
    ["../cli/program", 'import { X } from "constructs";', false],
    ["../cli/program", 'import { X } from "@cdktf/provider-docker/lib/container";', false],
    ["../cli/program", 'import { X } from "@cdktn/hcl2json";', true],
    ["../cli/program", 'import { X } from "../constructs";', false],
    ["../cli/program", 'import { X } from "../constructs/index";', false],
    ["../cli/program", 'import { X } from "cdktf-coder-envbuilder";', false],
    ["../cli/program", 'import { X } from "../constructs/docker";', false],
    ["../cli/program", 'import { X } from "../constructs/kubernetes/kubernetes-workspace";', false],
    ["../cli/program", 'import { X } from "../constructs/workspace/script";', false],
    ["../cli/program", 'import { X } from "../constructs/errors";', true],
    ["../cli/commands/check", 'import { X } from "../../constructs/coder/template";', false],
    ["../cli/commands/check", 'import { X } from "../../constructs/coder/rules";', true],
    ["../cli/commands/check", 'import { X } from "../../constructs/coder/rules/rule";', true],
    ["../cli/commands/check", 'import { X } from "../../constructs/terraform/hcl/hcl-writer";', false],
    ["../cli/commands/check", 'import type { X } from "../../constructs/terraform/tree";', true],
    ["../cli/x509/verdict", 'import { X } from "../../constructs/settings/certificate";', true],
    ["../cli/x509/verdict", 'import { X } from "../../constructs/envbuilder/options";', true],
    ["index", 'export { X } from "./docker";', false],
    ["index", 'export { X } from "./docker/docker-mount";', false],
    ["index", 'export { X } from "@cdktf/provider-docker/lib/container";', false],
    ["index", 'export { X } from "./coder/template";', true],
  ];
  let refused: ReadonlySet<string>;

  beforeAll(() => {
    const folder = join(scratchFolder(), "lint");
    const config: { options?: unknown } = JSON.parse(readFileSync(join(root, ".oxlintrc.json"), "utf8"));
    // Without the types, which the imports of this table have none of.
    delete config.options;
    mkdirSync(folder);
    writeFileSync(join(folder, ".oxlintrc.json"), JSON.stringify(config));
    imports.forEach(([file, statement], line) => {
      const path = join(folder, "constructs", `${file}-${line}.ts`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${statement}\n`);
    });
    const oxlint = join(dirname(require.resolve("oxlint/package.json")), "bin/oxlint");
    const { stdout } = spawnSync(process.execPath, [oxlint, "--format", "unix", "constructs", "cli"], {
      cwd: folder,
      encoding: "utf8",
    });
    const lines = stdout.split("\n").filter((line) => line.includes("no-restricted-imports"));
    refused = new Set(lines.map((line) => /-(\d+)\.ts:/.exec(line)?.[1] ?? line));
  }, 30_000);

  test.each(imports.map(([file, statement, allowed], line) => ({ file, statement, allowed, line })))(
    "in $file: $statement may stand there: $allowed",
    ({ allowed, line }) => {
      expect(refused.has(String(line))).toBe(!allowed);
    },
  );
});

/** The files that a process has loaded after it required some. */
function loaded(...wanted: string[]): string[] {
  const paths = wanted.map((file) => join(root, "constructs", file));
  const script = `${JSON.stringify(paths)}.forEach(require); console.log(JSON.stringify(Object.keys(require.cache)));`;
  const output = execFileSync(process.execPath, ["--require", "tsx/cjs", "--eval", script], {
    cwd: root,
    encoding: "utf8",
  });
  const files: string[] = JSON.parse(output);
  return files;
}

describe("what is loaded", () => {
  test("by the package: no bindings of a target, and of ours only what it uses", () => {
    const files = loaded("index.ts");

    expect(files.filter((file) => file.includes("@cdktf/provider-"))).toEqual([]);
    expect(files.filter((file) => /constructs\/(docker|kubernetes)\//.test(file))).toEqual([]);
    expect(files.filter((file) => file.includes("providers/envbuilder/"))).toEqual([]);
    expect(files.some((file) => file.endsWith("constructs/coder/template.ts"))).toBe(true);
  }, 30_000);

  test("by the door to Docker: only the bindings that it uses", () => {
    const files = loaded("docker/index.ts").filter((file) => file.includes("@cdktf/provider-docker/"));

    const used = new Set(files.map((file) => /provider-docker\/(lib\/[\w-]+)/.exec(file)?.[1]));
    expect([...used].sort()).toEqual(["lib/container", "lib/provider", "lib/volume"]);
  }, 30_000);

  test("by the settings and the plan: no framework", () => {
    const wanted = ["settings", "envbuilder"].flatMap((folder) =>
      readdirSync(join(root, "constructs", folder))
        .filter((file) => file.endsWith(".ts"))
        .map((file) => `${folder}/${file}`),
    );

    const files = loaded(...wanted);

    expect(files.filter((file) => /node_modules\/(cdktf|constructs|@cdktf)\//.test(file))).toEqual([]);
    expect(files.filter((file) => /constructs\/(terraform|coder|docker|providers)\//.test(file))).toEqual([]);
    expect(files).toContain(join(root, "constructs/settings/proxy.ts"));
  }, 30_000);
});
