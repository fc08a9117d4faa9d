import { execFileSync } from "node:child_process";
import { createServer as createProxy } from "node:http";
import { connect } from "node:net";
import { writeFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";

import { commandLine } from "./lab/command-line";
import { EnvbuilderContainer } from "./lab/envbuilder-container";
import { InterceptingProxy } from "./lab/intercepting-proxy";
import { ProxyNetwork } from "./lab/proxy-network";
import { settings } from "./lab/settings";
import { stateFolder } from "./lab/state";

// Real proxies, intercepting and not: what `inspect` says of the way through them is what the real Envbuilder says when it
// clones through them.

interface Inspected {
  readonly trusted: boolean;
  readonly code: string | null;
  readonly error: string | null;
  readonly intercepted: boolean | null;
  readonly proxied: { readonly signer: { readonly subject: string; readonly known: string } | null };
  readonly remedy: readonly string[];
  readonly template: readonly string[];
}

let lab: ProxyNetwork;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
});

async function inspect(
  proxy: string,
  env: NodeJS.ProcessEnv = {},
  ...args: string[]
): Promise<Inspected & { status: number }> {
  const where = ["inspect", "git.test", "--address", settings.open.gateway, "--proxy", proxy, "--json"];
  const { status, stdout, stderr } = await commandLine([...where, ...args], env);
  if (stdout === "") throw new Error(stderr);
  const found: Inspected = JSON.parse(stdout);
  return { ...found, status };
}

/** What Envbuilder says of the clone through a proxy; nothing where it succeeds. */
async function cloned(name: string, proxy: string, ca?: string): Promise<string | undefined> {
  const url = await lab.repository("cli", { "readme.txt": "hello" });
  const { text } = await EnvbuilderContainer.run(name, {
    env: {
      ENVBUILDER_GIT_URL: url,
      ENVBUILDER_INIT_SCRIPT: "true",
      https_proxy: proxy,
      ...(ca === undefined ? {} : { SSL_CERT_FILE: "/.envbuilder/certs/ca.pem" }),
    },
    args: lab.containerArgs,
    upload: ca === undefined ? {} : { "/.envbuilder/certs/ca.pem": ca },
  });
  const error = /info\/refs\?service=git-upload-pack": (.*)/.exec(text)?.[1]?.trim();
  if (error === undefined && !text.includes("Cloned repository")) throw new Error(text);
  return error;
}

test("an intercepting proxy, and nobody told of its authority", async () => {
  const found = await inspect(lab.proxy.addressUrl);
  const error = await cloned("cli-unknown", lab.proxy.url());

  expect(found).toMatchObject({ status: 1, code: "unknown-authority", intercepted: true, error });
  expect(error).toBe("tls: failed to verify certificate: x509: certificate signed by unknown authority");
  expect(found.proxied.signer?.subject).toContain("Example Corp TLS Inspection");
});

test("an intercepting proxy, with its authority", async () => {
  const { proxyCa } = lab.certificates;
  const found = await inspect(lab.proxy.addressUrl, {}, "--ca", proxyCa);
  const error = await cloned("cli-known", lab.proxy.url(), proxyCa);

  expect(found).toMatchObject({ status: 0, trusted: true, intercepted: true, error: null });
  expect(found.proxied.signer).toMatchObject({ known: "given" });
  expect(found.template).toEqual([
    `proxy: Proxy.containerWide({ url: "${lab.proxy.addressUrl}" }),`,
    `ca: CaBundle.fromFile(${JSON.stringify(proxyCa)}), // the proxy's authority`,
  ]);
  expect(error).toBeUndefined();
});

test("an intercepting proxy, with the authority of the server instead", async () => {
  const { upstreamCa } = lab.certificates;
  const found = await inspect(lab.proxy.addressUrl, {}, "--ca", upstreamCa);
  const error = await cloned("cli-upstream", lab.proxy.url(), upstreamCa);

  expect(found).toMatchObject({ status: 1, intercepted: true, error });
  expect(error).toContain("x509");
});

test("a proxy that asks for credentials", async () => {
  const credentials = "us@er:p/w";
  const proxy = await InterceptingProxy.start("cli-closed", { port: 8085, credentials });
  const { proxyCa } = lab.certificates;
  const withUser = proxy.addressUrl.replace("//", "//us%40er:p%2Fw@");

  const without = await inspect(proxy.addressUrl, {}, "--ca", proxyCa);
  const given = await inspect(proxy.addressUrl, { HTTPS_PROXY: withUser }, "--ca", proxyCa);
  const errors = [
    await cloned("cli-closed-without", proxy.url(), proxyCa),
    await cloned("cli-closed-given", proxy.url({ credentials }), proxyCa),
  ];
  await proxy.stop();

  expect(without).toMatchObject({ status: 3, code: "proxy-authentication", error: errors[0] });
  expect(without.error).toBe("Proxy Authentication Required");
  expect(given).toMatchObject({ status: 0, error: null });
  expect(errors[1]).toBeUndefined();
});

test("a proxy that refuses the server", async () => {
  const { proxyCa } = lab.certificates;
  const { stdout, status } = await commandLine([
    "inspect",
    "elsewhere.test",
    "--proxy",
    lab.proxy.addressUrl,
    "--ca",
    proxyCa,
    "--json",
  ]);
  const { text } = await EnvbuilderContainer.run("cli-refused", {
    env: {
      ENVBUILDER_GIT_URL: "https://elsewhere.test/x.git",
      ENVBUILDER_INIT_SCRIPT: "true",
      https_proxy: lab.proxy.url(),
    },
    args: lab.containerArgs,
  });
  const error = /info\/refs\?service=git-upload-pack": (.*)/.exec(text)?.[1]?.trim();

  expect(status).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({ error });
});

test.each([
  { http2: false, code: null },
  { http2: true, code: "proxy-http2" },
])("an https:// proxy with HTTP/2: $http2", async ({ http2, code }) => {
  const proxy = await InterceptingProxy.start(`cli-https-${http2}`, { port: http2 ? 8086 : 8087, http2 });
  const { proxyCa } = lab.certificates;
  const url = proxy.addressUrl.replace("http:", "https:");

  const untold = await inspect(url);
  const told = await inspect(url, {}, "--ca", proxyCa);
  const errors = [await cloned("cli-https-untold", url), await cloned("cli-https-told", url, proxyCa)];
  await proxy.stop();

  expect(untold.error).toBe(errors[0]);
  expect(errors[0]).toContain("proxyconnect tcp: tls: failed to verify certificate: x509");
  expect(told.error ?? undefined).toBe(errors[1]);
  expect(told.code).toBe(code);
});

test("a proxy that passes TLS through", async () => {
  const target = { host: settings.open.gateway, port: settings.ports.git };
  const proxy = createProxy().on("connect", (_, client, head) => {
    const server = connect(target, () => {
      client.write("HTTP/1.1 200 OK\r\n\r\n");
      server.write(head);
      server.pipe(client).pipe(server);
    });
    server.on("error", () => client.destroy());
    client.on("error", () => server.destroy());
  });
  await new Promise<void>((done) => proxy.listen(8088, lab.gateway, done));
  const { upstreamCa } = lab.certificates;

  const found = await inspect(`http://${lab.gateway}:8088`, {}, "--ca", upstreamCa);
  const error = await cloned("cli-through", `http://${lab.gateway}:8088`, upstreamCa);
  proxy.close();

  expect(found).toMatchObject({ status: 0, intercepted: false, trusted: true });
  expect(error).toBeUndefined();
});

test("the openssl line that is printed for a certificate without subjectAltName makes one that Envbuilder trusts", async () => {
  const folder = stateFolder("cli-openssl");
  const at = (name: string) => join(folder, name);
  const legacy = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=git.test", "-days", "2"];
  execFileSync("openssl", [...legacy, "-keyout", at("old.key"), "-out", at("old.pem")], { stdio: "ignore" });
  const serve = async (certificate: string, key: string) => {
    const server = createTlsServer({ cert: readFileSync(at(certificate)), key: readFileSync(at(key)) }, (socket) => {
      socket
        .on("error", () => undefined)
        .once("data", () => socket.end("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));
    });
    await new Promise<void>((done) => server.listen(8089, lab.gateway, done));
    return server;
  };
  const ask = async (ca: string): Promise<{ error: string | null; commands: string[] }> => {
    const args = ["inspect", "git.test:8089", "--address", lab.gateway, "--ca", at(ca), "--json"];
    const { stdout } = await commandLine(args);
    return JSON.parse(stdout);
  };
  const clone = async (ca: string) =>
    await EnvbuilderContainer.run("cli-openssl", {
      env: {
        ENVBUILDER_GIT_URL: "https://git.test:8089/x.git",
        ENVBUILDER_INIT_SCRIPT: "true",
        SSL_CERT_FILE: "/.envbuilder/certs/ca.pem",
      },
      args: [...lab.containerArgs, "--add-host", `git.test:${lab.gateway}`],
      upload: { "/.envbuilder/certs/ca.pem": at(ca) },
    });

  const old = await serve("old.pem", "old.key");
  const before = await ask("old.pem");
  const refused = await clone("old.pem");
  old.close();
  writeFileSync(at("make.sh"), before.commands.join("\n"));
  execFileSync("sh", ["-e", at("make.sh")], { cwd: folder, stdio: "ignore" });
  const made = await serve("server.pem", "server.key");
  const after = await ask("server.pem");
  const trusted = await clone("server.pem");
  made.close();

  expect(before.error).toContain("x509: certificate relies on legacy Common Name field, use SANs instead");
  expect(refused.text).toContain(before.error);
  expect(after.error).toBeNull();
  expect(trusted.text).toContain("repository not found");
});
