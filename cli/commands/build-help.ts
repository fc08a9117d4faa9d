import { shown } from "../../constructs/errors";
import { BuildHelp } from "../../constructs/envbuilder/build-help";
import { Distribution } from "../../constructs/envbuilder/distribution";
import { CaBundle } from "../../constructs/settings/ca-bundle";
import { Proxy } from "../../constructs/settings/proxy";
import { ExitCode } from "../exit-code";
import { proxyOfEnvironment, shownProxy } from "../network/proxy-address";
import { printable, printableJson } from "../report/printable";
import type { Terminal } from "../report/terminal";
import { UsageError } from "../usage-error";
import { refuseCredentials } from "./given-proxy";

export interface BuildHelpOptions {
  readonly proxy?: string;
  readonly ca?: readonly string[];
  readonly distribution: string;
  readonly json?: boolean;
}

/** `build-help`: what a repository needs so that its build sees the proxy and the certificates. */
export function buildHelp(options: BuildHelpOptions, terminal: Terminal): ExitCode {
  const distribution = distributionOf(options.distribution);
  const url = proxyUrl(options.proxy, terminal.environment);
  const files = options.ca ?? [];
  if (url === undefined && files.length === 0) {
    throw new UsageError(
      "a build needs nothing where there is neither a proxy nor a certificate; give --proxy, --ca or both",
    );
  }
  const help = BuildHelp.of({
    ...(url === undefined ? {} : { proxy: Proxy.containerWide({ url }) }),
    ...(files.length === 0 ? {} : { ca: CaBundle.fromFiles([...files]) }),
  });
  const [devcontainer, dockerfile] = [help.devcontainer(), help.dockerfile(distribution)];
  if (options.json === true) {
    const { buildArguments, notes } = help;
    terminal.out(
      `${printableJson({ buildArguments, devcontainer: devcontainer ?? null, dockerfile: dockerfile ?? null, notes })}\n`,
    );
    return ExitCode.GOOD;
  }
  const { bold } = terminal.colors;
  const parts = [
    ...(devcontainer === undefined ? [] : [`${bold("In devcontainer.json")}\n${devcontainer}\n`]),
    ...(dockerfile === undefined ? [] : [`${bold("In the Dockerfile, below each FROM")}\n${dockerfile}\n`]),
    ...help.notes.map((note) => `${printable(note)}\n`),
  ];
  terminal.out(parts.join("\n"));
  return ExitCode.GOOD;
}

/** Any kind of proxy will do here: nothing is connected to. */
function proxyUrl(given: string | undefined, environment: NodeJS.ProcessEnv): string | undefined {
  if (given !== undefined) {
    refuseCredentials("--proxy", given);
    return given;
  }
  // A host that no_proxy names by accident is unlikely.
  const proxy = proxyOfEnvironment({ host: "host.invalid", port: 443 }, environment);
  return proxy && shownProxy(proxy);
}

function distributionOf(name: string): Distribution {
  const known = new Map<string, Distribution>(Object.values(Distribution).map((one) => [one, one]));
  const found = known.get(name.toLowerCase());
  if (found !== undefined) return found;
  throw new UsageError(`--distribution ${shown(name)} must be one of ${[...known.keys()].join(", ")}`);
}
