import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { ExitCode } from "../../cli/exit-code";
import { Certificate } from "../certificates";
import { scratchFolder } from "../scratch";
import { tlsServer, tunnelTo } from "./servers";
import { cli } from "./terminal";

const root = new Certificate({ commonName: "Example Root" });
const other = new Certificate({ commonName: "Other Root" });
const own = new Certificate({ commonName: "git.test", hosts: ["git.test"], isAuthority: false, issuer: root });

interface Json {
  readonly proxies: Readonly<Record<string, string>>;
  readonly certificates: readonly { readonly name: string; readonly count: number; readonly fault: string | null }[];
  readonly ailments: readonly { readonly code: string; readonly level: string; readonly message: string }[];
  readonly servers: readonly {
    readonly host: string;
    readonly origin: string;
    readonly signer: string | null;
    readonly programs: readonly {
      readonly name: string;
      readonly trusted: boolean;
      readonly error: string | null;
      readonly proxy: string | null;
    }[];
  }[];
}

async function asked(environment: NodeJS.ProcessEnv, ...servers: string[]): Promise<Json & { status: ExitCode }> {
  const { out, status } = await cli(["doctor", ...servers, "--json", "--timeout", "2"], environment);
  const json: Json = JSON.parse(out);
  return { ...json, status };
}

async function codes(environment: NodeJS.ProcessEnv): Promise<string[]> {
  return (await asked(environment)).ailments.map(({ code }) => code);
}

function file(...certificates: Certificate[]): string {
  const path = join(mkdtempSync(join(scratchFolder(), "doctor-")), "ca.pem");
  writeFileSync(path, certificates.map(({ pem }) => pem).join(""));
  return path;
}

/** The names of those that trust the first server. */
function trusted({ servers }: Json): string[] | undefined {
  return servers[0]?.programs.filter((one) => one.trusted).map(({ name }) => name);
}

const PROXY = "http://proxy.test:3128";
const GO = ["Envbuilder", "agent"];
const OTHERS = ["curl", "wget", "Git", "Node.js", "Python", "requests"];

describe("doctor", () => {
  test.each<[string, NodeJS.ProcessEnv, string[]]>([
    ["nothing", {}, []],
    ["both spellings alike", { https_proxy: PROXY, HTTPS_PROXY: PROXY, no_proxy: "a.test", NO_PROXY: "a.test" }, []],
    [
      "spellings that differ",
      { https_proxy: PROXY, HTTPS_PROXY: "http://other.test:1" },
      ["https-proxy-spellings-disagree"],
    ],
    ["hosts that differ", { no_proxy: "a.test", NO_PROXY: "b.test" }, ["no-proxy-spellings-disagree"]],
    ["capitals alone", { HTTPS_PROXY: PROXY }, ["https-proxy-in-capitals-only"]],
    ["a proxy for http alone", { http_proxy: PROXY }, ["http-proxy-alone"]],
    ["a proxy that is no URL", { https_proxy: "http://proxy.test:port" }, ["proxy-url-malformed"]],
    ["a host that Go never finds", { no_proxy: "good.test, http://bad.test" }, ["no-proxy-malformed"]],
    ["an option that does not exist", { ENVBUILDER_SSL_CERT_FILE: "/x" }, ["ssl-cert-option-does-not-exist"]],
    ["compiled-in authorities", { GO_ROOTCERTS_ENABLE: "1" }, ["embedded-roots-hide-ca"]],
    [
      "verification switched off",
      { NODE_TLS_REJECT_UNAUTHORIZED: "0", GIT_SSL_NO_VERIFY: "true" },
      ["verification-off", "verification-off"],
    ],
    ["a file that is missing", { SSL_CERT_FILE: "/nowhere.pem" }, ["ca-file-useless"]],
    ["a directory for a file", { SSL_CERT_FILE: scratchFolder() }, ["ca-file-useless"]],
    ["a file for a directory", { SSL_CERT_DIR: __filename }, ["ca-file-useless"]],
    ["a file without certificates", { NODE_EXTRA_CA_CERTS: __filename }, ["ca-file-useless"]],
  ])("tells of %s", async (_, environment, wanted) => {
    expect(await codes(environment)).toEqual(wanted);
  });

  test("tells of expired certificates, and of files that differ", async () => {
    const old = file(new Certificate({ beginsInDays: -20, endsInDays: -10 }));
    const [one, two] = [file(root), file(root, other)];

    expect(await codes({ SSL_CERT_FILE: old })).toEqual(["ca-expired"]);
    expect(await codes({ SSL_CERT_FILE: one, REQUESTS_CA_BUNDLE: two, NODE_EXTRA_CA_CERTS: two })).toEqual([
      "ca-variables-disagree",
    ]);
    expect(await codes({ SSL_CERT_FILE: one, REQUESTS_CA_BUNDLE: file(root) })).toEqual([]);
  });

  test("never shows a user or a password", async () => {
    const environment = {
      https_proxy: "http://user:hunter2@proxy.test:3128",
      HTTPS_PROXY: "http://user:hunter2@[bad",
      no_proxy: "x",
    };

    const outputs = [await cli(["doctor"], environment), await cli(["doctor", "--json"], environment)];

    for (const { out } of outputs) {
      expect(out).not.toMatch(/hunter2|user:/);
      expect(out).toContain("http://…@proxy.test:3128");
    }
  });

  test("says of each program whether it trusts a server", async () => {
    const port = await tlsServer([own]);
    const proxy = await tunnelTo(port);
    const ca = file(root);
    const proxies = { https_proxy: `http://127.0.0.1:${proxy}`, HTTPS_PROXY: `http://127.0.0.1:${proxy}` };

    const before = await asked(proxies, "git.test");
    const after = await asked({ ...proxies, SSL_CERT_FILE: ca, NODE_EXTRA_CA_CERTS: ca }, "git.test");

    expect(before.status).toBe(ExitCode.BAD);
    expect(trusted(before)).toEqual([]);
    expect(before.servers[0]?.programs[0]?.error).toBe(
      "tls: failed to verify certificate: x509: certificate signed by unknown authority",
    );
    expect(before.servers[0]?.signer).toBe("CN=Example Root");
    expect(trusted(after)).toEqual(["Envbuilder", "agent", "curl", "Node.js", "Python"]);
  });

  test("goes each program's own way where the spellings differ", async () => {
    const port = await tlsServer([own]);
    const [capitals, small] = [await tunnelTo(port), await tunnelTo(port)];
    const environment = { HTTPS_PROXY: `http://127.0.0.1:${capitals}`, https_proxy: `http://127.0.0.1:${small}` };

    const { servers } = await asked(environment, "git.test");

    const ways = Object.fromEntries((servers[0]?.programs ?? []).map(({ name, proxy }) => [name, proxy]));
    expect(ways).toMatchObject({
      Envbuilder: `http://127.0.0.1:${capitals}`,
      agent: `http://127.0.0.1:${capitals}`,
      curl: `http://127.0.0.1:${small}`,
      wget: `http://127.0.0.1:${small}`,
    });
  });

  test("tries the servers that Coder's and Envbuilder's variables name, each once", async () => {
    const environment = {
      CODER_AGENT_URL: "https://127.0.0.1:1/",
      ENVBUILDER_GIT_URL: "https://token@127.0.0.1:2/team/app.git#main",
      ENVBUILDER_CACHE_REPO: "127.0.0.1:3/cache/app",
      CODER_URL: "http://127.0.0.1:4",
      CODER_ACCESS_URL: "https://127.0.0.1:1",
    };

    const { servers, status } = await asked(environment, "127.0.0.1:5");

    expect(servers.map(({ origin }) => origin)).toEqual([
      "argument",
      "CODER_AGENT_URL",
      "ENVBUILDER_GIT_URL",
      "ENVBUILDER_CACHE_REPO",
    ]);
    expect(status).toBe(ExitCode.NO_ANSWER);
  });

  test("does not take a SOCKS proxy for none", async () => {
    const { servers, status } = await asked(
      { https_proxy: "socks5://127.0.0.1:1", HTTPS_PROXY: "socks5://127.0.0.1:1" },
      "git.test",
    );

    expect(status).toBe(ExitCode.NO_ANSWER);
    expect(new Set(servers[0]?.programs.map(({ error, trusted: is }) => `${is} ${error}`))).toEqual(
      new Set(["false a SOCKS proxy is not tried", "false null"]),
    );
  });

  test.each([
    ["the proxy cannot be reached: nothing listens on this port", ""],
    ["the proxy refuses to connect (403 Forbidden)", "403 Forbidden"],
    ["the proxy asks for a user and a password", "407 Proxy Authentication Required"],
  ])("says to programs that are not Go's in plain words: %s", async (words, refusal) => {
    const port = refusal === "" ? 1 : await tunnelTo(1, () => `HTTP/1.1 ${refusal}\r\n\r\n`);
    const proxy = `http://127.0.0.1:${port}`;

    const { out, status } = await cli(["doctor", "git.test"], { https_proxy: proxy, HTTPS_PROXY: proxy });

    const said = new Map(
      [...out.matchAll(/^ {2}(\S+) +fails: (.*) \(through /gm)].map(([, name = "", text = ""]) => [name, text]),
    );
    const goError = refusal === "" ? "proxyconnect tcp: dial tcp 127.0.0.1:1" : refusal.slice(4);
    expect(status).toBe(ExitCode.NO_ANSWER);
    expect([...said.keys()]).toEqual([...GO, ...OTHERS]);
    for (const name of GO) expect(said.get(name)).toContain(goError);
    for (const name of OTHERS) {
      expect(said.get(name)?.startsWith(words)).toBe(true);
      expect(said.get(name)).not.toMatch(/dial tcp|\.$/);
    }
  });

  test("says that it knows no server", async () => {
    const { out, status } = await cli(["doctor"], {});

    expect(status).toBe(ExitCode.GOOD);
    expect(out).toContain("no proxy and no certificates are named");
    expect(out).toContain("No server is known");
  });
});
