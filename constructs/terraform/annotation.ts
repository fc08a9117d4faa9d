import { AnnotationMetadataEntryType } from "cdktf";
import type { IConstruct } from "constructs";

/** Tells the author, at synth, what is allowed and probably not meant. The same text is shown once of a construct. */
export function warn(construct: IConstruct, text: string): void {
  annotate(construct, AnnotationMetadataEntryType.WARN, text);
}

/** Tells the author something at synth. The same text is shown once of a construct. */
export function inform(construct: IConstruct, text: string): void {
  annotate(construct, AnnotationMetadataEntryType.INFO, text);
}

// Annotations of cdktf come with a stack trace, which puts paths of the author's machine into manifest.json; and they pile up
// where an app is synthesized twice.
function annotate({ node }: IConstruct, level: AnnotationMetadataEntryType, text: string): void {
  const type: string = level;
  if (!node.metadata.some((entry) => entry.type === type && entry.data === text)) node.addMetadata(type, text);
}
