import picocolors from "picocolors";

/** Colours that are colours only where they are wanted. */
export type Colors = ReturnType<typeof picocolors.createColors>;

/** Where a command writes to, and what it knows of its surroundings. */
export interface Terminal {
  /** The result. */
  readonly out: (text: string) => void;
  /** What is for people only: progress and errors. */
  readonly err: (text: string) => void;
  readonly colors: Colors;
  /** Shows what takes long, on a terminal only; an empty text takes it away again. */
  readonly progress: (text: string) => void;
  readonly environment: NodeJS.ProcessEnv;
}

/** The terminal of the process. */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  const isColored = stdout.isTTY && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    colors: picocolors.createColors(isColored),
    progress: (text) => {
      // Carriage return and erase to the end of the line, so that the next one takes its place.
      if (stderr.isTTY && env["TERM"] !== "dumb") stderr.write(text === "" ? "\r\u001b[K" : `\r\u001b[K${text} …`);
    },
    environment: env,
  };
}
