import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { BuildHelp, Proxy } from "cdktf-coder-envbuilder";

import { type ContainerResult, EnvbuilderContainer } from "./lab/envbuilder-container";
import { pushFeature, pushFeatureFolder } from "./lab/feature";
import { ProxyNetwork } from "./lab/proxy-network";

// Our feature of a dev container, as real Envbuilder installs it: from a folder of the repository, and from a registry.

const FEATURE = join(__dirname, "../../features/corporate-ca");
const CA = "/.envbuilder/certs/ca.pem";
const TARGET = "https://git.test/target.git/HEAD";
const STATE =
  "grep -c BEGIN /etc/ssl/certs/ca-certificates.crt | sed 's/^/trusted /'; ls -l /usr/local/share/corporate-ca";

let lab: ProxyNetwork;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  await lab.repository("target", { "README.md": "Here." });
}, 120_000);

/** A repository with the feature beside its devcontainer.json. */
function repository(name: string, image: string, features: object, more: object = {}): Promise<string> {
  const { buildArguments: args } = BuildHelp.of({ proxy: Proxy.containerWide({ url: lab.proxy.url() }) });
  const files = readdirSync(FEATURE).map((file): [string, string] => [
    `.devcontainer/corporate-ca/${file}`,
    readFileSync(join(FEATURE, file), "utf8"),
  ]);
  return lab.repository(name, {
    ".devcontainer/devcontainer.json": JSON.stringify({ image, build: { args }, features, ...more }),
    ...Object.fromEntries(files),
  });
}

/** What the README shows. */
function example(): { readonly features: readonly [string, unknown][]; readonly build: unknown } {
  const [, block = ""] = /^```json\n([^]*?)^```$/m.exec(readFileSync(join(FEATURE, "README.md"), "utf8")) ?? [];
  const { features, ...others }: { features: Record<string, unknown>; build: unknown } = JSON.parse(block);
  return { ...others, features: Object.entries(features) };
}

function run(name: string, url: string, upload: Readonly<Record<string, string>>): Promise<ContainerResult> {
  return EnvbuilderContainer.run(name, {
    args: lab.containerArgs,
    upload: { "/.envbuilder/trusted.pem": lab.certificates.proxyCa, ...upload },
    env: {
      ENVBUILDER_GIT_URL: url,
      ENVBUILDER_EXIT_ON_BUILD_FAILURE: "true",
      ENVBUILDER_INIT_SCRIPT: `cat /said; ${STATE}; env | grep NODE_EXTRA`,
      https_proxy: lab.proxy.url(),
      SSL_CERT_FILE: "/.envbuilder/trusted.pem",
    },
  });
}

test("from a folder of the repository, features after it download by HTTPS, with the proxy of build.args", async () => {
  const downloads = await pushFeature("downloads", `curl -fsS ${TARGET} >/said && echo got it >>/said`);
  const alone = await repository("feature-alone", await lab.debianImage(), { [downloads]: {} });
  const { features, ...printed } = example();
  const url = await repository(
    "feature-local",
    await lab.debianImage(),
    Object.fromEntries(features.map(([name, options]) => [name.startsWith("./") ? name : downloads, options])),
    { ...printed, image: await lab.debianImage() },
  );

  const without = await run("feature-alone", alone, { [CA]: lab.certificates.proxyCa });
  const { status, text } = await run("feature-local", url, { [CA]: lab.certificates.proxyCa });

  expect(without.text).toContain("SSL certificate problem");
  expect(without.status).not.toBe(0);
  expect({ status, text }).toMatchObject({ status: 0, text: expect.stringContaining("got it\n") });
  expect(text).toContain("ca.pem -> /.envbuilder/certs/ca.pem\n");
  expect(text).toContain("NODE_EXTRA_CA_CERTS=/usr/local/share/corporate-ca/ca.pem\n");
}, 300_000);

test("Envbuilder installs features in the order of their references, whatever overrideFeatureInstallOrder says: feature-order-by-reference", async () => {
  const ask = 'echo "$0 $(ls /usr/local/share/ca-certificates 2>/dev/null | wc -l)" | sed "s#.*/#$NAME #" >>/said';
  const early = await pushFeature("an-early-one", `NAME=early; ${ask}`);
  const late = await pushFeature("the-late-one", `NAME=late; ${ask}`);
  const ours = await pushFeatureFolder("corporate-ca", FEATURE);
  const features = { [late]: {}, [ours]: {}, [early]: {} };
  const first = { overrideFeatureInstallOrder: [ours.replace(/:1$/, "")] };
  const pushed = await repository("feature-pushed", lab.baseImage, features, first);
  const local = await repository("feature-first", lab.baseImage, { [late]: {}, "./corporate-ca": {}, [early]: {} });
  const upload = { [CA]: lab.certificates.proxyCa };

  const byReference = await run("feature-pushed", pushed, upload);
  const beforeAll = await run("feature-first", local, upload);

  expect(byReference.text).toContain("early install.sh 0\nlate install.sh 1\ntrusted 1\n");
  expect(beforeAll.text).toContain("early install.sh 1\nlate install.sh 1\ntrusted 1\n");
});

test("takes a file or folder that is named, and without certificates does nothing, unless it is required", async () => {
  const said = await pushFeature("said", "echo said >/said");
  const build = async (name: string, options: object, upload: Readonly<Record<string, string>>) =>
    await run(name, await repository(name, lab.baseImage, { [said]: {}, "./corporate-ca": options }), upload);

  const named = await build(
    "feature-named",
    { bundle: "/.envbuilder/mine" },
    {
      "/.envbuilder/mine/one.pem": lab.certificates.proxyCa,
      "/.envbuilder/mine/two.pem": lab.certificates.upstreamCa,
    },
  );
  const nothing = await build("feature-nothing", {}, {});
  const required = await build("feature-required", { required: true }, {});

  expect(named.text).toContain("said\ntrusted 2\n");
  expect(nothing.status).toBe(0);
  expect(nothing.text).toContain("corporate-ca: no certificates at /.envbuilder, nothing to trust");
  expect(nothing.text).not.toMatch(/^trusted [1-9]/m);
  expect(required.status).not.toBe(0);
  expect(required.text).not.toContain("said\n");
});
