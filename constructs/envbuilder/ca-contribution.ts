import { CaDelivery, type CaBundle, type CarriedCertificate } from "../settings/ca-bundle";
import type { Proxy } from "../settings/proxy";
import type { Warning } from "../settings/warning";
import type { WorkspaceTrust } from "../settings/workspace-trust";
import type { Environment } from "./environment";
import type { FilePiece, HostMount, PlannedFile } from "./planned-file";

/** Below Envbuilder's directory a build deletes nothing, and a read-only mount needs no privilege. */
const CERTS = "/.envbuilder/certs";
const HOST_CERTS = "/.envbuilder/host-certs";
const TRUST = "/.envbuilder/trust";
const ORIGIN = "ca";

/** What the certificates add to a container beside its environment. @internal */
export interface CaContribution {
  readonly files: readonly PlannedFile[];
  readonly hostMounts: readonly HostMount[];
  readonly warnings: readonly Warning[];
}

/**
 * Tells Envbuilder, and by the same variables Go and OpenSSL in the workspace, where the certificates are, and the other
 * programs in `trust`.
 *
 * @internal
 */
export function contributeCa(
  ca: CaBundle,
  trust: WorkspaceTrust,
  proxy: Proxy | undefined,
  env: Environment,
): CaContribution {
  const { source } = ca;
  const warnings = [...ca.warnings, ...bundleWarnings(ca, proxy)];
  if (source.kind === "host-file" || source.kind === "host-directory") {
    return { ...contributeHost(ca, source, trust, env, warnings) };
  }
  if (source.kind === "carried" && ca.delivery === CaDelivery.GIT_ONLY) {
    const pem = source.certificates.map((one) => one.pem).join("");
    env.add(ORIGIN, "ENVBUILDER_SSL_CERT_BASE64", Buffer.from(pem).toString("base64"));
    return { files: [], hostMounts: [], warnings };
  }
  if (source.kind === "carried" && ca.delivery === CaDelivery.DIRECTORY) {
    env.add(ORIGIN, "SSL_CERT_DIR", CERTS);
    const files = [...source.certificates.map(certificateFile), ...rootsFile(ca)];
    if (trust.variables.length === 0) return { files, hostMounts: [], warnings };
    trustIn(trust, `${TRUST}/ca.pem`, env);
    return { files: [...files, { path: `${TRUST}/ca.pem`, content: merged(ca) }], hostMounts: [], warnings };
  }
  env.add(ORIGIN, "SSL_CERT_FILE", `${CERTS}/ca.pem`);
  trustIn(trust, `${CERTS}/ca.pem`, env);
  return { files: [{ path: `${CERTS}/ca.pem`, content: merged(ca) }], hostMounts: [], warnings };
}

/** A file of the host cannot be merged with the public authorities; but Go adds up SSL_CERT_FILE and SSL_CERT_DIR. */
function contributeHost(
  ca: CaBundle,
  source: { readonly kind: "host-file" | "host-directory"; readonly path: string },
  trust: WorkspaceTrust,
  env: Environment,
  warnings: readonly Warning[],
): CaContribution {
  const file = source.kind === "host-file";
  const files = rootsFile(ca);
  const place = file ? `${HOST_CERTS}/ca.pem` : HOST_CERTS;
  if (files[0]) env.add(ORIGIN, "SSL_CERT_FILE", files[0].path);
  if (file && !files[0]) env.add(ORIGIN, "SSL_CERT_FILE", place);
  else env.add(ORIGIN, "SSL_CERT_DIR", HOST_CERTS);
  if (file) trustIn(trust, place, env);
  const untold: Warning[] =
    file || trust.variables.length === 0
      ? []
      : [
          {
            id: "ca-directory-not-for-every-program",
            message: `a directory of the host cannot be named in ${trust.variables.join(", ")}, which want one file: those programs do not trust it; use CaBundle.fromHostFile, or set trust to WorkspaceTrust.none()`,
          },
        ];
  return { files, hostMounts: [{ hostPath: source.path, path: place }], warnings: [...warnings, ...untold] };
}

function trustIn(trust: WorkspaceTrust, path: string, env: Environment): void {
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

function roots(pem: string): FilePiece {
  return {
    kind: "carried",
    name: "certs/public-roots.pem",
    text: `# The public certificate authorities, as Mozilla selects them.\n${pem}`,
  };
}

/** All in one file, the private authorities first. */
function merged({ source, publicRoots }: CaBundle): FilePiece[] {
  const own: FilePiece[] =
    source.kind === "carried"
      ? [{ kind: "carried", name: "certs/ca.pem", text: source.certificates.map(titled).join("") }]
      : source.kind === "reference"
        ? [{ kind: "text", text: [source.reference, "\n"] }]
        : [];
  return publicRoots === undefined ? own : [...own, roots(publicRoots)];
}

function titled({ title, pem }: CarriedCertificate): string {
  return `# ${title}\n${pem}`;
}

function bundleWarnings(ca: CaBundle, proxy: Proxy | undefined): Warning[] {
  const out: Warning[] = [];
  if (ca.delivery === CaDelivery.GIT_ONLY) {
    out.push({
      id: "base64-ca-is-git-only",
      message:
        "certificates delivered as ENVBUILDER_SSL_CERT_BASE64 count for the clone alone: images and features are pulled without them and fail with x509 behind an intercepting proxy; leave delivery out",
    });
  } else if (ca.publicRoots === undefined && (!proxy?.url || proxy.noProxy.length > 0)) {
    out.push({
      id: "lone-ca-hides-public-roots",
      message:
        "ca with publicRoots false replaces the public authorities: hosts that are reached directly fail with x509 unless these certificates signed them; leave publicRoots out if any has a public certificate",
    });
  }
  return out;
}
