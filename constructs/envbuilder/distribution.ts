/** A family of Linux distributions, by how it keeps the certificates that its programs trust. */
export enum Distribution {
  /** Debian, Ubuntu, Alpine and their kin: `update-ca-certificates`. */
  DEBIAN = "debian",
  /** Fedora, Red Hat Enterprise Linux, Amazon Linux and their kin: `update-ca-trust`. */
  FEDORA = "fedora",
  /** openSUSE and SUSE Linux Enterprise: `update-ca-certificates`, with folders of its own. */
  SUSE = "suse",
  /** Arch Linux and its kin: `trust extract-compat`. */
  ARCH = "arch",
  /** An image without such a program, BusyBox for one: a single file. */
  OTHER = "other",
}

/**
 * What comes before the public authorities in a file that holds both: an image has those already.
 *
 * @internal
 */
export const PUBLIC_ROOTS_TITLE = "# The public certificate authorities";

const DEBIAN_BUNDLE = "/etc/ssl/certs/ca-certificates.crt";

/** One file of all certificates that the distribution trusts. @internal */
export function storeBundle(distribution: Distribution): string {
  switch (distribution) {
    case Distribution.FEDORA:
      return "/etc/pki/tls/certs/ca-bundle.crt";
    case Distribution.SUSE:
      return "/etc/ssl/ca-bundle.pem";
    default:
      return DEBIAN_BUNDLE;
  }
}

/**
 * Lines of shell that add certificates to the distribution's store, each but the last joined to the next by `&&`.
 *
 * @param files - PEM files as words of the shell, a pattern perhaps
 * @internal
 */
export function storeCommands(distribution: Distribution, files: string): string[] {
  const own = `sed '/^${PUBLIC_ROOTS_TITLE}/,$d' ${files}`;
  switch (distribution) {
    case Distribution.DEBIAN:
      return [
        "mkdir -p /usr/local/share/ca-certificates /etc/ssl/certs",
        // One certificate a file, because the links that OpenSSL goes by are made of the first of each.
        `awk '/^${PUBLIC_ROOTS_TITLE}/ { exit } /^-----BEGIN/ { n++ } n { print >("/usr/local/share/ca-certificates/workspace-ca-build-" n ".crt") }' ${files}`,
        // Where the package is installed later, it finds them there; until then this file will do.
        `{ update-ca-certificates || cat /usr/local/share/ca-certificates/workspace-ca-build-*.crt >>${DEBIAN_BUNDLE}; }`,
      ];
    case Distribution.FEDORA:
      return [`${own} >/etc/pki/ca-trust/source/anchors/workspace-ca-build.crt`, "update-ca-trust"];
    case Distribution.SUSE:
      return [`${own} >/etc/pki/trust/anchors/workspace-ca-build.crt`, "update-ca-certificates"];
    case Distribution.ARCH:
      return [`${own} >/etc/ca-certificates/trust-source/anchors/workspace-ca-build.crt`, "trust extract-compat"];
    default:
      return ["mkdir -p /etc/ssl/certs", `${own} >>${DEBIAN_BUNDLE}`];
  }
}
