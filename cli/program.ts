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
    .argument("<server>", "HOST, HOST:PORT or an https:// URL")
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
  program
    .command("bundle")
    .description("puts certificates and the public authorities into one file, and says what became of each")
    .argument("[files...]", "certificates in PEM, or one in DER")
    .option("--from-proxy <url>", "take the authority that an intercepting proxy presents; its fingerprint is shown")
    .option("--host <server>", "a server that the proxy intercepts")
    .option(
      "--fingerprint <sha256>",
      "of the proxy's authority, as its team publishes it: nothing is taken unless it is this one",
    )
    .option("--no-public-roots", "leave the public authorities out")
    .option(
      "--out <file>",
      "write the bundle there (default: to the standard output, and the list to the error output)",
    )
    .option("--timeout <seconds>", "for each step at the proxy", seconds, 10)
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Examples:
  cdktf-coder-envbuilder bundle corporate-root.pem --out certs/ca.pem
  cdktf-coder-envbuilder bundle --from-proxy http://proxy.example.com:3128 --host git.example.com --out certs/ca.pem
${EXIT_CODES}`,
    )
    .action(async (files, options) => {
      const { bundle }: typeof import("./commands/bundle") = require("./commands/bundle");
      end(await bundle(files, options, terminal));
    });
  program
    .command("check")
    .description("checks the directories of templates against the rules of Coder, whoever wrote them")
    .argument("<directories...>", "each with .tf or .tf.json files, such as cdktf.out/stacks/NAME")
    .option("--json", "print JSON: a list with one object for each directory")
    .addHelpText(
      "after",
      `
Examples:
  cdktf-coder-envbuilder check cdktf.out/stacks/docker-behind-proxy
  cdktf-coder-envbuilder check cdktf.out/stacks/*
${EXIT_CODES}`,
    )
    .action(async (directories, options) => {
      const { check }: typeof import("./commands/check") = require("./commands/check");
      end(await check(directories, options, terminal));
    });
  program
    .command("doctor")
    .description(
      "looks at the proxies and certificates that this environment names, and what each program makes of them",
    )
    .argument(
      "[servers...]",
      "HOST, HOST:PORT or an https:// URL, beside those that variables of Coder and Envbuilder name",
    )
    .option("--timeout <seconds>", "for each step", seconds, 10)
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
In a workspace, on a provisioner or on a Docker host:
  cdktf-coder-envbuilder doctor git.example.com registry.example.com:5000
${EXIT_CODES}`,
    )
    .action(async (servers, options) => {
      const { doctor }: typeof import("./commands/doctor") = require("./commands/doctor");
      end(await doctor(servers, options, terminal));
    });
  program
    .command("build-help")
    .description("prints what a repository needs so that its build sees the proxy and the certificates")
    .option("--proxy <url>", "the proxy, without user and password (default: that of HTTPS_PROXY)")
    .option("--ca <file...>", "PEM files that the workspaces are given")
    .option("--distribution <name>", "what the image is made from", "debian")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Example:
  cdktf-coder-envbuilder build-help --proxy http://proxy.example.com:3128 --ca corporate-root.pem
${EXIT_CODES}`,
    )
    .action((options) => {
      const { buildHelp }: typeof import("./commands/build-help") = require("./commands/build-help");
      end(buildHelp(options, terminal));
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
