import { isIP } from "node:net";

/**
 * The version of IP that an address has, 0 for what is none.
 *
 * Node's own takes 5 ms when it is first asked, for its patterns. Names are what is asked of mostly, and need none of it.
 *
 * @internal
 */
export function ipVersion(text: string): number {
  return text.includes(":") || /^[\d.]+$/.test(text) ? isIP(text) : 0;
}
