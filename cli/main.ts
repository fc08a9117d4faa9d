#!/usr/bin/env node
import { run } from "./program";
import { processTerminal } from "./report/terminal";

// A reader that has seen enough, such as head, closes the pipe: that is no error of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

void run(process.argv.slice(2), processTerminal()).then((status) => {
  process.exitCode = status;
  return undefined;
});
