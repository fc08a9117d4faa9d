import { ValidationError, shown } from "../errors";
import { ipVersion } from "../settings/ip-address";
import { hasReference } from "../settings/text";

/**
 * Checks the names that a container resolves itself.
 *
 * @throws when a name is none or an address is none
 * @internal
 */
export function checkHosts(hosts: { readonly [name: string]: string }): void {
  for (const [name, address] of Object.entries(hosts)) {
    if (!/^[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9_])?$/.test(name)) {
      throw new ValidationError(
        "host-malformed",
        `hosts has the name ${shown(name)}, which must be a host's; write it as hosts: { "proxy.internal": "10.0.0.1" }`,
      );
    }
    if (ipVersion(address) === 0 && address !== "host-gateway" && !hasReference(address)) {
      throw new ValidationError(
        "host-malformed",
        `hosts.${name} ${shown(address)} must be an IP address, or host-gateway for the Docker host; write it as hosts: { "proxy.internal": "10.0.0.1" }`,
      );
    }
  }
}
