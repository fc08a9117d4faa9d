import { posix } from "node:path";

/**
 * Whether a path starts at the root and is written the shortest way: programs compare paths letter by letter, so that
 * `/certs/` is not `/certs`. The root itself is none: nothing here may have all of a filesystem.
 *
 * @internal
 */
export function isPlainAbsolutePath(value: string): boolean {
  return posix.isAbsolute(value) && posix.normalize(value) === value && !value.endsWith("/");
}

/**
 * Whether one path is the other or lies below it.
 *
 * @internal
 */
export function isWithin(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(`${outer}/`);
}
