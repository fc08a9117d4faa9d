/**
 * What Envbuilder needs to build any image, measured with several users, packages and owners in it.
 *
 * @internal
 */
export const BUILD_CAPABILITIES: readonly string[] = ["CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"];

/** Capabilities as one spells them here, in capitals and without CAP_; what is no list has none. @internal */
export function capabilityNames(names: unknown): string[] {
  const list: unknown[] = Array.isArray(names) ? names : [];
  return list.map((name) => String(name).toUpperCase().replace(/^CAP_/, ""));
}
