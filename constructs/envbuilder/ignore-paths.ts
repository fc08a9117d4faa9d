import { ValidationError, shown } from "../errors";
import { isPlainAbsolutePath, isWithin } from "../settings/absolute-path";
import { hasReference } from "../settings/text";
import { UnicodePattern } from "../unicode-pattern";
import { certificateStoreAt } from "./container-mount";

const NOT_IN_PATH = new UnicodePattern(String.raw`[\s,"*?[\]\\\p{C}]`);

/** What Envbuilder leaves alone when ENVBUILDER_IGNORE_PATHS is not set; setting it replaces these. */
const DEFAULT_IGNORE_PATHS = ["/var/run", "/product_uuid", "/product_name"];

/** Read-only mounts below these stay where they are without being named. */
const NEVER_MOVED = ["/dev", "/proc", "/sys", "/.envbuilder", "/etc/resolv.conf"];

/**
 * The value of ENVBUILDER_IGNORE_PATHS, or undefined where Envbuilder's own default will do.
 *
 * Envbuilder moves every read-only mount that no ignored path covers out of the way while it builds, which takes
 * CAP_SYS_ADMIN: without it the build ends with "temp remount". So read-only mounts are ignored, too.
 *
 * @param extra - paths that the author wants left alone
 * @param readOnlyMounts - where the container has read-only mounts
 * @throws when a path would not match what it is meant to
 * @internal
 */
export function ignorePaths(
  prop: string,
  extra: readonly string[],
  readOnlyMounts: readonly string[],
): string | undefined {
  for (const [index, one] of extra.entries()) {
    checkIgnorePath(`${prop}[${index}]`, one);
    checkStore(`${prop}[${index}]`, one);
  }
  const covered = [...DEFAULT_IGNORE_PATHS, ...NEVER_MOVED, ...extra];
  const uncovered = readOnlyMounts.filter((mount) => !covered.some((folder) => isWithin(mount, folder)));
  for (const mount of uncovered) checkIgnorePath("the read-only mount", mount);
  const added = [...new Set([...extra, ...uncovered])].filter((one) => !DEFAULT_IGNORE_PATHS.includes(one));
  return added.length === 0 ? undefined : [...DEFAULT_IGNORE_PATHS, ...added.sort()].join(",");
}

function checkIgnorePath(at: string, value: string): void {
  if (hasReference(value)) return;
  const refuse = (rule: string): never => {
    throw new ValidationError(
      "ignore-path-malformed",
      `${at} ${shown(value)} ${rule}; write the mount's path as it is mounted, such as "/certs"`,
    );
  };
  if (value === "/") refuse("would make Envbuilder leave the whole filesystem alone");
  if (!isPlainAbsolutePath(value)) {
    refuse(
      "must be absolute, normalized and without a trailing slash: Envbuilder compares it with mount points letter by letter",
    );
  }
  if (NOT_IN_PATH.test(value)) {
    refuse(
      "must be free of blanks, commas, quotes and the pattern characters * ? [ ] \\, which the list or the matching would read otherwise",
    );
  }
}

function checkStore(at: string, value: string): void {
  const store = certificateStoreAt(value);
  if (store === undefined) return;
  throw new ValidationError(
    "ignored-certificate-store",
    `${at} ${shown(value)} makes Envbuilder drop what the image has in its certificate store ${store}; leave it out, and give certificates as ca`,
  );
}
