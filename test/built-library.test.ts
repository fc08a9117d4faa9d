import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { basename, join, relative } from "node:path";
import * as kubernetes from "../constructs/kubernetes";
import * as docker from "../constructs/docker";
import * as main from "../constructs";
import { scratchFolder } from "./scratch";

const root = join(__dirname, "..");
/** Within the project, where the packages are found that the library needs. */
const built = join(root, "temp", `built-${process.pid}`);

beforeAll(() => {
  mkdirSync(join(built, "constructs", "envbuilder"), { recursive: true });
  for (const folder of ["providers", "envbuilder/scripts"])
    symlinkSync(join(root, "constructs", folder), join(built, "constructs", folder));
  execFileSync(process.execPath, [join(root, "scripts", "bundle.js"), built], { stdio: "pipe" });
}, 60_000);

afterAll(() => rmSync(built, { recursive: true }));

/** What a program prints that gets the doors of the built library, or of the source, by these names. */
function printed(code: string, folder = built): string {
  const doors = { main: "constructs", docker: "constructs/docker", kubernetes: "constructs/kubernetes" };
  const named = Object.entries(doors).map(
    ([name, path]) => `const ${name} = () => require("${join(folder, path)}");\n`,
  );
  const output = execFileSync(
    process.execPath,
    ["--require", require.resolve("tsx/cjs"), "-e", `${named.join("")}\n${code}`],
    {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, CHECKPOINT_DISABLE: "1" },
    },
  );
  return output.slice(output.lastIndexOf("\n", output.length - 2) + 1);
}

test("the built doors give what those of the source give", () => {
  expect(
    JSON.parse(
      printed("console.log(JSON.stringify([main(), docker(), kubernetes()].map((door) => Object.keys(door).sort())))"),
    ),
  ).toEqual([main, docker, kubernetes].map((door) => Object.keys(door).sort()));
});

test("classes keep their names, which messages show", () => {
  const names =
    "Object.entries({ ...main(), ...docker(), ...kubernetes() }).map(([name, one]) => [name, one.name ?? name])";
  const entries: [string, string][] = JSON.parse(printed(`console.log(JSON.stringify(${names}))`));

  expect(entries.filter(([name, own]) => name !== own && name !== "Errors")).toEqual([]);
});

test.each([
  ["main()", []],
  ["docker()", ["provider-docker"]],
  ["kubernetes()", ["provider-kubernetes"]],
])("of bindings %s loads those of its own target alone, and of this library few files", (door, bindings) => {
  const files: string[] = JSON.parse(printed(`${door}; console.log(JSON.stringify(Object.keys(require.cache)))`));
  const packages = files.flatMap((file) => /@cdktf[\\/](provider-[a-z]+)/.exec(file)?.[1] ?? []);
  const own = files.filter((file) => file.startsWith(built)).map((file) => basename(file));

  expect([...new Set(packages)]).toEqual(bindings);
  expect(own.length).toBeLessThan(6);
});

/** A template with more settings, and what its synthesis loads. */
const loading = (more: string): string => `
  const { App } = require("cdktf");
  const { CoderTemplate, Repository } = main();
  const template = new CoderTemplate(new App({ outdir: ${JSON.stringify(scratchFolder())} }), "one");
  const repository = Repository.at("https://git.example.com/team/app.git");
  const workspace = new (docker().DockerWorkspace)(template, "workspace", { repository, ...{ ${more} } });
  if (${more !== ""}) workspace.agent.addApp("web", { displayName: "Web", url: "http://localhost:8080" });
  template.prepareStack();
  template.synthesizer.files();
  console.log(JSON.stringify(Object.keys(require.cache)));`;

test("a plain template loads no binding that it does not use, and one that does finds it", () => {
  const used = `
    repository: Repository.chosenByUser({ options: [], default: "https://git.example.com/team/app.git" }),
    cache: main().ImageCache.at("registry.example.com/cache", { push: true, probe: true }),
    gitCredentials: main().GitCredentials.fromExternalAuth("github"),`;
  const [plain = [], full = []]: string[][] = ["", used].map((more) => JSON.parse(printed(loading(more))));
  const seldom =
    /[\\/]providers[\\/](coder[\\/](?:app|data-coder-parameter|data-coder-external-auth)|envbuilder[\\/][\w-]+)[\\/]/;
  const [none, all] = [plain, full].map((files) => files.flatMap((file) => seldom.exec(file)?.[1] ?? []));

  expect(none).toEqual([]);
  expect(all?.sort()).toEqual([
    "coder/app",
    "coder/data-coder-external-auth",
    "coder/data-coder-parameter",
    "envbuilder/cached-image",
    "envbuilder/provider",
  ]);
}, 30_000);

/** A template of each target. */
const program = (outdir: string): string => `
  const { App } = require("cdktf");
  const { CoderTemplate, CaBundle, Repository } = main();
  const app = new App({ outdir: ${JSON.stringify(outdir)} });
  const settings = () => ({
    repository: Repository.at("https://git.example.com/team/app.git"),
    proxy: main().Proxy.containerWide({ url: "http://proxy.example.com:3128" }),
    ca: CaBundle.fromFile("examples/docker-private-ca/certs/corporate-root.pem"),
  });
  new (docker().DockerWorkspace)(new CoderTemplate(app, "on-docker"), "workspace", settings());
  new (kubernetes().KubernetesWorkspace)(new CoderTemplate(app, "in-pods"), "workspace", settings());
  app.synth();
  console.log("true");`;

test("a template is the same, byte for byte, whichever of them synthesizes it", () => {
  const outputs = [built, root].map((folder, index) => {
    const outdir = join(scratchFolder(), `out-${index}`);
    mkdirSync(outdir);
    printed(program(outdir), folder);
    const files = readdirSync(join(outdir, "stacks"), { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    return new Map(
      files.map(({ path, name }) => [
        relative(outdir, join(path, name)),
        readFileSync(join(path, name), "utf8").replaceAll(outdir, ""),
      ]),
    );
  });

  expect(outputs[0]?.size).toBeGreaterThan(10);
  expect(outputs[0]).toEqual(outputs[1]);
}, 60_000);
