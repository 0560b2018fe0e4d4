/** The commands, as package.json contributes them. */
export const COMMAND = {
  run: 'wasmSandbox.run',
  runFile: 'wasmSandbox.runFile',
  stop: 'wasmSandbox.stop',
  showOutput: 'wasmSandbox.showOutput',
  clearOutput: 'wasmSandbox.clearOutput',
  runSelfTest: 'wasmSandbox.runSelfTest',
} as const;
