/** Bundled as testHost.node.ts or testHost.browser.ts, by the platform the suite is built for. */
declare module '#testHost' {
  export function createTestHost(): Promise<import('../../src/engine/sandboxHost.js').SandboxHost>;
}
