import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { App, TerraformBackend, TerraformStack } from "cdktf";
import { HclSynthesizer } from "../../../constructs/terraform/hcl/hcl-synthesizer";
import type { Program } from "./programs/program";

/** The two syntaxes of Terraform: cdktf writes one, we the other. */
export type Form = "json" | "hcl";

/** A program's stack, not synthesized yet. */
export function stackOf(program: Program, outdir: string, form: Form): TerraformStack {
  const app = new App({ outdir, skipValidation: true });
  const stack = new TerraformStack(app, program.name);
  program.build(stack);
  if (!stack.node.children.some((child) => TerraformBackend.isBackend(child))) {
    stack.addOverride("terraform.backend", undefined);
  }
  for (const provider of stack.allProviders()) {
    // The bindings name the one version that they were made from, the tests bring another.
    Object.assign(provider.terraformGeneratorMetadata ?? {}, { providerVersion: ">= 0.1.0" });
  }
  if (form === "hcl") stack.synthesizer = new HclSynthesizer(stack);
  return stack;
}

/** Writes a program's stack below `outdir`; gives the folder. */
export function synthesize(program: Program, outdir: string, form: Form): string {
  mkdirSync(outdir, { recursive: true });
  const stack = stackOf(program, outdir, form);
  App.of(stack).synth();
  const folder = join(outdir, "stacks", program.name);
  for (const [file, content] of Object.entries(program.files ?? {})) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  return folder;
}
