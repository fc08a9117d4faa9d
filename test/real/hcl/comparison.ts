import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Preview, preview } from "../lab/preview";
import { stateFolder } from "../lab/state";
import { type Planner, requiredProviders } from "./planning";
import type { Program } from "./programs/program";
import { type Form, synthesize } from "./synthesis";

/** What became of one form of a program: its plan as JSON, or where that failed the text of the error. */
export interface Result {
  readonly plan?: string;
  readonly error?: string;
}

/** What became of both. */
export interface Comparison {
  readonly json: Result;
  readonly hcl: Result;
  /** What `terraform fmt` would change of our form, if there is one. */
  readonly unformatted: string;
  /** What Coder's dynamic parameters make of our form, if it has parameters. */
  readonly preview?: Preview;
}

/** Synthesizes and plans a program both ways. */
export async function compare(program: Program, planner: Planner): Promise<Comparison> {
  const root = stateFolder(`hcl-${program.name}`);
  const folders = { json: synthesized(program, root, "json"), hcl: synthesized(program, root, "hcl") };
  const metadata = join(root, "hcl", "metadata", `${program.name}.json`);
  const providers = folders.hcl.folder === undefined ? [] : requiredProviders(metadata);
  const hcl = await planned(program, folders.hcl, planner, providers);
  const json = await planned(program, folders.json, planner, jsonProviders(folders.json));
  const { folder } = folders.hcl;
  if (folder === undefined) return { json, hcl, unformatted: "" };
  const unformatted = await planner.unformatted(folder);
  const hasParameters = readFileSync(join(folder, "main.tf"), "utf8").includes('data "coder_parameter"');
  return { json, hcl, unformatted, ...(hasParameters ? { preview: await preview(folder) } : {}) };
}

interface Synthesized {
  readonly folder?: string;
  readonly error?: string;
}

function synthesized(program: Program, root: string, form: Form): Synthesized {
  try {
    return { folder: synthesize(program, join(root, form), form) };
  } catch (error) {
    return { error: String(error) };
  }
}

function jsonProviders({ folder }: Synthesized): string[] {
  return folder === undefined ? [] : requiredProviders(join(folder, "cdk.tf.json"));
}

async function planned(
  program: Program,
  { folder, error }: Synthesized,
  planner: Planner,
  providers: readonly string[],
): Promise<Result> {
  if (folder === undefined) return { error };
  try {
    return { plan: await planner.plan(folder, providers, program.ownInit ?? false) };
  } catch (reason) {
    return { error: String(reason) };
  }
}
