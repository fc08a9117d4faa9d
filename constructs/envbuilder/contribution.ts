import type { Warning } from "../settings/warning";
import type { PlannedFile, PlannedMount } from "./planned-file";

/** What a setting adds to a container beside its environment. @internal */
export interface Contribution {
  readonly files?: readonly PlannedFile[];
  readonly mounts?: readonly PlannedMount[];
  /** Paths that Envbuilder has to leave alone while it builds. */
  readonly ignored?: readonly string[];
  readonly warnings?: readonly Warning[];
}
