import { removeState, statePath } from "./lab/state";

/** Once per run, after all test files. `KEEP_LAB=1` keeps logs and all else that the run made. */
export default function teardown(): void {
  if (process.env["KEEP_LAB"] === "1") {
    process.stderr.write(`kept: ${statePath()}\n`);
  } else {
    removeState();
  }
}
