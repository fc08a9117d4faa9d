import { type TerraformElement, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { ValidationError } from "../errors";
import { UnicodePattern } from "../unicode-pattern";

const METADATA_TYPE = "cdktf-coder-envbuilder:comment";

/** What a comment says and what of an element it is about. */
export interface Comment {
  /** Plain text; its lines end with line feeds. */
  readonly text: string;
  /** The attribute or nested block that it stands above; the element as a whole if there is none. */
  readonly attribute?: string;
}

/**
 * Says something to the readers of the Terraform that is written for an element: `# …` lines above its block.
 *
 * Several comments on one element become paragraphs. JSON output has no comments.
 *
 * @param attribute - the Terraform name of an attribute or nested block of the element, such as `startup_script`: the comment
 *   then stands above that
 */
export function commentOn(element: TerraformElement, text: string, attribute?: string): void {
  if (Token.isUnresolved(text)) {
    throw new ValidationError(
      "comment-with-token",
      `a comment must be plain text, but the one on ${element.node.path} holds a token; write the name instead`,
    );
  }
  const comment: Comment = { text: sanitized(text), attribute };
  if (comment.text) element.node.addMetadata(METADATA_TYPE, comment);
}

/** The comments on a construct, in the order in which they were made. */
export function commentsOn(construct: IConstruct): readonly Comment[] {
  return construct.node.metadata.filter((entry) => entry.type === METADATA_TYPE).map(({ data }): Comment => data);
}

const INVISIBLE = new UnicodePattern(String.raw`[^\n\P{C}]`, "g");
const FORMAT = new UnicodePattern(String.raw`[\p{Cf}]`);

// A line end or a control character could end the comment, a direction mark could show something else than what is there.
function sanitized(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .replace(/\t/g, "  ")
    .replace(INVISIBLE.for(text), (c) => (FORMAT.test(c) && !/[\u202a-\u202e\u2066-\u2069\ufeff]/.test(c) ? c : " "))
    .trim();
}
