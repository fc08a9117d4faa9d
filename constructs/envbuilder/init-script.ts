import type { Text } from "../settings/text";

/**
 * What comes before the agent's own script.
 *
 * The script downloads the agent with curl, wget or BusyBox, whichever is there. BusyBox's wget uses http_proxy and ignores
 * no_proxy, so that the download from a Coder server that is reached directly would go to the proxy for ever.
 */
const DIRECT_BUSYBOX_WGET = `if ! command -v curl >/dev/null && { wget --help || busybox wget --help; } 2>&1 | grep -q BusyBox; then
  wget() { env -u http_proxy -u https_proxy -u HTTP_PROXY -u HTTPS_PROXY wget "$@"; }
  busybox() { env -u http_proxy -u https_proxy -u HTTP_PROXY -u HTTPS_PROXY busybox "$@"; }
fi
`;

/**
 * The script that Envbuilder hands the workspace over to.
 *
 * @param script - the agent's own, by reference
 * @param direct - whether the Coder server is reached without the proxy that the container has
 * @internal
 */
export function initScript(script: string, direct: boolean): Text {
  return direct ? [DIRECT_BUSYBOX_WGET, script] : [script];
}
