import * as path from "node:path";
import { ValidationError, shown } from "../errors";
import { hasReference } from "../settings/text";
import type { Warning } from "../settings/warning";

/** A place in the container where something is mounted, whatever the target calls it. @internal */
export interface ContainerMount {
  /** Absolute path in the container. */
  readonly path: string;
  readonly readOnly: boolean;
}

/** Where the distributions keep the certificate store that update-ca-certificates and its kin write. */
const CERTIFICATE_STORES = ["/etc/ssl", "/etc/pki", "/usr/local/share/ca-certificates", "/etc/ca-certificates"];

/** Symbolic links in today's images: unpacking an image fails at a mount below one. */
const IMAGE_LINKS = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];

/** What Envbuilder keeps below its own directory. */
const ENVBUILDER_OWN = [
  "bin",
  "built",
  "config.json",
  ".docker",
  "Dockerfile",
  "environ",
  "features",
  "image",
  "mnt",
  "repo",
  "certs",
  "host-certs",
];

/**
 * Checks the mounts that the author of a template adds.
 *
 * @throws when two share a path or one would break the build
 * @internal
 */
export function checkMounts(prop: string, mounts: readonly ContainerMount[]): void {
  for (const [index, mount] of mounts.entries()) {
    const at = `${prop}[${index}]`;
    if (hasReference(mount.path)) continue;
    if (
      !path.posix.isAbsolute(mount.path) ||
      path.posix.normalize(mount.path) !== mount.path ||
      /.\/$/.test(mount.path)
    ) {
      throw new ValidationError(
        "mount-path-malformed",
        `${at} ${shown(mount.path)} must be an absolute, normalized path in the container; write it from the root, without .. or a trailing slash`,
      );
    }
    checkPlace(at, mount.path);
    const twin = mounts.findIndex((other) => other.path === mount.path);
    if (twin !== index) {
      throw new ValidationError(
        "mount-path-twice",
        `${at} and ${prop}[${twin}] are both mounted at ${shown(mount.path)}; move one of them`,
      );
    }
  }
}

function checkPlace(at: string, where: string): void {
  const within = (folders: readonly string[]): string | undefined =>
    folders.find((folder) => where === folder || where.startsWith(`${folder}/`) || where === "/");
  const store = within(CERTIFICATE_STORES);
  if (store !== undefined) {
    throw new ValidationError(
      "mount-over-certificate-store",
      `${at} ${shown(where)} hides the image's certificate store in ${store} and breaks every package that writes it; give certificates as ca`,
    );
  }
  const link = within(IMAGE_LINKS);
  if (link !== undefined) {
    throw new ValidationError(
      "mount-below-image-symlink",
      `${at} ${shown(where)} lies in ${link}, a symbolic link in most images, so that unpacking one fails at the busy mount; mount it at the link's target, such as /usr${link}`,
    );
  }
  const own = /^\/\.envbuilder(?:\/([^/]*))?/.exec(where);
  if (own && (own[1] === undefined || ENVBUILDER_OWN.includes(own[1]) || /^\d+$/.test(own[1]))) {
    throw new ValidationError(
      "mount-in-envbuilder-directory",
      `${at} ${shown(where)} is where Envbuilder or this library keeps files of its own; choose another name below /.envbuilder`,
    );
  }
}

/** What is allowed of mounts and probably not meant. @internal */
export function mountWarnings(mounts: readonly ContainerMount[], workspaceFolder: string | undefined): Warning[] {
  const homes = ["/workspaces", "/home", "/root", ...(workspaceFolder === undefined ? [] : [workspaceFolder])];
  return mounts
    .filter(({ path: where, readOnly }) => readOnly && homes.some((home) => where.startsWith(`${home}/`)))
    .map(({ path: where }) => ({
      id: "read-only-mount-in-workspace",
      message: `the read-only mount ${shown(where)} lies in the workspace or a home folder: Envbuilder's change of owner stops there half-way, with a line in the log only; mount it elsewhere and link to it`,
    }));
}
