// Measures what this library costs beside the bindings alone, as ratios, because times are the machine's: a whole process
// that synthesizes one template, the time and the memory of many in one app, and loading. docs/performance.md has one run.
//
//   npm run bench             a table
//   npm run bench -- --json   one line of JSON at the end
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { transformSync } from "@swc/core";
import type { Measured } from "./measured";

const ROOT = path.join(__dirname, "..", "..");
/** Within the project, so that programs import it by its name. */
const COMPILED = path.join(ROOT, "temp", "bench");
const PROGRAMS = ["our-template", "raw-template", "certificates", "measured"];
const MANY = Number(process.env["TEMPLATES"] ?? 1000);

/** Without what TypeScript takes, which is the same on both sides. */
function compile(): void {
  rmSync(COMPILED, { recursive: true, force: true });
  mkdirSync(COMPILED, { recursive: true });
  for (const name of PROGRAMS) {
    const { code } = transformSync(readFileSync(path.join(__dirname, `${name}.ts`), "utf8"), {
      jsc: { parser: { syntax: "typescript" }, target: "es2022" },
      module: { type: "commonjs" },
    });
    writeFileSync(path.join(COMPILED, `${name}.js`), code);
  }
}

interface Process extends Measured {
  /** From start to end. */
  readonly wall: number;
}

function synthesis(program: string, count: number): Process {
  const begin = performance.now();
  const said = execFileSync(
    process.execPath,
    [path.join(COMPILED, "measured.js"), path.join(COMPILED, program), String(count)],
    // What cdktf asks of the internet, and its warnings of an app without a command line, are no part of it.
    {
      cwd: ROOT,
      env: { ...process.env, CHECKPOINT_DISABLE: "1" },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  const measured: Measured = JSON.parse(said.slice(said.lastIndexOf("{")));
  return { ...measured, wall: performance.now() - begin };
}

/** Milliseconds until a new process has loaded a module. */
function loading(module: string): number {
  const begin = performance.now();
  execFileSync(process.execPath, ["-e", `require(${JSON.stringify(module)})`], { cwd: ROOT });
  return performance.now() - begin;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Rounds in which all are measured in turn, so that a busy machine slows all of them. */
function inTurn<T>(rounds: number, ...measure: (() => T)[]): T[][] {
  return Array.from({ length: rounds }, (_, round) => {
    const results: T[] = [];
    for (let turn = 0; turn < measure.length; turn++) {
      // Who comes first changes, because the next finds the machine warm.
      const place = round % 2 === 0 ? turn : measure.length - 1 - turn;
      results[place] = measure[place]!();
    }
    return results;
  });
}

/** The median over the rounds of what the first took beside the second. */
function ratio<T>(rounds: readonly T[][], figure: (one: T) => number, beside = 1): number {
  return median(rounds.map((round) => figure(round[0]!) / figure(round[beside]!)));
}

compile();
const processes = inTurn(
  11,
  () => synthesis("our-template", 1),
  () => synthesis("raw-template", 1),
);
const apps = inTurn(
  3,
  () => synthesis("our-template", MANY),
  () => synthesis("raw-template", MANY),
  () => synthesis("our-template", MANY / 10),
);
const loads = inTurn(
  11,
  () => loading("./dist/constructs/docker/index.js"),
  () => loading("@cdktf/provider-docker/lib/container"),
);
const figures = {
  processRatio: ratio(processes, ({ wall }) => wall),
  perTemplateRatio: ratio(apps, ({ milliseconds }) => milliseconds),
  memoryRatio: ratio(apps, ({ memory }) => memory),
  // Tenfold would be 10: below it is what an app has once.
  growth: ratio(apps, ({ milliseconds }) => milliseconds, 2),
  memoryGrowth: ratio(apps, ({ memory }) => memory, 2),
  processProcessorRatio: ratio(processes, ({ wholeProcessor }) => wholeProcessor),
  perTemplateProcessorRatio: ratio(apps, ({ processor }) => processor),
  loadRatio: ratio(loads, (milliseconds) => milliseconds),
};

if (process.argv.includes("--json")) {
  process.stdout.write(`${JSON.stringify(figures)}\n`);
} else {
  const rows: [string, number][] = [
    ["a process that synthesizes one template", figures.processRatio],
    ["  its processor time", figures.processProcessorRatio],
    [`a template among ${MANY} in one app`, figures.perTemplateRatio],
    ["  its processor time", figures.perTemplateProcessorRatio],
    [`memory of ${MANY} templates in one app`, figures.memoryRatio],
    [`${MANY} templates beside ${MANY / 10}: time`, figures.growth],
    [`${MANY} templates beside ${MANY / 10}: memory`, figures.memoryGrowth],
    ["loading the Docker entry point beside the bindings of a container", figures.loadRatio],
  ];
  for (const [what, value] of rows) process.stdout.write(`${what.padEnd(68)} ${value.toFixed(2)}\n`);
}
