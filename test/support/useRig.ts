import { PythonRig } from './python.js';

/** Gives a describe-block a sandbox of its own, closed after its last test. */
export function useRig(): { readonly python: PythonRig } {
  let rig: PythonRig | null = null;
  before(async () => {
    rig = await PythonRig.create();
  });
  after(() => {
    rig?.dispose();
  });
  return {
    get python() {
      if (rig === null) throw new Error('not inside a test');
      return rig;
    },
  };
}
