// Per test and hook: real programs start in seconds, and a test that waits in vain says why long before. jest takes
// this setting for a single project from here only.
jest.setTimeout(120_000);
