import { Command, InvalidArgumentError } from "commander";
import { ExitCode } from "./exit-code";
import { printable } from "./report/printable";
import type { Terminal } from "./report/terminal";
import { UsageError } from "./usage-error";
import { packageVersion } from "./version";

const EXIT_CODES = `
Exit status:
  0  all is as it should be
  1  something is wrong, as shown
  2  the command was called wrongly, or a file cannot be read
  3  there was no answer to judge by
`;

/**
 * Runs the command line.
 *
 * @param args - without node and the script
 * @returns the exit status of the process
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let status = ExitCode.GOOD;
  const program = commands(terminal, (code) => (status = code));
  try {
    await program.parseAsync([...args], { from: "user" });
    return status;
  } catch (error) {
    if (isCommanderError(error)) return error.exitCode === 0 ? ExitCode.GOOD : ExitCode.USAGE;
    const isRefusal = error instanceof Error && (error instanceof UsageError || error.name === "ValidationError");
    if (!isRefusal) throw error;
    terminal.err(`${terminal.colors.red("error:")} ${printable(error.message)}\n`);
    return ExitCode.USAGE;
  }
}

function isCommanderError(error: unknown): error is { readonly exitCode: number } {
  return (
    error instanceof Error && "exitCode" in error && "code" in error && String(error.code).startsWith("commander.")
  );
}

function commands(terminal: Terminal, end: (status: ExitCode) => void): Command {
  const program = new Command("cdktf-coder-envbuilder")
    .description("Looks at proxies, certificates and templates as Envbuilder and Coder do.")
    .version(packageVersion(), "-V, --version")
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .addHelpText("after", EXIT_CODES);
  program
    .command("inspect")
    .description("shows what a server presents, directly and through a proxy, and whether Envbuilder would trust it")
    .argument("<server>", "HOST, HOST:PORT or a URL")
    .option(
      "--proxy <url>",
      "http:// or https:// proxy (default: that of HTTPS_PROXY, unless NO_PROXY names the server)",
    )
    .option("--ca <file...>", "PEM files that are trusted, too, as CaBundle would")
    .option("--no-public-roots", "trust --ca alone")
    .option("--address <ip>", "connect directly to this address instead of what the name resolves to")
    .option("--timeout <seconds>", "for each step", seconds, 10)
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Examples:
  cdktf-coder-envbuilder inspect git.example.com
  cdktf-coder-envbuilder inspect git.example.com --proxy http://proxy.example.com:3128 --ca corporate-root.pem

User and password of a proxy are taken from HTTPS_PROXY, never from an argument.
${EXIT_CODES}`,
    )
    .action(async (server, options) => {
      const { inspect }: typeof import("./commands/inspect") = require("./commands/inspect");
      end(await inspect(server, options, terminal));
    });
  return program;
}

function seconds(text: string): number {
  const number = Number(text);
  if (!/^\d+(?:\.\d+)?$/.test(text) || number < 0.1 || number > 600) {
    throw new InvalidArgumentError("It is a number of seconds from 0.1 to 600.");
  }
  return number;
}
