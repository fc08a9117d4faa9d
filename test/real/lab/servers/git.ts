import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Server, createServer } from "node:https";
import { join } from "node:path";

export interface GitSettings {
  readonly address: string;
  readonly port: number;
  /** The folder of the bare repositories. */
  readonly root: string;
  readonly certificate: string;
  readonly key: string;
}

/** HTTPS in front of the real `git http-backend`, which does all of the protocol. */
export function serveGit(git: GitSettings): Server {
  const tls = { cert: readFileSync(git.certificate), key: readFileSync(git.key) };
  return createServer(tls, (request, response) => {
    const user = authorizedUser(git.root, request);
    if (user === undefined) {
      response.writeHead(401, { "www-authenticate": 'Basic realm="git"' }).end("credentials, please\n");
    } else {
      backend(git.root, user, request, response);
    }
  }).listen(git.port, git.address);
}

/** A file `credentials`, "user:password", in the bare repository makes it private. */
function authorizedUser(root: string, request: IncomingMessage): string | undefined {
  const repository = (request.url ?? "").split(/(?<=\.git)\//)[0] ?? "";
  const file = join(root, repository, "credentials");
  if (!existsSync(file)) {
    return "";
  }
  const given = Buffer.from((request.headers.authorization ?? "").replace(/^Basic /, ""), "base64").toString();
  return given === readFileSync(file, "utf8") ? given.split(":")[0] : undefined;
}

function backend(root: string, user: string, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? "/", "https://git.test");
  const header = (name: string) => String(request.headers[name] ?? "");
  const child = spawn("git", ["http-backend"], {
    env: {
      PATH: process.env["PATH"],
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: decodeURIComponent(url.pathname),
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: header("content-type"),
      HTTP_CONTENT_ENCODING: header("content-encoding"),
      GIT_PROTOCOL: header("git-protocol"),
      REMOTE_ADDR: request.socket.remoteAddress,
      ...(user === "" ? {} : { REMOTE_USER: user }),
      ...(request.headers["content-length"] === undefined ? {} : { CONTENT_LENGTH: header("content-length") }),
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.on("error", () => undefined);
  request.pipe(child.stdin);
  let head = Buffer.alloc(0);
  child.stdout.on("data", (data: Buffer) => {
    if (response.headersSent) {
      response.write(data);
      return;
    }
    head = Buffer.concat([head, data]);
    const end = head.indexOf("\r\n\r\n");
    if (end >= 0) {
      writeHead(response, head.subarray(0, end).toString());
      response.write(head.subarray(end + 4));
    }
  });
  child.on("close", () => response.end());
}

/** CGI: the status is a header as any other. */
function writeHead(response: ServerResponse, head: string): void {
  const fields = head.split("\r\n").map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  const status = fields.find(([name]) => name === "status")?.[1] ?? "200";
  response.writeHead(Number.parseInt(status, 10), Object.fromEntries(fields.filter(([name]) => name !== "status")));
}
