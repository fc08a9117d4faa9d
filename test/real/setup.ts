import { createState } from "./lab/state";
import { buildTools } from "./lab/tools";

/** Once per run, before any test file: a state folder, and the real programs, built unless they are there. */
export default async function setup(): Promise<void> {
  createState();
  await buildTools();
}
