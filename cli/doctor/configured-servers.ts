import { type Endpoint, readEndpoint } from "../network/endpoint";
import { UsageError } from "../usage-error";

/** A server that the environment or the caller names. */
export interface ConfiguredServer {
  readonly endpoint: Endpoint;
  /** The variable, or `argument`. */
  readonly origin: string;
}

/** Variables of Coder and Envbuilder that name servers; an image's name may stand there without a scheme. */
const NAMES = ["CODER_AGENT_URL", "CODER_URL", "CODER_ACCESS_URL", "ENVBUILDER_GIT_URL", "ENVBUILDER_CACHE_REPO"];

/**
 * The servers to try, each once: those of the arguments, then those of the environment that are reached by TLS.
 *
 * @throws when an argument names none
 */
export function configuredServers(
  given: readonly string[],
  environment: NodeJS.ProcessEnv,
): readonly ConfiguredServer[] {
  const found = [
    ...given.map((text) => ({ endpoint: readEndpoint(text), origin: "argument" })),
    ...NAMES.flatMap((origin) => {
      const endpoint = ofVariable(environment[origin] ?? "");
      return endpoint === undefined ? [] : [{ endpoint, origin }];
    }),
  ];
  const keys = found.map(({ endpoint: { host, port } }) => `${host}:${port}`);
  return found.filter((_, index) => keys.indexOf(keys[index] ?? "") === index);
}

function ofVariable(value: string): Endpoint | undefined {
  // Neither http:// nor ssh:// is TLS; of a registry's reference the part before the first slash is the host.
  if (value === "" || /^(?!https:)[a-z][a-z0-9+.-]*:\/\//i.test(value) || /^[^/]+@/.test(value)) return undefined;
  try {
    return readEndpoint(value.startsWith("https:") ? value : (value.split("/")[0] ?? ""));
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}
