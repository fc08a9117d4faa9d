import { Proxy } from "../../constructs/settings/proxy";
import { Secret } from "../../constructs/settings/secret";
import { refusal, refusedBy } from "../refusal";

const password = Secret.fromVariable({ sensitive: true, stringValue: "${var.proxy_password}" });
const encodedPassword = { reference: "${var.proxy_password}", encoding: "percent", markSensitive: false };
const ids = (proxy: Proxy): string[] => proxy.warnings().map(({ id }) => id);

describe("Proxy.containerWide", () => {
  test("keeps a URL as it is", () => {
    const proxy = Proxy.containerWide({ url: "http://proxy.test:3128" });

    expect(proxy.url).toEqual(["http://proxy.test:3128"]);
    expect(proxy.gitUrl).toBeUndefined();
    expect(proxy.noProxy).toEqual([]);
    expect(proxy.secret).toBe(false);
    expect(proxy.warnings()).toEqual([]);
  });

  test("puts credentials into the URL, the password by reference and both percent-encoded", () => {
    const proxy = Proxy.containerWide({
      url: "http://proxy.test:3128",
      credentials: { user: "CORP\\bob@corp", password },
    });

    expect(proxy.url).toEqual(["http://", "CORP%5Cbob%40corp", ":", encodedPassword, "@proxy.test:3128"]);
    expect(proxy.secret).toBe(true);
  });

  test("encodes each part of a user name on its own", () => {
    const { url } = Proxy.containerWide({
      url: "http://proxy.test",
      credentials: { user: "CORP\\${var.user}", password },
    });

    expect(url).toEqual([
      "http://",
      "CORP%5C",
      { reference: "${var.user}", encoding: "percent" },
      ":",
      encodedPassword,
      "@proxy.test",
    ]);
  });

  test("marks a password that Terraform does not know to be secret", () => {
    const { url } = Proxy.containerWide({
      url: "http://proxy.test",
      credentials: { user: "bob", password: Secret.fromReference("${data.vault.me.password}") },
    });

    expect(url).toContainEqual({
      reference: "${data.vault.me.password}",
      encoding: "percent",
      markSensitive: true,
    });
  });

  test("keeps its own copy of noProxy", () => {
    const noProxy = ["git.test"];
    const proxy = Proxy.containerWide({ url: "http://proxy.test", noProxy });

    noProxy.push("other.test");

    expect(proxy.noProxy).toEqual(["git.test"]);
  });

  test("fails with proxy-url-malformed where credentials have no place in a reference", () => {
    expect(refusal(() => Proxy.containerWide({ url: "${var.proxy}", credentials: { user: "bob", password } }))).toBe(
      "proxy.url is a reference, so that proxy.credentials have no place in it; write the scheme and host, or put the whole URL, credentials included, into one sensitive variable [proxy-url-malformed]",
    );
  });

  test.each(["", "bob\ud800"])("fails with proxy-user-malformed on the user %j", (user) => {
    expect(refusedBy(() => Proxy.containerWide({ url: "http://proxy.test", credentials: { user, password } }))).toBe(
      "proxy-user-malformed",
    );
  });

  test("fails with proxy-url-malformed, naming the prop, on a wrong gitUrl", () => {
    expect(refusal(() => Proxy.containerWide({ url: "http://proxy.test", gitUrl: "" }))).toContain('proxy.gitUrl "" ');
  });

  test("fails with no-proxy-malformed, naming the entry", () => {
    expect(refusal(() => Proxy.containerWide({ url: "http://proxy.test", noProxy: ["a.test", "b c"] }))).toContain(
      'proxy.noProxy[1] "b c" ',
    );
  });
});

describe("Proxy.urlCondition", () => {
  test("is a condition of the variable", () => {
    expect(Proxy.urlCondition("https_proxy")).toMatch(/^\$\{can\(regex\(".*", var\.https_proxy\)\)\}$/);
  });
});

describe("Proxy.gitOnly", () => {
  test("sets nothing but the URL for Git", () => {
    const proxy = Proxy.gitOnly({ url: "http://proxy.test", credentials: { user: "bob", password } });

    expect(proxy.url).toBeUndefined();
    expect(proxy.gitUrl).toEqual(["http://", "bob", ":", encodedPassword, "@proxy.test"]);
    expect(proxy.secret).toBe(true);
  });

  test("fails with proxy-url-malformed on a wrong URL", () => {
    expect(refusedBy(() => Proxy.gitOnly({ url: "proxy.test:3128" }))).toBe("proxy-url-malformed");
  });
});

describe("Proxy.warnings", () => {
  test("warn with git-only-proxy-misses-registries of a proxy for Git alone", () => {
    expect(ids(Proxy.gitOnly({ url: "http://proxy.test" }))).toEqual(["git-only-proxy-misses-registries"]);
  });

  test.each([
    ["url", Proxy.containerWide({ url: "https://proxy.test" })],
    ["upper case", Proxy.containerWide({ url: "HTTPS://proxy.test" })],
    ["gitUrl", Proxy.containerWide({ url: "http://proxy.test", gitUrl: "https://proxy.test" })],
    ["credentials", Proxy.containerWide({ url: "https://proxy.test", credentials: { user: "bob", password } })],
  ])("warn with https-proxy-http2 of https:// in %s", (_, proxy) => {
    expect(ids(proxy)).toEqual(["https-proxy-http2"]);
  });

  test("warn with https-proxy-http2 of https:// for Git alone", () => {
    expect(ids(Proxy.gitOnly({ url: "https://proxy.test" }))).toContain("https-proxy-http2");
  });

  test.each([
    Proxy.containerWide({ url: "https://proxy.test", disableHttp2: true }),
    Proxy.containerWide({ url: "${var.proxy}" }),
    Proxy.containerWide({ url: "socks5://proxy.test" }),
  ])("are silent where HTTP/2 is no danger, or nobody knows", (proxy) => {
    expect(proxy.warnings()).toEqual([]);
  });
});

describe("Proxy.scheme", () => {
  test("is that of each kind of traffic", () => {
    const proxy = Proxy.containerWide({ url: "HTTP://proxy.test", gitUrl: "socks5h://proxy.test" });

    expect(proxy.scheme("all")).toBe("http");
    expect(proxy.scheme("git")).toBe("socks5h");
  });

  test("is unknown of a reference, and where there is no proxy", () => {
    const proxy = Proxy.containerWide({ url: "${var.proxy}" });

    expect(proxy.scheme("all")).toBeUndefined();
    expect(proxy.scheme("git")).toBeUndefined();
  });
});
