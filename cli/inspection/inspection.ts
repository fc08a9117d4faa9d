import { type AttemptOptions, attemptDirectly, attemptThrough } from "../network/attempt";
import type { Endpoint } from "../network/endpoint";
import type { ProxyAddress } from "../network/proxy-address";
import type { Trust } from "../x509/trust";
import { type Route, judgeRoute } from "./route";
import { signerOf } from "./signer";

/** A server as it is seen directly and through a proxy. */
export interface Inspection {
  readonly target: Endpoint;
  readonly direct: Route;
  /** @default - there is no proxy */
  readonly proxied?: Route;
  /** The way that Envbuilder takes: through the proxy, where there is one. */
  readonly decisive: Route;
  /** Whether the proxy re-signs what passes it; undefined where that cannot be told. */
  readonly intercepts?: boolean;
  readonly trust: Trust;
  readonly now: Date;
}

export interface InspectionOptions extends AttemptOptions {
  readonly proxy?: ProxyAddress | undefined;
  readonly trust: Trust;
}

/** Connects both ways at once. */
export async function inspectServer(target: Endpoint, options: InspectionOptions): Promise<Inspection> {
  const { proxy, trust } = options;
  const now = new Date();
  const judged = async (attempt: ReturnType<typeof attemptDirectly>) => judgeRoute(await attempt, trust, now);
  const [direct, proxied] = await Promise.all([
    judged(attemptDirectly(target, options)),
    proxy && judged(attemptThrough(proxy, target, { timeoutMs: options.timeoutMs })),
  ]);
  const intercepts = proxied && isIntercepted(direct, proxied, trust);
  return {
    target,
    direct,
    ...(proxied === undefined ? {} : { proxied }),
    decisive: proxied ?? direct,
    ...(intercepts === undefined ? {} : { intercepts }),
    trust,
    now,
  };
}

/** A server has perhaps several certificates, but all of them from the same hands. */
function isIntercepted(direct: Route, proxied: Route, trust: Trust): boolean | undefined {
  const [plain] = direct.attempt.chain ?? [];
  const [seen] = proxied.attempt.chain ?? [];
  if (seen === undefined) return undefined;
  const signer = signerOf(proxied.attempt.chain ?? [], trust);
  if (plain === undefined) return signer.voucher === "public" ? false : undefined;
  if (plain.equals(seen) || plain.rawIssuer === seen.rawIssuer) return false;
  return !(signer.voucher === "public" && signerOf(direct.attempt.chain ?? [], trust).voucher === "public");
}
