import * as fc from "fast-check";
import { checkProxyUrl, loopbackHost, proxyUrlCondition, schemeOf } from "../../constructs/settings/proxy-url";
import { refusal, refusedBy, verdict } from "../refusal";

const good = [
  "http://proxy.test:3128",
  "http://proxy.test",
  "http://proxy.test/",
  "https://proxy.test:3129",
  "socks5://10.0.0.1:1080",
  "socks5h://proxy",
  "http://[fd00::1]:3128",
  "http://proxy_1.test",
  "http://bücher.example",
];

const bad = [
  "",
  "proxy.test",
  "proxy.test:3128",
  "//proxy.test:3128",
  "http:proxy.test",
  "http:/proxy.test",
  "http://",
  "http:///",
  "http:///proxy.test",
  "http://:3128",
  "http://?a",
  "http://proxy.test:",
  "http://proxy.test:port",
  "http://proxy.test:123456",
  "http://proxy.test/path",
  "http://proxy.test//",
  "http://proxy.test?query",
  "http://proxy.test#fragment",
  "http://proxy.test,other.test",
  "http://proxy test",
  "http://proxy.test\n",
  "http://pro%78y.test",
  "http://-proxy",
  "http://fd00::1:3128",
  "http://[proxy.test]:3128",
  "ftp://proxy.test",
  "socks4://proxy.test",
  "socks://proxy.test",
];

describe("checkProxyUrl", () => {
  test.each([
    ...good,
    "HTTP://proxy.test",
    "http://proxy.test:65535",
    "${var.proxy}",
    "${var.scheme}://proxy.test",
    "http://${var.host}",
    "http://${var.host}:${var.port}",
    "http://proxy.${var.domain}:3128",
    'http://${replace(var.host, "@", "")}',
  ])("takes %j", (url) => {
    expect(verdict(() => checkProxyUrl("proxy.url", url))).toBeUndefined();
  });

  test.each([
    ...bad,
    "http://proxy.test:65536",
    "http://999.1.1.1",
    "http://[::1::2]",
    "proxy.test:${var.port}",
    "http://${var.host}/path",
    "http:/${var.host}",
    "ftp://${var.host}",
  ])("fails with proxy-url-malformed on %j", (url) => {
    expect(refusedBy(() => checkProxyUrl("proxy.url", url))).toBe("proxy-url-malformed");
  });

  test.each([
    ["proxy.test:3128", "must begin with a scheme: programs ignore it otherwise, or read the host as one"],
    ["ftp://proxy.test", "must begin with one of http://, https://, socks5://, socks5h://"],
    ["http://", "must have a host after the scheme"],
    ["http://proxy.test/a", "must end after the host and the port: programs ignore the rest"],
    ["http://proxy.test:70000", "must have a valid host and port"],
  ])("says of %s what is wrong", (url, rule) => {
    expect(refusal(() => checkProxyUrl("proxy.url", url))).toBe(
      `proxy.url "${url}" ${rule}; write it as http://proxy.example.com:3128 [proxy-url-malformed]`,
    );
  });

  test.each([
    "http://bob:hunter2@proxy.test",
    "http://hunter2@proxy.test",
    "http://bob:hun/ter2@proxy.test",
    "bob:hunter2@proxy.test:3128",
    "ftp://bob:hunter2@proxy.test",
    "${var.scheme}://bob:hunter2@proxy.test",
    "http://bob:hunter2@${var.host}",
    "http://${var.user}:${var.password}@proxy.test",
  ])("fails with proxy-credentials-in-template, showing none, on %j", (url) => {
    const message = refusal(() => checkProxyUrl("proxy.url", url));

    expect(message).toContain("[proxy-credentials-in-template]");
    expect(message).not.toMatch(/hun|ter2|bob|password}/);
  });

  test("takes only what WHATWG reads as a URL, and never shows what stands before an @", () => {
    const part = fc.constantFrom(
      "http",
      "socks5",
      "://",
      ":",
      "/",
      "@",
      "[",
      "]",
      "%40",
      "%",
      "::1",
      "10.0.0.1",
      ".",
      " ",
    );
    const anything = fc.array(fc.oneof(part, fc.string({ unit: "grapheme", maxLength: 5 }))).map((all) => all.join(""));
    const url = fc.oneof(
      anything,
      anything.map((rest) => `http://${rest}`),
    );
    fc.assert(
      fc.property(url, (candidate) => {
        const message = verdict(() => checkProxyUrl("proxy.url", candidate));
        const secret = verdict(() => checkProxyUrl("proxy.url", candidate.replace("://", "://bob:MARKER@")));

        expect(message !== undefined || URL.canParse(candidate) || candidate.includes("${")).toBe(true);
        expect(secret ?? "").not.toContain("MARKER");
      }),
      { numRuns: 1000 },
    );
  });
});

describe("proxyUrlCondition", () => {
  const condition = proxyUrlCondition("proxy");
  const [, pattern = ""] = /regex\("(.*)", var\.proxy\)/.exec(condition) ?? [];
  // Of what Terraform's regex knows, only what JavaScript knows as well is used.
  const accepts = (value: string): boolean => new RegExp(pattern.replaceAll("\\\\", "\\"), "u").test(value);

  test("is an expression of the variable", () => {
    expect(condition).toBe(
      String.raw`${"$"}{can(regex("^(http|https|socks5|socks5h)://([^/@\\s]+@)?(\\[[0-9A-Fa-f:.]+\\]|[\\p{L}\\p{N}_][\\p{L}\\p{N}._-]*)(:[0-9]{1,5})?/?$", var.proxy))}`,
    );
  });

  test.each(good)("takes what a literal may be, alone and with user and password: %j", (url) => {
    expect(accepts(url)).toBe(true);
    expect(accepts(url.replace("://", "://CORP%5Cbob:hunter2@"))).toBe(true);
  });

  test.each(bad)("does not take %j", (url) => {
    expect(accepts(url)).toBe(false);
  });
});

describe("schemeOf", () => {
  test.each([
    ["HTTPS://proxy.test", "https"],
    ["socks5h://proxy.test", "socks5h"],
    ["${var.proxy}", undefined],
    ["proxy.test", undefined],
  ])("of %s is %s", (url, scheme) => {
    expect(schemeOf(url)).toBe(scheme);
  });
});

describe("loopbackHost", () => {
  test.each([
    ["http://localhost:3128", "localhost"],
    ["HTTP://LocalHost", "LocalHost"],
    ["http://proxy.localhost:3128", "proxy.localhost"],
    ["socks5h://127.0.0.2:1080/", "127.0.0.2"],
    ["http://127.1", "127.1"],
    ["http://0.0.0.0:3128", "0.0.0.0"],
    ["http://[::1]:3128", "[::1]"],
    ["http://[::ffff:127.0.0.1]:3128", "[::ffff:127.0.0.1]"],
    ["http://localhost:${var.port}", "localhost"],
    ["http://proxy.test:3128", undefined],
    ["http://localhost.test", undefined],
    ["http://10.127.0.1", undefined],
    ["http://[fd00::1]", undefined],
    ["http://${var.host}:3128", undefined],
    ["http://localhost${var.suffix}", undefined],
    ["${var.proxy}", undefined],
  ])("of %s is %s", (url, host) => {
    expect(loopbackHost([url])).toBe(host);
  });

  test("looks behind the credentials", () => {
    const password = { reference: "${var.password}" };

    expect(loopbackHost(["http://", "localhost", ":", password, "@proxy.test"])).toBeUndefined();
    expect(loopbackHost(["http://", "bob", ":", password, "@localhost:3128"])).toBe("localhost");
  });
});
