import { ValidationError, shown } from "../errors";
import { isPlainAbsolutePath, isWithin } from "../settings/absolute-path";
import { hasReference } from "../settings/text";
import type { Warning } from "../settings/warning";
import { CA_FOLDERS } from "./ca-contribution";
import { SCRIPTS } from "./carried-script";
import { KNOWN_HOSTS_FOLDER } from "./git-credentials-contribution";
import { SYSTEM_BUNDLE } from "./session-trust";

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

/** What Envbuilder and its kaniko keep below Envbuilder's directory, beside folders with numbers. */
const TAKEN = "bin built .docker Dockerfile environ features image mnt repo stages buildcontext"
  .split(" ")
  .map((name) => `/.envbuilder/${name}`);
const OWN = [...TAKEN, ...CA_FOLDERS, KNOWN_HOSTS_FOLDER, SCRIPTS, SYSTEM_BUNDLE];

/**
 * Checks the mounts that the author of a template adds.
 *
 * @throws when two share a path or one would break the build
 * @internal
 */
export function checkMounts(prop: string, mounts: readonly ContainerMount[]): void {
  for (const [index, mount] of mounts.entries()) {
    const at = `${prop}[${index}]`;
    const twin = mounts.findIndex((other) => other.path === mount.path);
    if (twin !== index) {
      throw new ValidationError(
        "mount-path-twice",
        `${at} and ${prop}[${twin}] are both mounted at ${shown(mount.path)}; move one of them`,
      );
    }
    if (!hasReference(mount.path)) checkPlace(at, mount.path);
  }
}

function checkPlace(at: string, where: string): void {
  if (!isPlainAbsolutePath(where)) {
    throw new ValidationError(
      "mount-path-malformed",
      `${at} ${shown(where)} must be an absolute, normalized path in the container below /; write it from the root, without .. or a trailing slash`,
    );
  }
  const store = certificateStoreAt(where);
  if (store !== undefined) {
    throw new ValidationError(
      "mount-over-certificate-store",
      `${at} ${shown(where)} hides the image's certificate store in ${store} and breaks every package that writes it; give certificates as ca`,
    );
  }
  const link = IMAGE_LINKS.find((folder) => isWithin(where, folder));
  if (link !== undefined) {
    throw new ValidationError(
      "mount-below-image-symlink",
      `${at} ${shown(where)} lies in ${link}, a symbolic link in most images, so that unpacking one fails at the busy mount; mount it at the link's target, such as /usr${link}`,
    );
  }
  if (where === "/.envbuilder" || OWN.some((taken) => isWithin(where, taken)) || isStage(where)) {
    throw new ValidationError(
      "mount-in-envbuilder-directory",
      `${at} ${shown(where)} is where Envbuilder or this library keeps files of its own; choose another name below /.envbuilder`,
    );
  }
}

/** The certificate store that a path of the container hides or lies in. @internal */
export function certificateStoreAt(where: string): string | undefined {
  return CERTIFICATE_STORES.find((store) => isWithin(where, store) || isWithin(store, where));
}

function isStage(where: string): boolean {
  return /^\/\.envbuilder\/\d+(?:\/|$)/.test(where);
}

/** What is allowed of mounts and probably not meant. @internal */
export function mountWarnings(mounts: readonly ContainerMount[], workspaceFolder: string | undefined): Warning[] {
  return [...readOnlyWarnings(mounts, workspaceFolder), ...homeWarnings(mounts)];
}

/** Envbuilder unpacks nothing into what is mounted. */
function homeWarnings(mounts: readonly ContainerMount[]): Warning[] {
  return mounts
    .filter(({ path: where }) => /^\/(?:root|home(?:\/[^/]+)?)$/.test(where))
    .map(({ path: where }) => ({
      id: "mount-hides-image-home",
      message: `the mount ${shown(where)} hides what the image has in the home folder, such as the settings of its shell; mount a folder below it, or fill it in a postCreateCommand`,
    }));
}

function readOnlyWarnings(mounts: readonly ContainerMount[], workspaceFolder: string | undefined): Warning[] {
  const homes = ["/workspaces", "/home", "/root", ...(workspaceFolder === undefined ? [] : [workspaceFolder])];
  return mounts
    .filter(({ path: where, readOnly }) => readOnly && homes.some((home) => isWithin(where, home)))
    .map(({ path: where }) => ({
      id: "read-only-mount-in-workspace",
      message: `the read-only mount ${shown(where)} lies in the workspace or a home folder: Envbuilder's change of owner stops there half-way, with a line in the log only; mount it elsewhere and link to it`,
    }));
}
