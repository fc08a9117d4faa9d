import { distance } from "fastest-levenshtein";
import { ValidationError, shown } from "../errors";
import { checkLiteralCredentials } from "../settings/literal-credentials";
import { checkProxyVariable } from "../settings/proxy-variable";
import type { Environment } from "./environment";
import { mayBeMounted } from "./mounted-path";
import { ENVBUILDER_OPTIONS, optionNamed, optionWithBareName } from "./options";

/** What of the container the checks have to know. @internal */
export interface UserEnvironmentContext {
  /** The name of the prop, for messages. */
  readonly prop: string;
  /** What the typed settings set: a variable among them may only repeat it, which the environment itself sees to. */
  readonly env: Environment;
  /** Whether Envbuilder is newer than the options that are known here. */
  readonly newer: boolean;
  /** Whether certificates are given. */
  readonly ca: boolean;
  /** Folders and files that the author mounts. */
  readonly mountPaths: readonly string[];
}

/**
 * Checks a variable that the author of a template sets by hand: what Envbuilder would ignore, take for something else or
 * die of is refused.
 *
 * @param value - undefined for a secret, whose value nobody knows
 * @internal
 */
export function checkUserVariable(context: UserEnvironmentContext, name: string, value: string | undefined): void {
  const at = `${context.prop}.${name}`;
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    throw new ValidationError(
      "variable-name-malformed",
      `${context.prop} has the name ${shown(name)}, which no shell can read; use letters, digits and _, a digit not first`,
    );
  }
  checkOptionName(at, name, context.newer);
  if (!context.env.get(name)) {
    checkProxyVariable(at, name);
    checkCertificatePath(context, at, name, value);
  }
  if (value !== undefined) checkLiteralCredentials(at, value);
  checkUndoing(context, at, name, value);
}

function checkOptionName(at: string, name: string, newer: boolean): void {
  const option = optionNamed(name);
  if (option) {
    throw new ValidationError(
      "option-has-prop",
      `${at} must be given by the prop ${option.prop}, which checks it and what belongs to it; use that instead`,
    );
  }
  const upper = name.toUpperCase();
  if (/^ENVBUILDER_SSL_CERT_(FILE|DIR)$/.test(upper)) {
    throw new ValidationError(
      "ssl-cert-option-does-not-exist",
      `${at} is no option of Envbuilder, which ignores it; give the certificates as ca, or set ${upper.replace("ENVBUILDER_", "")}`,
    );
  }
  const bare = optionWithBareName(name);
  if (bare) {
    throw new ValidationError(
      "bare-option-name",
      `${at} is read by Envbuilder as ${bare.name}, wins over it, and is gone in the workspace; rename it, or give it to the agent's environment if the workspace needs it`,
    );
  }
  if (name !== upper && optionNamed(upper)) {
    throw new ValidationError(
      "option-name-in-lower-case",
      `${at} is read by Envbuilder as ${upper}, but stays in the workspace; write it in capitals`,
    );
  }
  if (upper.startsWith("ENVBUILDER_") && !optionNamed(upper) && !newer) {
    const near = ENVBUILDER_OPTIONS.map((one) => one.name).sort((a, b) => distance(a, upper) - distance(b, upper));
    throw new ValidationError(
      "unknown-option",
      `${at} is no option of Envbuilder, which ignores it silently; use one of the nearest, ${near.slice(0, 3).join(", ")}, or leave it out`,
    );
  }
}

function checkCertificatePath(
  { mountPaths }: UserEnvironmentContext,
  at: string,
  name: string,
  value: string | undefined,
): void {
  if (name !== "SSL_CERT_FILE" && name !== "SSL_CERT_DIR") return;
  const known = (place: string): boolean => mayBeMounted(place, mountPaths);
  if (value !== undefined && (name === "SSL_CERT_DIR" ? value.split(":") : [value]).every(known)) return;
  throw new ValidationError(
    "ca-path-outside-mounts",
    `${at} ${value === undefined ? "" : `${shown(value)} `}must be a path in one of the mounts, because one that does not exist is ignored silently; give the certificates as ca, which brings the file, or mount it`,
  );
}

/** What takes away what the library, or Envbuilder's image, sets up. */
function checkUndoing({ ca }: UserEnvironmentContext, at: string, name: string, value: string | undefined): void {
  if (name === "KANIKO_DIR" && value !== "/.envbuilder") {
    throw new ValidationError(
      "kaniko-directory-moved",
      `${at} must stay "/.envbuilder", which Envbuilder's image sets, because it builds in no other; leave it out`,
    );
  }
  if (name === "GO_ROOTCERTS_ENABLE" && value === "1" && ca) {
    throw new ValidationError(
      "embedded-roots-hide-ca",
      `${at} "1" makes Envbuilder trust the authorities that are compiled into it, and nothing of ca; leave out one of the two`,
    );
  }
}
