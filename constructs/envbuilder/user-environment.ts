import { distance } from "fastest-levenshtein";
import { ValidationError, shown } from "../errors";
import { hasReference } from "../settings/text";
import type { Warning } from "../settings/warning";
import { ENVBUILDER_OPTIONS, optionNamed, optionWithBareName, type EnvbuilderOption } from "./options";

const PROXY_NAMES = ["http_proxy", "https_proxy", "no_proxy", "all_proxy"];
const CERTIFICATE_NAMES = ["SSL_CERT_FILE", "SSL_CERT_DIR"];

/** What of the container the checks have to know. @internal */
export interface UserEnvironmentContext {
  /** The name of the prop, for messages. */
  readonly prop: string;
  /** Whether the typed setting of the same purpose is given: then equal values are no contradiction. */
  readonly proxy: boolean;
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
      `${context.prop} has the name ${shown(name)}; use letters, digits and _ only`,
    );
  }
  if (value?.includes("\0")) {
    throw new ValidationError(
      "variable-value-malformed",
      `${at} holds a zero byte, which no environment can; remove it`,
    );
  }
  checkCertificatePath(context, at, name, value);
  if (PROXY_NAMES.includes(name.toLowerCase()) && !context.proxy) {
    throw new ValidationError(
      "raw-proxy-variable",
      `${at} must be given as the proxy setting, which tells every program in both spellings and keeps Coder's own host direct; use Proxy.containerWide`,
    );
  }
  if (/^ENVBUILDER_SSL_CERT_(FILE|DIR)$/.test(name)) {
    throw new ValidationError(
      "ssl-cert-option-does-not-exist",
      `${at} is no option of Envbuilder, which ignores it; give the certificates as ca, or set ${name.replace("ENVBUILDER_", "")}`,
    );
  }
  const bare = optionWithBareName(name);
  if (bare) {
    throw new ValidationError(
      "bare-option-name",
      `${at} is read by Envbuilder as ${bare.name}, wins over it, and is gone in the workspace; rename it, or give it to the agent's environment if the workspace needs it`,
    );
  }
  if (name.startsWith("ENVBUILDER_")) checkOption(at, name, value);
}

function checkOption(at: string, name: string, value: string | undefined): void {
  const option = optionNamed(name);
  if (!option) {
    const near = ENVBUILDER_OPTIONS.map((one) => one.name).sort((a, b) => distance(a, name) - distance(b, name));
    throw new ValidationError(
      "unknown-option",
      `${at} is no option of Envbuilder, which ignores it silently; the nearest are ${near.slice(0, 3).join(", ")}`,
    );
  }
  if (option.prop !== undefined) {
    throw new ValidationError(
      "option-has-prop",
      `${at} must be given by the prop ${option.prop}, which checks it and what belongs to it`,
    );
  }
  if (value !== undefined && !hasReference(value)) checkType(at, option, value);
}

function checkType(at: string, { type, secret }: EnvbuilderOption, value: string): void {
  const rule =
    type === "bool" && !/^(1|0|t|f|T|F|true|false|TRUE|FALSE|True|False)$/.test(value)
      ? "must be true or false"
      : type === "int" && !/^[+-]?\d{1,18}$/.test(value)
        ? "must be a whole number"
        : undefined;
  if (rule === undefined) return;
  throw new ValidationError(
    "option-value-type",
    `${at} ${secret ? "" : `${shown(value)} `}${rule}: Envbuilder ends at anything else; write it so`,
  );
}

function checkCertificatePath(
  context: UserEnvironmentContext,
  at: string,
  name: string,
  value: string | undefined,
): void {
  if (!CERTIFICATE_NAMES.includes(name) || context.ca) return;
  const known =
    value !== undefined &&
    (hasReference(value) ||
      context.mountPaths.some((mount) => value === mount || value.startsWith(`${mount.replace(/\/$/, "")}/`)));
  if (known) return;
  throw new ValidationError(
    "ca-path-outside-mounts",
    `${at} ${value === undefined ? "" : `${shown(value)} `}lies in none of the mounts, and a path that does not exist is ignored silently; give the certificates as ca, which brings the file, or mount it`,
  );
}

/** What is allowed of a variable set by hand and probably not meant. @internal */
export function userVariableWarnings(names: readonly string[]): Warning[] {
  if (!names.includes("KANIKO_REGISTRY_MIRROR")) return [];
  return [
    {
      id: "registry-mirror-without-effect",
      message:
        "KANIKO_REGISTRY_MIRROR is read and then used for nothing in Envbuilder; name the mirror in the image references, or let the proxy map it",
    },
  ];
}
