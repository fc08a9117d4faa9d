import { endRun } from "./lab/lab";

/** Once per run, after all test files. */
export default async function teardown(): Promise<void> {
  await endRun();
}
