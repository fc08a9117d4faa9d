import type { Inspection } from "../inspection/inspection";
import type { Route } from "../inspection/route";
import { signerName, signerOf } from "../inspection/signer";
import { shownProxy } from "../network/proxy-address";
import type { Trust } from "../x509/trust";
import { certificateFacts } from "./certificate-facts";
import type { Remedy } from "./remedy";

/** The inspection for programs. New properties may come; none changes its meaning. */
export function inspectionJson(inspection: Inspection, remedy: Remedy, snippet: readonly string[]): object {
  const { target, direct, proxied, decisive, intercepts, trust } = inspection;
  return {
    host: target.host,
    port: target.port,
    trusted: decisive.obstacle === undefined,
    code: decisive.obstacle?.code ?? null,
    error: decisive.obstacle?.error ?? null,
    intercepted: intercepts ?? null,
    direct: route(direct, trust),
    proxied: proxied === undefined ? null : route(proxied, trust),
    remedy: remedy.sentences,
    commands: remedy.commands,
    template: snippet,
  };
}

function route({ attempt, obstacle }: Route, trust: Trust): object {
  const { proxy, address, protocol, alpn, chain, proxyChain, http2Failure, failure } = attempt;
  const signer = chain && signerOf(chain, trust);
  return {
    proxy: proxy === undefined ? null : shownProxy(proxy),
    address: address ?? null,
    protocol: protocol ?? null,
    alpn: alpn ?? null,
    chain: (chain ?? []).map(certificateFacts),
    signer:
      signer === undefined
        ? null
        : {
            subject: signerName(signer),
            known: signer.voucher,
            sent: signer.isServed,
          },
    proxyChain: (proxyChain ?? []).map(certificateFacts),
    proxyOffersHttp2: http2Failure !== undefined,
    code: obstacle?.code ?? null,
    error: obstacle?.error ?? null,
    explanation: failure?.explanation ?? obstacle?.explanation ?? null,
  };
}
