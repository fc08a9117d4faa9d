import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { certificates } from "./certificates";
import { FlowLog } from "./flow-log";
import { startProcess, stopProcess, waitForPort } from "./processes";
import { settings } from "./settings";
import { statePath } from "./state";
import { tool } from "./tools";

export interface ProxyOptions {
  /** Unless it is the default proxy, a port of its own. @default 8080 */
  readonly port?: number;
  /** Whether it speaks HTTP/2, as mitmproxy would unless told otherwise. @default false */
  readonly http2?: boolean;
  /** Whether it is a SOCKS proxy rather than one for HTTP. @default false */
  readonly socks?: boolean;
  /** Asks for these credentials, "user:password". @default - open to all */
  readonly credentials?: string;
  /** Where its authority is, as `mitmproxy-ca.pem`: key, certificate, and what of its issuers it is to send. @default - the lab's, which is not sent */
  readonly authorityFolder?: string;
}

/** A real mitmproxy on the isolated network, by the name proxy.test, that decrypts and re-signs whatever passes. */
export class InterceptingProxy {
  public readonly flows: FlowLog;

  private constructor(
    public readonly name: string,
    public readonly port: number,
  ) {
    this.flows = new FlowLog(statePath("flows", `${name}.jsonl`));
  }

  /** The one that the lab has always. */
  public static default(): InterceptingProxy {
    return new InterceptingProxy("proxy", settings.ports.proxy);
  }

  public static async start(name: string, options: ProxyOptions = {}): Promise<InterceptingProxy> {
    const proxy = new InterceptingProxy(name, options.port ?? settings.ports.proxy);
    mkdirSync(statePath("flows"), { recursive: true });
    const files = certificates();
    const set = {
      confdir: options.authorityFolder ?? files.proxyFolder,
      http2: options.http2 === true,
      ssl_verify_upstream_trusted_ca: files.upstreamCa,
      // Else it holds a whole layer back before the client sees the first byte.
      stream_large_bodies: "1m",
      ...(options.credentials === undefined ? {} : { proxyauth: options.credentials }),
    };
    const address = ["--listen-host", settings.isolated.gateway, "--listen-port", String(proxy.port)];
    const mode = options.socks === true ? ["--mode", "socks5"] : [];
    const values = Object.entries(set).flatMap(([key, value]) => ["--set", `${key}=${value}`]);
    startProcess(name, tool("mitmproxy"), [...address, ...mode, ...values, "-s", join(__dirname, "proxy_addon.py")], {
      env: {
        ...process.env,
        ROUTES: JSON.stringify(routes()),
        FLOWS: statePath("flows", `${name}.jsonl`),
        PYTHONUNBUFFERED: "1",
        PYTHONDONTWRITEBYTECODE: "1",
      },
    });
    await waitForPort(name, settings.isolated.gateway, proxy.port);
    return proxy;
  }

  /** As a container is told it. The scheme is that of the connection to the proxy itself. */
  public url(options: { readonly scheme?: "http" | "https" | "socks5"; readonly credentials?: string } = {}): string {
    const [user, password] = options.credentials?.split(":", 2).map(encodeURIComponent) ?? [];
    const credentials = user === undefined ? "" : `${user}:${password}@`;
    return `${options.scheme ?? "http"}://${credentials}proxy.test:${this.port}`;
  }

  /** As this machine is told it, which does not know the name. */
  public get addressUrl(): string {
    return `http://${settings.isolated.gateway}:${this.port}`;
  }

  public async stop(): Promise<void> {
    await stopProcess(this.name);
  }
}

function routes(): Record<string, string> {
  const { ports, open, registryPort, privateRegistryPort, otherRegistryPort } = settings;
  return {
    [`git.test:${ports.git}`]: `${open.gateway}:${ports.git}`,
    [`git.test:${ports.ssh}`]: `${open.gateway}:${ports.ssh}`,
    [`registry.test:${ports.registry}`]: `127.0.0.1:${registryPort}`,
    [`registry-private.test:${ports.privateRegistry}`]: `127.0.0.1:${privateRegistryPort}`,
    [`registry-other.test:${ports.otherRegistry}`]: `127.0.0.1:${otherRegistryPort}`,
  };
}
