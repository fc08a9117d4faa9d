import { ValidationError } from "../errors";
import { isKind } from "./kind";
import { Secret } from "./secret";

/** What a prop holds: `a Proxy`, the factory that makes one, and how to tell. */
interface PropKind {
  readonly what: string;
  readonly remedy: string;
  readonly is: (value: unknown) => boolean;
}

const CPU = ofClass("Cpu", "Cpu.cores");
const SIZE = ofClass("Size", "Size.gibibytes");

const KINDS: { readonly [prop: string]: PropKind } = {
  repository: ofClass("Repository", "Repository.at or Repository.chosenByUser"),
  gitCredentials: ofClass("GitCredentials", "GitCredentials.fromToken or another of its factories"),
  proxy: ofClass("Proxy", "Proxy.containerWide or Proxy.gitOnly"),
  ca: ofClass("CaBundle", "CaBundle.fromFile or another of its factories"),
  registryAuth: ofClass("RegistryAuth", "RegistryAuth.logins or another of its factories"),
  cache: ofClass("ImageCache", "ImageCache.at or ImageCache.inDirectory"),
  trust: ofClass("WorkspaceTrust", "WorkspaceTrust.of"),
  setupScript: ofClass("SetupScript", "SetupScript.required or SetupScript.bestEffort"),
  memory: SIZE,
  memoryRequest: SIZE,
  sharedMemory: SIZE,
  disk: SIZE,
  ephemeralStorage: SIZE,
  ephemeralStorageRequest: SIZE,
  cpu: CPU,
  cpuRequest: CPU,
};

const SECRET: PropKind = {
  what: "a Secret",
  remedy: "use Secret.fromVariable with a sensitive variable",
  is: (value) => Secret.isSecret(value),
};

const VALUES: { readonly [prop: string]: PropKind } = {
  environment: { what: "a string", remedy: "put it into quotes", is: (value) => typeof value === "string" },
  silencedWarnings: { what: "the reason", remedy: "write a sentence", is: (value) => typeof value === "string" },
  secretEnvironment: SECRET,
  buildSecrets: SECRET,
};

/**
 * Checks for those who write JavaScript, or `any`, that props are what their types say. Values are not shown: one may be a
 * secret.
 *
 * @param prefix - what comes before the names of props in messages, such as `agent.`
 * @throws when a prop is something else
 * @internal
 */
export function checkPropKinds(props: object, prefix = ""): void {
  for (const [name, value] of Object.entries({ ...(prefix === "" ? { repository: undefined } : {}), ...props })) {
    const kind = KINDS[name];
    if (kind && (value !== undefined || name === "repository")) checkKind(`${prefix}${name}`, kind, value);
    const values = VALUES[name];
    if (!values || value === undefined) continue;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      refuse(`${prefix}${name}`, value, "an object of names and values", 'write it as { "NAME": … }');
    }
    for (const [key, one] of Object.entries(value)) checkKind(`${prefix}${name}.${key}`, values, one);
  }
}

function checkKind(at: string, { what, remedy, is }: PropKind, value: unknown): void {
  if (!is(value)) refuse(at, value, what, remedy);
}

function refuse(at: string, value: unknown, what: string, remedy: string): never {
  throw new ValidationError("prop-of-wrong-kind", `${at} is ${described(value)} and must be ${what}; ${remedy}`);
}

function ofClass(name: string, factories: string): PropKind {
  return { what: `a ${name}`, remedy: `use ${factories}`, is: (value) => isKind(value, name) };
}

function described(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "another object" : `a ${typeof value}`;
}
