// The commands as the user reads them.

export const commands = {
  run: 'Wasm Sandbox: Run in Wasm Sandbox',
  runFile: 'Wasm Sandbox: Run File in Wasm Sandbox',
  stop: 'Wasm Sandbox: Stop',
  showOutput: 'Wasm Sandbox: Show Output',
  clearOutput: 'Wasm Sandbox: Clear Output',
  runSelfTest: 'Wasm Sandbox: Run Security Self-Test',
};

/** In a menu, where there is no category. */
export const runMenuItem = 'Run in Wasm Sandbox';
