import { join } from "node:path";

import { command } from "./command";
import type { ProxyNetwork } from "./proxy-network";
import { stateFolder } from "./state";

const root = join(__dirname, "..", "..", "..");

/** Runs a program of the project, as a person would who is behind the proxy. Returns the directory of one of its stacks. */
export async function synthesizedProgram(lab: ProxyNetwork, program: string, stack: string): Promise<string> {
  const outdir = stateFolder("cdktf.out");
  const context = { proxyUrl: lab.proxy.url(), noProxy: ["git.internal"], caFile: lab.certificates.proxyCa };
  const env = { ...process.env, CDKTF_OUTDIR: outdir, CDKTF_CONTEXT_JSON: JSON.stringify(context) };
  await command(process.execPath, ["--import", "tsx", join(root, program)], { cwd: root, env });
  return join(outdir, "stacks", stack);
}
