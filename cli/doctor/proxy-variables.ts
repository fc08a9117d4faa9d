import { ValidationError, shown, shownUrl } from "../../constructs/errors";
import { checkNoProxy } from "../../constructs/settings/no-proxy";
import { readProxy } from "../network/proxy-address";
import { UsageError } from "../usage-error";
import type { Ailment } from "./ailment";

/** The variables that name proxies, in both spellings. */
export const PROXY_NAMES = ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"];
export const NO_PROXY_NAMES = ["no_proxy", "NO_PROXY"];

/** What is wrong with how the environment names a proxy. */
export function proxyAilments(environment: NodeJS.ProcessEnv): readonly Ailment[] {
  const of = (name: string) => environment[name] ?? "";
  const out: Ailment[] = [];
  for (const name of ["https_proxy", "http_proxy", "all_proxy", "no_proxy"]) {
    const [lower, upper] = [of(name), of(name.toUpperCase())];
    if (lower !== "" && upper !== "" && lower !== upper) out.push(disagreement(name));
    // curl, Python and Git read both; GNU's and BusyBox's wget the small letters only.
    if (lower === "" && upper !== "" && name !== "all_proxy") {
      out.push({
        code: `${name.replace("_", "-")}-in-capitals-only`,
        level: "warning",
        message: `${name.toUpperCase()} is set and ${name} is not: wget, which may download the agent, reads small letters only; set both to the same`,
      });
    }
  }
  for (const name of PROXY_NAMES) out.push(...malformedProxy(name, of(name)));
  for (const name of NO_PROXY_NAMES) out.push(...malformedNoProxy(name, of(name)));
  if (`${of("http_proxy")}${of("HTTP_PROXY")}` !== "" && `${of("https_proxy")}${of("HTTPS_PROXY")}` === "") {
    out.push({
      code: "http-proxy-alone",
      level: "warning",
      message: "http_proxy is set and https_proxy is not: whatever is asked for by https:// goes directly; set both",
    });
  }
  return out;
}

function disagreement(name: string): Ailment {
  return {
    code: `${name.replace("_", "-")}-spellings-disagree`,
    level: "error",
    message: `${name} and ${name.toUpperCase()} differ: Go programs, Envbuilder and the agent among them, take the capitals, curl, Git and Python the small letters; set both to the same`,
  };
}

function malformedProxy(name: string, value: string): readonly Ailment[] {
  if (value === "") return [];
  try {
    readProxy(value.replace(/^socks5h?:/i, "http:"), name);
    return [];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const message = `${name} ${shownUrl(value)} cannot be read: Go ignores it without a word, and goes directly; write it as http://proxy.example.com:3128`;
    return [{ code: "proxy-url-malformed", level: "error", message }];
  }
}

function malformedNoProxy(name: string, value: string): readonly Ailment[] {
  const entries = value.split(",").map((entry) => entry.trim());
  return entries
    .filter((entry) => entry !== "")
    .flatMap((entry): Ailment[] => {
      try {
        checkNoProxy(name, [entry]);
        return [];
      } catch (error) {
        if (!(error instanceof ValidationError)) throw error;
        const message = `${name} holds ${shown(entry)}, which Go finds in no host: ${error.message.replace(/^\S+ "[^"]*" | \[[a-z-]+\]$/g, "")}`;
        return [{ code: "no-proxy-malformed", level: "warning", message }];
      }
    });
}
