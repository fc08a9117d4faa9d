import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { App } from "cdktf";

/** What a process that synthesizes templates says of itself. */
export interface Measured {
  /** From the first template until all is written, without loading. */
  readonly milliseconds: number;
  /** The same in processor time of all threads. */
  readonly processor: number;
  /** Processor time since the process began. */
  readonly wholeProcessor: number;
  /** The most memory that the process had at once, in KiB. */
  readonly memory: number;
}

// node measured.js PROGRAM COUNT: synthesizes so many templates of a program in one app, and says what it took.
const [, , program = "", count = "1"] = process.argv;
const outdir = mkdtempSync(path.join(tmpdir(), "bench-"));
// Loaded here, because what is loaded is a part of what is compared.
const { template }: { template: (app: App, name: string) => void } = require(program);
const begin = performance.now();
const usage = process.cpuUsage();
const app = new App({ outdir });
for (let index = 0; index < Number(count); index++) template(app, `template-${index}`);
app.synth();
const sum = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1000;
const measured: Measured = {
  milliseconds: performance.now() - begin,
  processor: sum(process.cpuUsage(usage)),
  wholeProcessor: sum(process.cpuUsage()),
  memory: process.resourceUsage().maxRSS,
};
rmSync(outdir, { recursive: true });
process.stdout.write(JSON.stringify(measured));
