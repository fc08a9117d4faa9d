import { beginRun } from "./lab/lab";
import { buildTools } from "./lab/tools";

/** Once per run, before any test file: a state folder, and the real programs, built unless they are there. */
export default async function setup(): Promise<void> {
  await beginRun();
  await buildTools();
}
