import { existsSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { command } from "./command";
import { dockerEnvironment } from "./docker-daemon";
import { readState, statePath, writeState } from "./state";

type Paths = Readonly<Record<string, string>>;

const registry = "registry.terraform.io";

/**
 * Builds what is missing of the real programs, see ../tools/build.sh, and remembers where each of them is.
 *
 * `LAB_TOOLS`, a list of names, restricts it to what the test files at hand need.
 */
export async function buildTools(): Promise<void> {
  const wanted = (process.env["LAB_TOOLS"] ?? "").split(/[\s,]+/).filter(Boolean);
  const script = join(__dirname, "..", "tools", "build.sh");
  const { stdout } = await command(script, wanted, { timeoutSec: 3600, showProgress: true });
  const paths: Record<string, string> = {};
  for (const path of stdout.split("\n").filter(Boolean)) {
    // .../<tool>/<version>/<program>, and a provider is <version>/registry.terraform.io/<namespace>/<name>/...
    const version = mirror(path) ?? dirname(path);
    paths[basename(dirname(version))] = path;
  }
  writeState("tools", paths);
  writeFileSync(terraformConfig(), terraformRc(Object.values(paths)));
}

/** The path of a built program, by its name in ../tools/build.sh. */
export function tool(name: string): string {
  const paths = readState<Paths>("tools") ?? {};
  const path = paths[name];
  if (path === undefined || !existsSync(path)) {
    const known = Object.keys(paths).sort().join(", ");
    throw new Error(`no program ${JSON.stringify(name)} was built for this run; there are: ${known}`);
  }
  return path;
}

/**
 * The environment in which Terraform finds the built providers, and nothing else: no registry, no network.
 *
 * Without CODER_*, which the coder provider reads in place of its defaults: whoever runs the tests inside a Coder
 * workspace has them. Without KUBE_* for the same reason.
 */
export function terraformEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(CODER|TF|KUBE)_/.test(name));
  return {
    ...Object.fromEntries(inherited),
    TF_CLI_CONFIG_FILE: terraformConfig(),
    TF_IN_AUTOMATION: "1",
    CHECKPOINT_DISABLE: "1",
    ...dockerEnvironment(),
  };
}

function terraformConfig(): string {
  return statePath("terraform.rc");
}

function terraformRc(paths: readonly string[]): string {
  const mirrors = paths.map(mirror).filter((path) => path !== undefined);
  const blocks = mirrors.map((path) => `  filesystem_mirror {\n    path = ${JSON.stringify(path)}\n  }\n`);
  return `disable_checkpoint = true\nprovider_installation {\n${blocks.join("")}}\n`;
}

/** The folder that Terraform calls a filesystem mirror, if the program is a provider. */
function mirror(path: string): string | undefined {
  const at = path.indexOf(`/${registry}/`);
  return at < 0 ? undefined : path.slice(0, at);
}
