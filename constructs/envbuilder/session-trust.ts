import { CaDelivery, type CaBundle } from "../settings/ca-bundle";
import { WorkspaceTrust } from "../settings/workspace-trust";

/** Where the script that installs certificates writes which file holds all authorities of the system. @internal */
export const SYSTEM_BUNDLE = "/.envbuilder/system-bundle";

/** What of the settings decides on what a session trusts. @internal */
export interface TrustSettings {
  readonly ca?: CaBundle;
  readonly trust?: WorkspaceTrust;
}

/** Who trusts the certificates once the workspace runs: nobody by those that are the clone's alone. @internal */
export function trustOf({ ca, trust }: TrustSettings): WorkspaceTrust {
  if (!ca || ca.delivery === CaDelivery.GIT_ONLY) return WorkspaceTrust.none();
  return trust ?? WorkspaceTrust.all();
}

/**
 * A line of shell that makes the variables of a session point at the system's own store, where that holds the certificates:
 * so they follow whatever is done to the store later. Until then, and elsewhere, they stay as the container has them.
 *
 * @returns undefined where the store is not used
 * @internal
 */
export function sessionTrust(settings: TrustSettings): string | undefined {
  const trust = trustOf(settings);
  if (!trust.systemStore) return undefined;
  const variables = ["SSL_CERT_FILE", ...trust.variables].map((name) => `${name}="$ca_bundle"`);
  return `ca_bundle=$(cat ${SYSTEM_BUNDLE} 2>/dev/null) && export ${variables.join(" ")}`;
}
