import { configureGlobal } from "fast-check";

// The same values in each run, so that a change fails for what it did. FAST_CHECK_SEED=random, or a number, looks further.
const wanted = process.env.FAST_CHECK_SEED ?? "20261122";
const runs = process.env.FAST_CHECK_RUNS;
configureGlobal({
  ...(wanted === "random" ? {} : { seed: Number(wanted) }),
  ...(runs === undefined ? {} : { numRuns: Number(runs) }),
});
