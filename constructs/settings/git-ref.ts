import { ValidationError, shown } from "../errors";
import { hasReference } from "./text";
import { UnicodePattern } from "../unicode-pattern";

/** What git check-ref-format refuses; and #, at which Envbuilder cuts the URL in two. */
const NO_NAME = new UnicodePattern(String.raw`[\s~^:?*[\\#\p{C}]|\.\.|@\{|//|(?:^|/)\.|\.lock(?:/|$)|[/.]$|^[/-]|^@?$`);

/**
 * @throws when Git would refuse such a branch
 * @internal
 */
export function checkBranch(prop: string, branch: string | undefined): void {
  if (branch === undefined || hasReference(branch)) return;
  if (!NO_NAME.test(branch) && !branch.startsWith("refs/")) return;
  throw new ValidationError(
    "repository-ref-malformed",
    `${prop} ${shown(branch)} must be the name of a branch, such as "main"; give any other reference in full as repository.ref`,
  );
}

/**
 * @throws when Envbuilder would not find such a reference
 * @internal
 */
export function checkRef(prop: string, ref: string | undefined): void {
  if (ref === undefined || hasReference(ref)) return;
  if (/^refs\/./.test(ref) && !NO_NAME.test(ref)) return;
  throw new ValidationError(
    "repository-ref-malformed",
    `${prop} ${shown(ref)} must be a full reference, because Envbuilder finds no other; write it as refs/heads/main or refs/tags/v1`,
  );
}
