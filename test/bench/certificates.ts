/** The authority of the proxy, relative to the project. */
export const CERTIFICATES = "examples/docker-private-ca/certs/corporate-root.pem";
