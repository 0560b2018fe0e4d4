/** Set when the tests are bundled; see test/vscode/rig/bundleApiTests.mjs. */
declare const HOST_NAME: 'node' | 'web' | 'web-isolated' | 'electron';

/** The extension host that these tests were bundled for. */
export const hostName = HOST_NAME;
