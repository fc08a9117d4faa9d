import { run } from "../../cli/program";
import type { ExitCode } from "../../cli/exit-code";
import type { Terminal } from "../../cli/report/terminal";
import picocolors from "picocolors";

/** What a command wrote, and ended with. */
export interface Outcome {
  readonly status: ExitCode;
  readonly out: string;
  readonly err: string;
  readonly progress: readonly string[];
}

/** Runs the command line in this process, without colours. */
export async function cli(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const written = { out: "", err: "", progress: [] as string[] };
  const terminal: Terminal = {
    out: (text) => (written.out += text),
    err: (text) => (written.err += text),
    colors: picocolors.createColors(false),
    progress: (text) => written.progress.push(text),
    environment,
  };
  return { status: await run(args, terminal), ...written };
}
