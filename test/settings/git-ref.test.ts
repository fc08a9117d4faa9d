import { checkBranch, checkRef } from "../../constructs/settings/git-ref";
import { refusal, refusedBy, verdict } from "../refusal";

const noNames = [
  "",
  "@",
  "-a",
  "/a",
  "a/",
  "a//b",
  "a.",
  ".a",
  "a/.b",
  "a..b",
  "a b",
  "a~b",
  "a^b",
  "a:b",
  "a?b",
  "a*b",
];
const noNamesEither = ["a[b", "a\\b", "a@{b", "a.lock", "a.lock/b", "a\0b", "a\u007fb", "fix#12"];

describe("checkBranch", () => {
  test.each(["main", "feature/one", "v1.2", "a@b", "@a", "release-1", "ü", "${var.branch}", "a ${var.b}", undefined])(
    "takes %j",
    (branch) => {
      expect(verdict(() => checkBranch("repository.branch", branch))).toBeUndefined();
    },
  );

  test.each([...noNames, ...noNamesEither, "refs/heads/main"])(
    "fails with repository-ref-malformed on %j",
    (branch) => {
      expect(refusedBy(() => checkBranch("repository.branch", branch))).toBe("repository-ref-malformed");
    },
  );

  test("says what a branch is", () => {
    expect(refusal(() => checkBranch("repository.branch", "refs/heads/main"))).toBe(
      'repository.branch "refs/heads/main" must be the name of a branch, such as "main"; give any other reference in full as repository.ref [repository-ref-malformed]',
    );
  });
});

describe("checkRef", () => {
  test.each(["refs/heads/main", "refs/tags/v1.2", "refs/pull/1/head", "${var.ref}", undefined])("takes %j", (ref) => {
    expect(verdict(() => checkRef("repository.ref", ref))).toBeUndefined();
  });

  test.each(["main", "refs", "refs/", "heads/main", ...noNames.map((name) => `refs/${name}/`)])(
    "fails with repository-ref-malformed on %j",
    (ref) => {
      expect(refusal(() => checkRef("repository.ref", ref))).toBe(
        `repository.ref ${JSON.stringify(ref)} must be a full reference, because Envbuilder finds no other; write it as refs/heads/main or refs/tags/v1 [repository-ref-malformed]`,
      );
    },
  );
});
