import { distance } from "fastest-levenshtein";
import { ValidationError, shown } from "../errors";
import { WARNING_IDS } from "./warning";

/**
 * Checks what the author of a template does not want to be warned of.
 *
 * @throws when an id is that of no warning, or there is no reason
 * @internal
 */
export function checkSilencedWarnings(silenced: { readonly [id: string]: string }): void {
  const known: readonly string[] = WARNING_IDS;
  for (const [id, reason] of Object.entries(silenced)) {
    if (!known.includes(id)) {
      const near = [...known].sort((a, b) => distance(a, id) - distance(b, id)).slice(0, 3);
      throw new ValidationError(
        "silenced-warning-unknown",
        `silencedWarnings has ${shown(id)}, which is the id of no warning, and errors cannot be silenced; use the id at the end of the warning, perhaps ${near.join(", ")}`,
      );
    }
    if (typeof reason !== "string" || reason.trim() === "") {
      throw new ValidationError(
        "silenced-warning-without-reason",
        `silencedWarnings.${id} must give the reason, because whoever reads it later has to know whether it still holds; write a sentence`,
      );
    }
  }
}
