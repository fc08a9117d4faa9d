import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command, type CommandResult } from "../lab/command";
import { parseJson } from "../lab/json";
import { terraformEnvironment } from "../lab/tools";

/** Plans stacks; providers are set up once for all stacks that need the same. */
export class Planner {
  private readonly initialized = new Map<string, Promise<string>>();

  constructor(
    /** Where the set-ups go. */
    private readonly folder: string,
    private readonly environment: NodeJS.ProcessEnv = {
      ...terraformEnvironment(),
      // Otherwise the provider makes up another one each time.
      CODER_WORKSPACE_ID: "22222222-0000-4000-8000-000000000001",
      CODER_WORKSPACE_OWNER_ID: "22222222-0000-4000-8000-000000000002",
      CODER_WORKSPACE_TRANSITION: "start",
    },
  ) {}

  /** Plans what is in a folder, which needs these providers; gives what `terraform show -json` says of the plan. */
  public async plan(folder: string, providers: readonly string[], ownInit: boolean): Promise<string> {
    if (ownInit) await this.terraform(folder, ["init", "-input=false"]);
    else await this.initialize(folder, providers);
    await this.terraform(folder, ["plan", "-input=false", "-lock=false", "-out=tfplan"]);
    const { stdout } = await this.terraform(folder, ["show", "-json", "tfplan"]);
    return stdout;
  }

  /** What `terraform fmt` would change. */
  public async unformatted(folder: string): Promise<string> {
    const { stdout, stderr } = await this.terraform(folder, ["fmt", "-check", "-diff"], [0, 2, 3]);
    return stdout + stderr;
  }

  private async initialize(folder: string, providers: readonly string[]): Promise<void> {
    const key = [...providers].sort().join("-");
    const made = this.initialized.get(key) ?? this.initializeOnce(key, providers);
    this.initialized.set(key, made);
    const source = await made;
    for (const name of [".terraform", ".terraform.lock.hcl"]) {
      const from = join(source, name);
      if (existsSync(from)) cpSync(from, join(folder, name), { recursive: true, verbatimSymlinks: true });
    }
  }

  private async initializeOnce(key: string, providers: readonly string[]): Promise<string> {
    const folder = join(this.folder, `init-${key}`);
    mkdirSync(folder, { recursive: true });
    const entries = providers.map((name) => `    ${name} = { source = "${SOURCES[name] ?? `hashicorp/${name}`}" }\n`);
    writeFileSync(join(folder, "main.tf"), `terraform {\n  required_providers {\n${entries.join("")}  }\n}\n`);
    await this.terraform(folder, ["init", "-input=false"]);
    return folder;
  }

  private terraform(folder: string, args: readonly string[], statuses = [0]): Promise<CommandResult> {
    return command("terraform", args, { cwd: folder, env: this.environment, timeoutSec: 300, statuses });
  }
}

const SOURCES: Readonly<Record<string, string>> = {
  coder: "coder/coder",
  docker: "kreuzwerker/docker",
  envbuilder: "coder/envbuilder",
};

/** The providers that a synthesized stack requires, as cdktf's metadata tell. */
export function requiredProviders(file: string): string[] {
  const { terraform } = parseJson<{ terraform?: { required_providers?: object } }>(readFileSync(file, "utf8"));
  return Object.keys(terraform?.required_providers ?? {});
}
