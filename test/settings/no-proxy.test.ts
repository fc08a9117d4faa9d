import * as fc from "fast-check";
import { checkNoProxy, isDirect, joinNoProxy, plainNoProxy } from "../../constructs/settings/no-proxy";
import { refusal, verdict } from "../refusal";

describe("checkNoProxy", () => {
  test.each([
    "example.com",
    ".example.com",
    "*.example.com",
    "localhost",
    "git_server",
    "xn--bcher-kva.example",
    "bücher.example",
    "example.com:8443",
    "10.0.0.1",
    "10.0.0.1:80",
    "10.0.0.0/8",
    "0.0.0.0/0",
    "::1",
    "[::1]:8080",
    "fd00::/8",
    "*",
    "${var.host}",
    "${var.a},${var.b}",
  ])("takes %j", (entry) => {
    expect(verdict(() => checkNoProxy("proxy.noProxy", [entry]))).toBeUndefined();
  });

  test.each([
    ["", "is empty"],
    [" example.com", "holds white space or a control character"],
    ["a.test b.test", "holds white space or a control character"],
    ["a\0b", "holds white space or a control character"],
    ["a.test,b.test", "holds a comma: each host is an entry of its own"],
    ["https://a.test", "is a URL, but only hosts are compared"],
    ["a.test/path", "holds a slash but is no CIDR range"],
    ["10.0.0.0/33", "holds a slash but is no CIDR range"],
    ["10.0.0.0/8/8", "holds a slash but is no CIDR range"],
    ["10.0.0.0/", "holds a slash but is no CIDR range"],
    ["fd00::/129", "holds a slash but is no CIDR range"],
    ["fe80::%eth0/64", "holds a slash but is no CIDR range"],
    ["example.com.", "ends with a dot, which Go finds in no host"],
    ["[::1]", "has brackets but no port, so that Go takes it for a name"],
    ["a.test:", "has no port number after the colon"],
    ["a.test:http", "has no port number after the colon"],
    ["a.test:65536", "has no port number after the colon"],
    ["a.test:0", "has no port number after the colon"],
    ["a.test:0443", "has a port that begins with 0, which Go finds in no URL"],
    ["[::1]:", "has no port number after the colon"],
    ["fe80::1%eth0", "has no port number after the colon"],
    [":8080", "is neither a domain nor an IP address"],
    ["[a.test]:80", "is neither a domain nor an IP address"],
    ["10.0.0.256", "is neither a domain nor an IP address"],
    ["10.0.0", "is neither a domain nor an IP address"],
    ["a..test", "is neither a domain nor an IP address"],
    ["-a.test", "is neither a domain nor an IP address"],
    ["a*.test", "is neither a domain nor an IP address"],
    ["**.test", "is neither a domain nor an IP address"],
    ["user@a.test", "is neither a domain nor an IP address"],
    [".", "ends with a dot, which Go finds in no host"],
    ["#{TfToken[TOKEN.0]}", 'is a list by reference; give Fn.join(",", LIST) as one entry instead'],
  ])("fails with no-proxy-malformed on %j, which %s", (entry, reason) => {
    expect(refusal(() => checkNoProxy("proxy.noProxy", ["ok.test", entry]))).toBe(
      `proxy.noProxy[1] ${JSON.stringify(entry)} ${reason}; give a domain ("example.com"), its subdomains only (".example.com"), an IP address, a CIDR range, each with an optional :port, or "*" [no-proxy-malformed]`,
    );
  });

  test("takes or refuses any text", () => {
    const part = fc.constantFrom("a", "1", ".", "*", ":", "/", "[", "]", "::", "10.0.0.1", "8", "-", "@", " ", "%");
    fc.assert(
      fc.property(
        fc.array(part).map((all) => all.join("")),
        (entry) => {
          const message = verdict(() => checkNoProxy("proxy.noProxy", [entry]));

          // What is taken is one host of the list that programs split at commas and trim.
          expect(message !== undefined || (entry !== "" && !/[\s,@]/.test(entry))).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe("joinNoProxy", () => {
  test.each([
    [[], ""],
    [["b.test", "a.test", "b.test"], "b.test,a.test"],
    [["a.test", "*", "b.test"], "*"],
    [["${var.host}", "a.test"], "${var.host},a.test"],
  ])("makes of %j %j", (entries, joined) => {
    expect(joinNoProxy(entries)).toBe(joined);
  });
});

test.each([
  ["*.example.com", ".example.com"],
  ["*.example.com:8443", ".example.com:8443"],
  ["*", "*"],
  [".example.com", ".example.com"],
  ["${var.hosts}", "${var.hosts}"],
])("writes %j as %j", (entry, plain) => {
  expect(plainNoProxy(entry)).toBe(plain);
});

describe("isDirect", () => {
  test.each<[string, string, string]>([
    ["example.com", "example.com", "443"],
    ["example.com", "git.Example.com", "443"],
    ["Example.com:443", "git.example.com", "443"],
    [".example.com", "git.example.com", "443"],
    ["*.example.com", "git.example.com", "443"],
    ["*", "anything.test", "80"],
    ["10.0.0.0/8", "10.1.2.3", "443"],
    ["10.1.2.3", "10.1.2.3", "443"],
    ["10.1.2.3:443", "10.1.2.3", "443"],
    ["fd00::/8", "fd00::1", "443"],
    ["fd00:0::1", "fd00::1", "443"],
    ["[fd00::1]:443", "fd00::1", "443"],
  ])("%s names %s", (entry, host, port) => {
    expect(isDirect(["other.test", "${var.hosts}", entry], host, port)).toBe(true);
  });

  test.each<[string, string, string]>([
    ["example.com", "badexample.com", "443"],
    ["example.com", "example.com.test", "443"],
    ["example.com:8443", "example.com", "443"],
    [".example.com", "example.com", "443"],
    ["*.example.com", "example.com", "443"],
    ["10.0.0.0/8", "11.0.0.1", "443"],
    ["10.0.0.0/8", "ten.test", "443"],
    ["10.1.2.3:80", "10.1.2.3", "443"],
    ["0.0.0.0/0", "fd00::1", "443"],
    ["1.2.3.4", "a.1.2.3.4.test", "443"],
  ])("%s does not name %s", (entry, host, port) => {
    expect(isDirect([entry], host, port)).toBe(false);
    expect(isDirect([entry, "${var.hosts}"], host, port)).toBeUndefined();
  });
});
