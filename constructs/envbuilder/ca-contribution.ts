import { CaDelivery, type CaBundle, type CaSource, type CarriedCertificate } from "../settings/ca-bundle";
import type { Warning } from "../settings/warning";
import type { WorkspaceTrust } from "../settings/workspace-trust";
import { PUBLIC_ROOTS_TITLE } from "./distribution";
import type { Contribution } from "./contribution";
import type { Environment } from "./environment";
import type { FilePiece, PlannedFile, PlannedMount } from "./planned-file";

/** Below Envbuilder's directory a build deletes nothing, and a read-only mount needs no privilege. */
const CERTS = "/.envbuilder/certs";
const HOST_CERTS = "/.envbuilder/host-certs";
const CLUSTER_CERTS = "/.envbuilder/cluster-certs";
const TRUST = "/.envbuilder/trust";
const ORIGIN = "ca";

/** What the certificates lie in. @internal */
export const CA_FOLDERS: readonly string[] = [CERTS, HOST_CERTS, CLUSTER_CERTS, TRUST];

/** What the certificates add to a container beside its environment. @internal */
export interface CaContribution extends Contribution {
  readonly files: readonly PlannedFile[];
  readonly mounts: readonly PlannedMount[];
  readonly warnings: readonly Warning[];
  /** Where the private certificates are without the public ones, a file or a folder; undefined where they are the clone's. */
  readonly certificates?: string;
}

/**
 * The PEM files that steps of a build can read, as words of a shell, or undefined where only Envbuilder's clone is told.
 *
 * @internal
 */
export function caFiles({ source, delivery }: CaBundle): string | undefined {
  switch (source.kind) {
    case "carried":
      if (delivery === CaDelivery.GIT_ONLY) return undefined;
      return `${delivery === CaDelivery.DIRECTORY ? TRUST : CERTS}/ca.pem`;
    case "reference":
      return `${CERTS}/ca.pem`;
    case "host-directory":
      return `${HOST_CERTS}/*`;
    case "host-file":
      return `${HOST_CERTS}/ca.pem`;
    default:
      return `${CLUSTER_CERTS}/ca.pem`;
  }
}

/**
 * Tells Envbuilder, and by the same variables Go and OpenSSL in the workspace, where the certificates are, and the other
 * programs in `trust`.
 *
 * @param direct - whether any host is reached without a proxy, so that its own certificate counts
 * @internal
 */
export function contributeCa(ca: CaBundle, trust: WorkspaceTrust, direct: boolean, env: Environment): CaContribution {
  const { source } = ca;
  const warnings = [...ca.warnings, ...bundleWarnings(ca, trust, direct)];
  if (isElsewhere(source)) {
    const mount = contributeMount(ca, source, trust, env);
    return { files: rootsFile(ca), mounts: [mount], certificates: mount.path, warnings };
  }
  if (source.kind === "carried" && ca.delivery === CaDelivery.GIT_ONLY) {
    const pem = source.certificates.map((one) => one.pem).join("");
    env.add(ORIGIN, "ENVBUILDER_SSL_CERT_BASE64", Buffer.from(pem).toString("base64"));
    return { files: [], mounts: [], warnings };
  }
  const single = source.kind === "carried" && ca.delivery === CaDelivery.DIRECTORY ? source.certificates : [];
  const all = `${single.length > 0 ? TRUST : CERTS}/ca.pem`;
  if (single.length > 0) env.add(ORIGIN, "SSL_CERT_DIR", CERTS);
  trustIn(trust, all, env);
  const files = [...single.map(certificateFile), { path: all, content: merged(ca) }];
  if (single.length > 0) return { files, mounts: [], certificates: CERTS, warnings };
  // Public authorities have no place in the stores of the workspace, which bring their own.
  const alone = ca.publicRoots === undefined || !(trust.systemStore || trust.java) ? [] : [privateFile(ca)];
  return { files: [...files, ...alone], mounts: [], certificates: alone[0]?.path ?? all, warnings };
}

/** Certificates that are where the container runs, out of Terraform's reach. */
type Elsewhere = Exclude<CaSource, { kind: "carried" | "reference" }>;

function isElsewhere(source: CaSource): source is Elsewhere {
  return source.kind !== "carried" && source.kind !== "reference";
}

/** They cannot be merged with the public authorities; but Go adds up SSL_CERT_FILE and SSL_CERT_DIR. */
function contributeMount(ca: CaBundle, source: Elsewhere, trust: WorkspaceTrust, env: Environment): PlannedMount {
  const [publicRoots] = rootsFile(ca);
  if (source.kind === "host-directory") {
    env.add(ORIGIN, "SSL_CERT_DIR", HOST_CERTS);
    if (publicRoots) env.add(ORIGIN, "SSL_CERT_FILE", publicRoots.path);
    return { source: { kind: "host", path: source.path }, path: HOST_CERTS };
  }
  const ofHost = source.kind === "host-file";
  const path = `${ofHost ? HOST_CERTS : CLUSTER_CERTS}/ca.pem`;
  trustIn(trust, path, env);
  if (publicRoots) env.add(ORIGIN, "SSL_CERT_DIR", CERTS);
  return { source: ofHost ? { kind: "host", path: source.path } : source, path };
}

function trustIn(trust: WorkspaceTrust, path: string, env: Environment): void {
  env.add(ORIGIN, "SSL_CERT_FILE", path);
  for (const name of trust.variables) env.add("trust", name, path);
}

function certificateFile(certificate: CarriedCertificate): PlannedFile {
  return {
    path: `${CERTS}/${certificate.name}.pem`,
    content: [{ kind: "carried", name: `certs/${certificate.name}.pem`, text: titled(certificate) }],
  };
}

function rootsFile(ca: CaBundle): PlannedFile[] {
  return ca.publicRoots === undefined ? [] : [{ path: `${CERTS}/public-roots.pem`, content: [roots(ca.publicRoots)] }];
}

/** By the authorities, so that all templates of the process share one text of 216 KB. */
const rootsPieces = new Map<string, FilePiece>();

function roots(pem: string): FilePiece {
  const known = rootsPieces.get(pem);
  if (known) return known;
  const text = `${PUBLIC_ROOTS_TITLE}, as Mozilla selects them.\n${pem}`;
  const piece: FilePiece = { kind: "carried", name: "certs/public-roots.pem", text };
  rootsPieces.set(pem, piece);
  return piece;
}

/** All in one file, the private authorities first. */
function merged({ source, publicRoots }: CaBundle): FilePiece[] {
  return publicRoots === undefined ? own(source) : [...own(source), roots(publicRoots)];
}

function privateFile({ source }: CaBundle): PlannedFile {
  return { path: `${CERTS}/private-ca.pem`, content: own(source) };
}

function own(source: CaSource): FilePiece[] {
  if (source.kind === "reference") return [{ kind: "text", text: [source.reference, "\n"] }];
  if (source.kind !== "carried") return [];
  return [{ kind: "carried", name: "certs/ca.pem", text: source.certificates.map(titled).join("") }];
}

function titled({ title, pem }: CarriedCertificate): string {
  return `# ${title}\n${pem}`;
}

function bundleWarnings(
  { delivery, publicRoots, source }: CaBundle,
  trust: WorkspaceTrust,
  direct: boolean,
): Warning[] {
  const out: Warning[] = [];
  // Those run before the setup script.
  const when = trust.systemStore ? " in commands of the dev container" : "";
  const hides = `cannot be merged with the public authorities: Go and Node add it to them, but other programs that go by ${["SSL_CERT_FILE", ...trust.variables].join(", ")} trust it alone${when} and fail at hosts that are reached directly; put the public authorities into it, or use CaBundle.fromFile`;
  if (delivery === CaDelivery.GIT_ONLY) {
    out.push({
      id: "base64-ca-is-git-only",
      message:
        "certificates delivered as ENVBUILDER_SSL_CERT_BASE64 count for the clone alone: images and features are pulled without them and fail with x509 behind an intercepting proxy; leave delivery out",
    });
  } else if (publicRoots === undefined && direct) {
    out.push({
      id: "lone-ca-hides-public-roots",
      message:
        "ca with publicRoots false replaces the public authorities: hosts that are reached directly fail with x509 unless these certificates signed them; leave publicRoots out if any has a public certificate",
    });
  } else if (source.kind === "host-file" && direct) {
    out.push({
      id: "host-file-hides-public-roots",
      message: `a file of the host ${hides}`,
    });
  } else if ((source.kind === "config-map" || source.kind === "secret") && direct) {
    out.push({
      id: "cluster-ca-hides-public-roots",
      message: `a ${source.kind === "secret" ? "Secret" : "ConfigMap"} of the cluster ${hides}`,
    });
  }
  if (source.kind === "host-directory" && trust.variables.length > 0) {
    out.push({
      id: "ca-directory-not-for-every-program",
      message: `a directory of the host cannot be named in ${trust.variables.join(", ")}, which want one file: those programs do not trust it${when}; use CaBundle.fromHostFile, or set trust to WorkspaceTrust.none()`,
    });
  }
  return out;
}
