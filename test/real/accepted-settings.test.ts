import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import {
  array,
  asyncProperty,
  assert,
  constantFrom,
  dictionary,
  integer,
  option,
  pre,
  record,
  string,
} from "fast-check";
import { planContainer } from "../../constructs/envbuilder/container-plan";
import type { EnvbuilderSettings } from "../../constructs/envbuilder/envbuilder-settings";
import { CaBundle, CaDelivery } from "../../constructs/settings/ca-bundle";
import { isDirect } from "../../constructs/settings/no-proxy";
import { Proxy } from "../../constructs/settings/proxy";
import { Repository } from "../../constructs/settings/repository";
import { literalOf } from "../../constructs/settings/text";
import { Certificate } from "../certificates";
import { verdict } from "../refusal";
import { type CommandResult, command } from "./lab/command";
import { stateFolder } from "./lab/state";
import { tool } from "./lab/tools";

// Random settings: what our checks accept, the real Envbuilder reads, and as it is meant.

let root = "";

beforeAll(() => {
  root = stateFolder("accepted");
  mkdirSync(join(root, "etc"));
  copyFileSync(tool("envbuilder"), join(root, "envbuilder"));
});

/** The environment that settings plan, or undefined where they are refused. */
function environmentOf(settings: () => EnvbuilderSettings): { [name: string]: string } | undefined {
  let planned: { [name: string]: string } | undefined;
  verdict(() => {
    const { env } = planContainer(settings(), {});
    planned = Object.fromEntries(env.map(({ name, value }) => [name, literalOf(value) ?? ""]));
  });
  return planned;
}

/**
 * Envbuilder in a root of its own and without any network, told to look for a cached image: it reads its environment, tries
 * to clone and ends without a build, which would replace the root.
 */
function envbuilder(env: Readonly<Record<string, string>>, folder: string): Promise<CommandResult> {
  return command("unshare", ["--net", "chroot", root, "/envbuilder"], {
    env: {
      ...env,
      PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
      ENVBUILDER_GET_CACHED_IMAGE: "true",
      ENVBUILDER_CACHE_REPO: "127.0.0.1:1/cache",
      ENVBUILDER_WORKSPACE_FOLDER: join("/workspaces", folder),
    },
    statuses: [1],
  });
}

const authority = new Certificate({ commonName: "Root of the random" });
const elliptic = new Certificate({ commonName: "Other root" });

const path = array(constantFrom("/", "/a", "/.b", "c", ",", '"', " ", "/d-e"), { minLength: 1, maxLength: 4 }).map(
  (all) => all.join(""),
);
const pem = array(
  constantFrom(authority.pem, elliptic.pem, authority.pem.replaceAll("\n", "\r\n"), "# a comment\n", "\n\n", "  "),
  { minLength: 1, maxLength: 4 },
).map((all) => all.join(""));

const settings = record(
  {
    cloneDepth: option(integer({ min: -1, max: 1e9 })),
    branch: option(constantFrom("main", "feature/a", "-x", "a b", "ä")),
    extraIgnorePaths: array(path, { maxLength: 3 }),
    agentSubsystems: array(constantFrom("exectrace", "envbox", 'a"b', "a,b", ""), { maxLength: 3 }),
    fallbackImage: option(constantFrom("debian", "registry.test:5000/a/b:c", "Debian", "a b", "")),
    environment: dictionary(
      constantFrom("EDITOR", "LANG", "A_B", "VERBOSE", "ENVBUILDER_NEWEST", "1A"),
      string({ unit: "grapheme", maxLength: 12 }),
      { maxKeys: 3 },
    ),
    pem: option(pem),
  },
  { requiredKeys: [] },
);

test("what is accepted of any settings, Envbuilder parses, and goes on to clone", async () => {
  let taken = 0;
  await assert(
    asyncProperty(settings, async (random) => {
      const env = environmentOf(() => ({
        repository: Repository.at("https://git.test/app", {
          cloneDepth: random.cloneDepth ?? undefined,
          branch: random.branch ?? undefined,
        }),
        proxy: Proxy.containerWide({ url: "http://127.0.0.2:1" }),
        extraIgnorePaths: random.extraIgnorePaths,
        agentSubsystems: random.agentSubsystems,
        fallbackImage: random.fallbackImage ?? undefined,
        environment: random.environment,
        ca:
          typeof random.pem === "string" ? CaBundle.fromPem(random.pem, { delivery: CaDelivery.GIT_ONLY }) : undefined,
      }));
      pre(env !== undefined);

      const { text } = await envbuilder(env ?? {}, String((taken += 1)));

      expect(text).not.toMatch(/parsing env|parse|ssl cert/);
      expect(text).toMatch(/Cloning https:\/\/git\.test\/app[^]*proxyconnect tcp: dial tcp 127\.0\.0\.2:1/);
    }),
    { numRuns: 60, maxSkipsPerRun: 1000 },
  );
  expect(taken).toBeGreaterThanOrEqual(60);
}, 120_000);

test("what is accepted of no_proxy, Envbuilder reads as isDirect does", async () => {
  const name = constantFrom("git.test", "a.git.test", "x.git.test", "10.1.2.3", "fd00::1", "[fd00::1]");
  const entry = record({
    before: constantFrom("", "", ".", "*.", "x."),
    name: constantFrom(
      "git.test",
      "GIT.test",
      "test",
      "10.1.2.3",
      "10.1.0.0/16",
      "fd00::/8",
      "fd00:0::1",
      "[fd00::1]",
      "*",
    ),
    after: constantFrom("", "", ":443", ":80", ":0443", "."),
  }).map(({ before, name: middle, after }) => `${before}${middle}${after}`);
  let [taken, direct] = [0, 0];
  await assert(
    asyncProperty(array(entry, { minLength: 1, maxLength: 3 }), name, async (noProxy, bare) => {
      const address = bare.replace(/^\[|\]$/g, "");
      const host = address.includes(":") ? `[${address}]` : address;
      const env = environmentOf(() => ({
        repository: Repository.at(`https://${host}/app`),
        proxy: Proxy.containerWide({ url: "http://127.0.0.2:1", noProxy }),
      }));
      pre(env !== undefined);

      const expected = isDirect(noProxy, address, "443");
      const { text } = await envbuilder(env ?? {}, `direct-${(taken += 1)}`);

      expect(text).toContain(`Cloning https://${host}/app`);
      expect([env?.["no_proxy"], host, !text.includes("dial tcp 127.0.0.2:1")]).toEqual([
        env?.["no_proxy"],
        host,
        expected,
      ]);
      direct += expected ? 1 : 0;
    }),
    { numRuns: 60, maxSkipsPerRun: 1000 },
  );
  // Of both there is enough to mean something.
  expect(direct).toBeGreaterThan(10);
  expect(taken - direct).toBeGreaterThan(10);
}, 120_000);
