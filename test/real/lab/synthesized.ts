import { join } from "node:path";

import { App, type TerraformStack } from "cdktf";

import { stateFolder } from "./state";

/** Synthesizes one stack, as `cdktf synth` does. Returns the directory that Terraform and Coder take. */
export function synthesized(build: (app: App) => TerraformStack): string {
  const outdir = stateFolder("cdktf.out");
  const app = new App({ outdir });
  const stack = build(app);
  app.synth();
  return join(outdir, "stacks", stack.node.id);
}
