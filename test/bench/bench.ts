// Measures what this library costs beside the bindings alone, as ratios, because times are the machine's: a whole process
// that synthesizes one template, the time and the memory of many in one app, and loading. docs/performance.md has one run.
//
//   npm run bench             a table
//   npm run bench -- --json   one line of JSON at the end
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { transformSync } from "@swc/core";
import type { Measured } from "./measured";

const ROOT = path.join(__dirname, "..", "..");
const PROGRAMS = ["our-template", "raw-template", "certificates", "measured"];
const MANY = Number(process.env["TEMPLATES"] ?? 1000);
/** A project of its own, which has this package installed and everything else from around it. */
const PROJECT = path.join(ROOT, "temp", "bench");
/** In memory, where there is such a folder: what a disk takes for a file changes with whatever else it has to do. */
const OUTPUT = mkdtempSync(path.join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "bench-"));

function prepare(): void {
  rmSync(PROJECT, { recursive: true, force: true });
  mkdirSync(path.join(PROJECT, "node_modules"), { recursive: true });
  symlinkSync(ROOT, path.join(PROJECT, "node_modules", "cdktf-coder-envbuilder"));
  writeFileSync(path.join(PROJECT, "package.json"), JSON.stringify({ name: "bench" }));
  writeFileSync(path.join(PROJECT, "tsconfig.json"), "{}");
  for (const name of PROGRAMS) {
    const source = readFileSync(path.join(__dirname, `${name}.ts`), "utf8");
    const { code } = transformSync(source, {
      jsc: { parser: { syntax: "typescript" }, target: "es2022" },
      module: { type: "commonjs" },
    });
    for (const [folder, text] of Object.entries({ [`typescript/${name}.ts`]: source, [`compiled/${name}.js`]: code })) {
      mkdirSync(path.dirname(path.join(PROJECT, folder)), { recursive: true });
      writeFileSync(path.join(PROJECT, folder), text);
    }
  }
}

interface Process extends Measured {
  /** From start to end. */
  readonly wall: number;
}

/** A program as `cdktf synth` runs it, which is what cdktf.json says, or compiled beforehand. */
function synthesis(program: string, count: number, form: "typescript" | "compiled"): Process {
  const [command = "", ...options] = {
    compiled: [process.execPath],
    typescript: [path.join(ROOT, "node_modules", ".bin", "tsx"), "--tsconfig", path.join(PROJECT, "tsconfig.json")],
  }[form];
  const file = (name: string): string => path.join(PROJECT, form, name);
  const begin = performance.now();
  const said = execFileSync(
    command,
    [...options, file("measured"), file(program), String(count)],
    // What cdktf asks of the internet, and its warnings of an app without a command line, are no part of it.
    {
      cwd: ROOT,
      env: { ...process.env, CHECKPOINT_DISABLE: "1", TMPDIR: OUTPUT },
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

prepare();
const both = (count: number, form: "typescript" | "compiled"): (() => Process)[] =>
  ["our-template", "raw-template"].map((program) => () => synthesis(program, count, form));
const processes = inTurn(21, ...both(1, "typescript"));
const compiled = inTurn(21, ...both(1, "compiled"));
const apps = inTurn(5, ...both(MANY, "compiled"), () => synthesis("our-template", MANY / 10, "compiled"));
const loads = inTurn(
  11,
  () => loading("./dist/constructs/docker/index.js"),
  () => loading("@cdktf/provider-docker/lib/container"),
);
rmSync(OUTPUT, { recursive: true });
const figures = {
  processRatio: ratio(processes, ({ wall }) => wall),
  compiledProcessRatio: ratio(compiled, ({ wall }) => wall),
  perTemplateRatio: ratio(apps, ({ milliseconds }) => milliseconds),
  memoryRatio: ratio(apps, ({ memory }) => memory),
  // Tenfold would be 10: below it is what an app has once.
  growth: ratio(apps, ({ milliseconds }) => milliseconds, 2),
  memoryGrowth: ratio(apps, ({ memory }) => memory, 2),
  compiledProcessorRatio: ratio(compiled, ({ wholeProcessor }) => wholeProcessor),
  perTemplateProcessorRatio: ratio(apps, ({ processor }) => processor),
  loadRatio: ratio(loads, (milliseconds) => milliseconds),
};

if (process.argv.includes("--json")) {
  process.stdout.write(`${JSON.stringify(figures)}\n`);
} else {
  const rows: [string, number][] = [
    ["a process that synthesizes one template, as `cdktf synth` runs it", figures.processRatio],
    ["  compiled beforehand", figures.compiledProcessRatio],
    ["  its processor time", figures.compiledProcessorRatio],
    [`a template among ${MANY} in one app`, figures.perTemplateRatio],
    ["  its processor time", figures.perTemplateProcessorRatio],
    [`memory of ${MANY} templates in one app`, figures.memoryRatio],
    [`${MANY} templates beside ${MANY / 10}: time`, figures.growth],
    [`${MANY} templates beside ${MANY / 10}: memory`, figures.memoryGrowth],
    ["loading the Docker entry point beside the bindings of a container", figures.loadRatio],
  ];
  for (const [what, value] of rows) process.stdout.write(`${what.padEnd(68)} ${value.toFixed(2)}\n`);
}
