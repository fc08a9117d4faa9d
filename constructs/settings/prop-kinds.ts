import { GitHost } from "./git-host";
import { isKind } from "./kind";
import { Secret } from "./secret";
import {
  BOOLEAN,
  BOOLEAN_OR_TOKEN,
  OBJECT,
  STRING,
  STRING_LIST,
  STRING_OR_TOKEN,
  checkKind,
  ofEnum,
  type ValueKind,
} from "./value-kinds";

const CPU = ofClass("Cpu", "Cpu.cores");
const SIZE = ofClass("Size", "Size.gibibytes");

/** Plain values, by the names of their props: in the settings themselves, their options, and those of the targets. */
const PLAIN: readonly (readonly [ValueKind, string])[] = [
  [BOOLEAN, "insecure etcEnvironment exitOnBuildFailure forceSafe verbose"],
  [BOOLEAN, "push exitOnPushFailure probe singleBranch thinPack buildFromRemote custom disableHttp2 publicRoots"],
  [BOOLEAN, "base64 optional hardened skipRebuild interactive getCachedImage spread ownNamespace"],
  [BOOLEAN_OR_TOKEN, "privileged allowPrivilegeEscalation serviceAccountToken"],
  [STRING, "envbuilderVersion fallbackImage workspaceBaseDirectory binaryPath workspaceFolder"],
  [STRING, "initCommand postStartScriptPath exportEnvFile initScript baseImageDirectory"],
  [STRING, "url gitUrl branch ref default devcontainerDirectory devcontainerFile dockerfile buildContext"],
  [STRING, "networkMode restart coderHost persistentFolder storageClass accessMode namespace dnsPolicy"],
  [STRING, "serviceAccount priorityClass runtimeClass"],
  [STRING_OR_TOKEN, "builderImage name hostname runtime gpus startupScript"],
  [STRING_LIST, "extraIgnorePaths agentSubsystems initArguments registries noProxy"],
  [STRING_LIST, "dns dnsSearch addCapabilities imagePullSecrets"],
];

const KINDS: { readonly [prop: string]: ValueKind } = {
  repository: ofClass("Repository", "Repository.at or Repository.chosenByUser"),
  gitCredentials: ofClass("GitCredentials", "GitCredentials.fromToken or another of its factories"),
  proxy: ofClass("Proxy", "Proxy.containerWide or Proxy.gitOnly"),
  ca: ofClass("CaBundle", "CaBundle.fromFile or another of its factories"),
  registryAuth: ofClass("RegistryAuth", "RegistryAuth.logins or another of its factories"),
  cache: ofClass("ImageCache", "ImageCache.at or ImageCache.inDirectory"),
  trust: ofClass("WorkspaceTrust", "WorkspaceTrust.of"),
  host: ofEnum("GitHost", GitHost),
  setupScript: ofClass("SetupScript", "SetupScript.required or SetupScript.bestEffort"),
  memory: SIZE,
  memoryRequest: SIZE,
  sharedMemory: SIZE,
  disk: SIZE,
  ephemeralStorage: SIZE,
  ephemeralStorageRequest: SIZE,
  cpu: CPU,
  cpuRequest: CPU,
  ...Object.fromEntries(PLAIN.flatMap(([kind, names]) => names.split(" ").map((name) => [name, kind]))),
};

const MAP: ValueKind = {
  ...OBJECT,
  what: "an object of names and values",
  remedy: 'write it as { "NAME": … }',
};

const SECRET: ValueKind = {
  what: "a Secret",
  remedy: "use Secret.fromVariable with a sensitive variable",
  is: (value) => Secret.isSecret(value),
};

const VALUES: { readonly [prop: string]: ValueKind } = {
  environment: STRING,
  silencedWarnings: { ...STRING, what: "the reason", remedy: "write a sentence" },
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
  checkKind(prefix === "" ? "props" : prefix.slice(0, -1), OBJECT, props);
  for (const [name, value] of Object.entries({ ...(prefix === "" ? { repository: undefined } : {}), ...props })) {
    if (value === undefined && (prefix !== "" || name !== "repository")) continue;
    const kind = KINDS[name];
    if (kind) checkKind(`${prefix}${name}`, kind, value);
    const values = VALUES[name];
    if (!values) continue;
    checkKind(`${prefix}${name}`, MAP, value);
    for (const [key, one] of Object.entries(value)) checkKind(`${prefix}${name}.${key}`, values, one);
  }
}

function ofClass(name: string, factories: string): ValueKind {
  const article = /^[AEIOU]/.test(name) ? "an" : "a";
  return { what: `${article} ${name}`, remedy: `use ${factories}`, is: (value) => isKind(value, name) };
}
