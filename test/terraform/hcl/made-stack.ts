import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { App, TerraformStack } from "cdktf";
import { DEFAULT_LAYOUT, type HclLayout } from "../../../constructs/terraform/hcl/hcl-layout";
import { HclSynthesizer } from "../../../constructs/terraform/hcl/hcl-synthesizer";
import { scratchFolder } from "../../scratch";
import { filesIn, testApp } from "../../util";

/** The default layout, changed. */
export const changed = (layout: Partial<HclLayout>): HclLayout => ({ ...DEFAULT_LAYOUT, ...layout });

export interface Made {
  readonly stack: TerraformStack;
  /** Writes it; gives the files of the stack's folder. */
  readonly synth: () => Record<string, string>;
  readonly folder: string;
  readonly app: App;
}

/** A stack with a provider and whatever is added; several calls with one folder are one author's syntheses. */
export function made(layout?: HclLayout, outdir?: string): Made {
  const app = outdir === undefined ? testApp() : new App({ outdir });
  const stack = new TerraformStack(app, "s");
  stack.addOverride("terraform.backend", undefined);
  new DockerProvider(stack, "docker");
  stack.synthesizer = new HclSynthesizer(stack, layout);
  const folder = join(app.outdir, "stacks", "s");
  const synth = (): Record<string, string> => {
    app.synth();
    return filesIn(folder);
  };
  return { stack, synth, folder, app };
}

let outdirs = 0;
/** An output folder of the test's own. */
export function newOutdir(): string {
  const outdir = join(scratchFolder(), `out-${outdirs++}`);
  mkdirSync(outdir);
  return outdir;
}
