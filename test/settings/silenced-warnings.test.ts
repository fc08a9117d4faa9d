import { checkSilencedWarnings } from "../../constructs/settings/silenced-warnings";
import { WARNING_IDS } from "../../constructs/settings/warning";
import { WARNINGS } from "../ids";
import { refusal, refusedBy, verdict } from "../refusal";

test("WARNING_IDS are all that the package warns of", () => {
  expect(WARNING_IDS).toEqual(WARNINGS);
});

describe("checkSilencedWarnings", () => {
  test.each(WARNING_IDS)("takes %s with a reason", (id) => {
    expect(verdict(() => checkSilencedWarnings({ [id]: "It is meant." }))).toBeUndefined();
  });

  test("names the nearest", () => {
    expect(refusal(() => checkSilencedWarnings({ "ca-expires-son": "a slip of the pen" }))).toMatch(
      /^silencedWarnings has "ca-expires-son", which is the id of no warning, .* perhaps ca-expires-soon, .* \[silenced-warning-unknown\]$/,
    );
  });

  test.each<[string, { [id: string]: string }]>([
    ["silenced-warning-unknown", { "ca-expired": "an error" }],
    ["silenced-warning-unknown", { toString: "nothing of the kind" }],
    ["silenced-warning-without-reason", { "ca-expires-soon": " " }],
  ])("fails with %s on %j", (id, silenced) => {
    expect(refusedBy(() => checkSilencedWarnings(silenced))).toBe(id);
  });
});
