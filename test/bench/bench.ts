// Measures what this library costs beside the bindings alone: synthesis of the same workspace, 1 to 1,000 times in one
// app, and loading. Prints ratios, because times are the machine's; docs/performance.md has those of one run.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { App } from "cdktf";
import { CaBundle, CoderTemplate, Proxy, Repository } from "cdktf-coder-envbuilder";
import { DockerWorkspace } from "cdktf-coder-envbuilder/docker";
import { rawTemplate } from "./raw-template";

const root = path.join(__dirname, "..", "..");
const ca = path.join(root, "examples/docker-private-ca/certs/corporate-root.pem");
const rounds = Number(process.env["ROUNDS"] ?? 5);

function ourTemplate(app: App, name: string): void {
  const template = new CoderTemplate(app, name);
  new DockerWorkspace(template, "workspace", {
    repository: Repository.at("https://git.example.com/team/app.git"),
    proxy: Proxy.containerWide({ url: "http://proxy.example.com:3128" }),
    ca: CaBundle.fromFile(ca),
  });
}

/** Milliseconds of making and synthesizing so many templates in one app. */
function synthesis(make: (app: App, name: string) => void, count: number): number {
  const outdir = mkdtempSync(path.join(tmpdir(), "bench-"));
  const begin = performance.now();
  const app = new App({ outdir });
  for (let index = 0; index < count; index++) make(app, `template-${index}`);
  app.synth();
  const time = performance.now() - begin;
  rmSync(outdir, { recursive: true });
  return time;
}

/** Milliseconds until a new process has loaded a module. */
function loading(module: string): number {
  const begin = performance.now();
  execFileSync(process.execPath, ["-e", `require(${JSON.stringify(module)})`], { cwd: root });
  return performance.now() - begin;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Medians of rounds in which both are measured in turn, so that a busy machine slows both. */
function compared(what: string, ours: () => number, other: () => number): void {
  const pairs = Array.from({ length: rounds }, () => [ours(), other()] as const);
  const [one, two] = [median(pairs.map(([time]) => time)), median(pairs.map(([, time]) => time))];
  const ratios = pairs.map(([a, b]) => a / b);
  const range = `${Math.min(...ratios).toFixed(2)}-${Math.max(...ratios).toFixed(2)}`;
  process.stdout.write(
    `${what.padEnd(46)} ${one.toFixed(0).padStart(7)} ms ${two.toFixed(0).padStart(7)} ms   ratio ${median(ratios).toFixed(2)} (${range})\n`,
  );
}

synthesis(ourTemplate, 5);
synthesis(rawTemplate, 5);
for (const count of [1, 10, 100, 1000]) {
  compared(
    `${count} templates: ours, bindings alone`,
    () => synthesis(ourTemplate, count),
    () => synthesis(rawTemplate, count),
  );
}
compared(
  "loading: cdktf-coder-envbuilder, cdktf",
  () => loading("./dist/constructs/index.js"),
  () => loading("cdktf"),
);
compared(
  "loading: …/docker, cdktf and @cdktf/provider-docker",
  () => loading("./dist/constructs/docker/index.js"),
  () => loading("@cdktf/provider-docker"),
);
