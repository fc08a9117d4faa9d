// Every feature of the Terraform language that cdktf can express, once as cdktf writes it in JSON and once as we write it: the
// real Terraform and the real providers must find no difference.
import { stateFolder } from "../lab/state";
import { compare, type Comparison, type Result } from "./comparison";
import { differences } from "./differences";
import { OneAhead } from "./one-ahead";
import { Planner } from "./planning";
import { previewedParameters, plannedParameters } from "./parameters";
import { PROGRAMS } from "./programs";
import type { Program } from "./programs/program";

const PER_PROGRAM_MS = 300_000;

let comparisons: OneAhead<Program, Comparison>;

beforeAll(() => {
  const planner = new Planner(stateFolder("hcl-init"));
  comparisons = new OneAhead(PROGRAMS, (program) => compare(program, planner));
});

afterAll(() => comparisons.settled(), PER_PROGRAM_MS);

const PLANS = "plans";

/** What is expected of an error, if the error says it; else all of the error. */
function excerpt({ error }: Result, expected: string | undefined): string {
  if (error === undefined) return PLANS;
  return expected !== undefined && error.includes(expected) ? expected : error;
}

const planning = PROGRAMS.filter((program) => program.fails === undefined);
const failing = PROGRAMS.filter((program) => program.fails !== undefined);

describe("a program's native Terraform", () => {
  test.each(planning)(
    "plans as its JSON does: $name",
    async (program) => {
      const { json, hcl } = await comparisons.of(program);

      expect([json.error, hcl.error]).toEqual([undefined, undefined]);
      expect(differences(json.plan, hcl.plan)).toEqual([]);
    },
    PER_PROGRAM_MS,
  );

  test.each(failing)(
    "fails where it says so: $name",
    async (program) => {
      const { json, hcl } = await comparisons.of(program);
      const { fails = {} } = program;

      expect({ json: excerpt(json, fails.json), hcl: excerpt(hcl, fails.hcl) }).toEqual({
        json: fails.json ?? PLANS,
        hcl: fails.hcl ?? PLANS,
      });
    },
    PER_PROGRAM_MS,
  );

  test.each(PROGRAMS.filter((program) => program.unformatted === undefined))(
    "is as terraform fmt writes it: $name",
    async (program) => {
      const { unformatted } = await comparisons.of(program);

      expect(unformatted).toBe("");
    },
    PER_PROGRAM_MS,
  );

  test.each(PROGRAMS.filter((program) => program.unformatted !== undefined))(
    "is not quite as terraform fmt writes it, because $unformatted: $name",
    async (program) => {
      const { unformatted } = await comparisons.of(program);

      expect(unformatted).toContain("main.tf");
    },
    PER_PROGRAM_MS,
  );
});

describe("Coder's dynamic parameters", () => {
  test.each(planning)(
    "see all that the plan has: $name",
    async (program) => {
      const { hcl, preview } = await comparisons.of(program);

      expect(preview?.diagnostics ?? []).toEqual([]);
      expect(previewedParameters(preview)).toEqual(plannedParameters(hcl.plan));
    },
    PER_PROGRAM_MS,
  );
});
