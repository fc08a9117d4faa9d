import { planContainer } from "../../../constructs/envbuilder/container-plan";
import type { EnvbuilderSettings } from "../../../constructs/envbuilder/envbuilder-settings";
import { Proxy } from "../../../constructs/settings/proxy";
import { literalOf } from "../../../constructs/settings/text";
import { type ContainerResult, EnvbuilderContainer } from "./envbuilder-container";
import type { ProxyNetwork } from "./proxy-network";

const CA = "/.envbuilder/certs/ca.pem";

export interface PlannedRun {
  /** @default - prints MARKER */
  readonly initScript?: string;
  /** Further arguments of `docker create`. @default - none */
  readonly args?: readonly string[];
  /** What Envbuilder trusts. @default - the proxy's authority */
  readonly certificate?: string;
}

/**
 * Envbuilder behind the proxy with the environment that settings plan, without Terraform: for what is about Envbuilder itself.
 * Values by reference are empty.
 */
export async function runPlanned(
  lab: ProxyNetwork,
  name: string,
  settings: EnvbuilderSettings,
  { initScript = "echo MARKER", args = [], certificate = lab.certificates.proxyCa }: PlannedRun = {},
): Promise<ContainerResult> {
  const proxy = Proxy.containerWide({ url: lab.proxy.url() });
  const plan = planContainer({ proxy, ...settings }, { initScript: [initScript] });
  const planned = plan.env.map(({ name: variable, value }) => [variable, literalOf(value) ?? ""]);
  return await EnvbuilderContainer.run(name, {
    env: { ...Object.fromEntries(planned), SSL_CERT_FILE: CA },
    args: [...lab.containerArgs, "--volume", `${certificate}:${CA}:ro`, ...args],
  });
}
