import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";

import { type CommandResult, command } from "./command";
import { parseJson } from "./json";
import { stateFolder } from "./state";
import { terraformEnvironment } from "./tools";

export interface TerraformOptions {
  /** Values of the variables. @default - their defaults */
  readonly vars?: Readonly<Record<string, string>>;
  /** On top of the environment of every Terraform here. @default - none */
  readonly env?: NodeJS.ProcessEnv;
}

/** What a plan does to one resource, as in `terraform show -json`. */
export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
    readonly after_unknown: Readonly<Record<string, unknown>>;
  };
}

export interface PlannedResource {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The parts of a plan that tests ask for; the rest is there as well. */
export interface Plan {
  readonly planned_values: { readonly root_module: { readonly resources?: readonly PlannedResource[] } };
  readonly prior_state?: {
    readonly values: { readonly root_module: { readonly resources?: readonly PlannedResource[] } };
  };
  readonly resource_changes?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, { readonly after?: unknown }>>;
  readonly configuration: Readonly<Record<string, unknown>>;
}

/** A copy of a Terraform directory, so that no test leaves a trace in what it tests. */
export class TerraformDirectory {
  public readonly path: string;

  constructor(source: string) {
    this.path = stateFolder("terraform");
    cpSync(source, this.path, { recursive: true });
  }

  /** A lock file of the source goes: it holds digests of other builds of the providers. */
  public async init(): Promise<void> {
    rmSync(join(this.path, ".terraform.lock.hcl"), { force: true });
    await this.terraform(["init", "-input=false"]);
  }

  /** Fails with what `terraform fmt` would change. */
  public async fmtCheck(): Promise<void> {
    await this.terraform(["fmt", "-check", "-diff", "-recursive"]);
  }

  public async validate(): Promise<void> {
    await this.terraform(["validate"]);
  }

  public async plan(options: TerraformOptions = {}): Promise<Plan> {
    await this.terraform(["plan", "-input=false", "-out=tfplan", ...variables(options)], options);
    const { stdout } = await this.terraform(["show", "-json", "tfplan"], options);
    return parseJson<Plan>(stdout);
  }

  public async apply(options: TerraformOptions = {}): Promise<string> {
    return (await this.terraform(["apply", "-input=false", "-auto-approve", ...variables(options)], options)).stdout;
  }

  public async destroy(options: TerraformOptions = {}): Promise<string> {
    return (await this.terraform(["destroy", "-input=false", "-auto-approve", ...variables(options)], options)).stdout;
  }

  /** The value of one output of the state. */
  public async output(name: string): Promise<unknown> {
    return parseJson<unknown>((await this.terraform(["output", "-json", name])).stdout);
  }

  /** Any other command, such as `state list`. Errors carry Terraform's own text. */
  public terraform(args: readonly string[], options: TerraformOptions = {}): Promise<CommandResult> {
    return command("terraform", args, {
      cwd: this.path,
      env: { ...terraformEnvironment(), ...options.env },
      timeoutSec: 300,
    });
  }
}

function variables(options: TerraformOptions): string[] {
  return Object.entries(options.vars ?? {}).map(([name, value]) => `-var=${name}=${value}`);
}
