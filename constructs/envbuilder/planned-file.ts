import type { Text } from "../settings/text";

/** A part of a file's content. @internal */
export type FilePiece =
  /** A text that lies beside the Terraform files under this name. */
  | { readonly kind: "carried"; readonly name: string; readonly text: string }
  /** A text that Terraform puts together. */
  | { readonly kind: "text"; readonly text: Text };

/** A file in the container. @internal */
export interface PlannedFile {
  readonly path: string;
  readonly content: readonly FilePiece[];
}

/** A file or directory of the machine that runs the container, read-only. @internal */
export interface HostMount {
  readonly hostPath: string;
  readonly path: string;
}
