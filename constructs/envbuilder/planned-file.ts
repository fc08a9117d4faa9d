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

/** Where a read-only mount has its content from. Not every target has every kind. @internal */
export type MountSource =
  /** A file or directory of the machine that runs the container. */
  | { readonly kind: "host"; readonly path: string }
  /** An entry of an object of the cluster. */
  | { readonly kind: "config-map" | "secret"; readonly name: string; readonly key: string };

/** A file or directory that is there already and is mounted, read-only. @internal */
export interface PlannedMount {
  readonly source: MountSource;
  readonly path: string;
}
