import { AnnotationMetadataEntryType } from "cdktf";
import type { IConstruct } from "constructs";

// By a registered name, because a template and what stands in it may come from different copies of the package.
const SILENCED = Symbol.for("cdktf-coder-envbuilder.silencedWarnings");

/** Leaves out warnings of a construct and of all in it, from now on. */
export function silence(construct: IConstruct, silenced: { readonly [id: string]: string } = {}): void {
  Object.defineProperty(construct, SILENCED, { value: { ...silenced } });
}

/**
 * Tells the author, at synth, what is allowed and probably not meant, unless he knows. The same text is shown once of a
 * construct.
 */
export function warn(construct: IConstruct, { id, message }: { readonly id: string; readonly message: string }): void {
  if (!construct.node.scopes.some((scope) => isSilencedIn(scope, id))) {
    annotate(construct, AnnotationMetadataEntryType.WARN, `${message} [${id}]`);
  }
}

/** Tells the author something at synth. The same text is shown once of a construct. */
export function inform(construct: IConstruct, text: string): void {
  annotate(construct, AnnotationMetadataEntryType.INFO, text);
}

function isSilencedIn(scope: IConstruct, id: string): boolean {
  const silenced: unknown = SILENCED in scope ? scope[SILENCED] : undefined;
  return typeof silenced === "object" && silenced !== null && Object.hasOwn(silenced, id);
}

// Annotations of cdktf come with a stack trace, which puts paths of the author's machine into manifest.json; and they pile up
// where an app is synthesized twice.
function annotate({ node }: IConstruct, level: AnnotationMetadataEntryType, text: string): void {
  const type: string = level;
  if (!node.metadata.some((entry) => entry.type === type && entry.data === text)) node.addMetadata(type, text);
}
