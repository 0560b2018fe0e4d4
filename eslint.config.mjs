import tseslint from 'typescript-eslint';

/** What a folder of src/ may not import, by pattern, and what to say about it. */
const boundary = (folder, ...groups) => ({
  files: [`src/${folder}/**/*.ts`],
  rules: {
    'no-restricted-imports': ['error', { patterns: groups }],
  },
});
const layers = (...names) => ({
  group: names.map((name) => `**/${name}/**`),
  message: 'see the map in ARCHITECTURE.md: this layer may not be imported here',
});
const vscode = { group: ['vscode'], message: 'vscode lives in src/editor and src/hosts' };
const node = { group: ['node:*'], message: 'node:* lives in src/hosts/{desktop,cli}' };
const shim = {
  group: ['@bjorn3/browser_wasi_shim'],
  message: 'the shim lives in src/guest/wasi',
};

export default tseslint.config(
  { ignores: ['node_modules/', 'out/', 'dist/', '.rig/', '.cache/', 'test/fixtures/'] },
  ...tseslint.configs.strictTypeChecked.map((config) => ({
    ...config,
    files: ['src/**/*.ts', 'test/**/*.ts'],
  })),
  {
    files: ['src/**/*.ts', 'test/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // `_name` says that a parameter is there for the signature alone.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // chai asserts through property reads.
      '@typescript-eslint/no-unused-expressions': 'off',
      'no-console': 'off',
    },
  },
  {
    files: ['**/*.mjs'],
    extends: [tseslint.configs.base],
    rules: { eqeqeq: 'error', 'no-undef': 'off', 'no-unused-vars': 'error' },
  },
  boundary(
    'common',
    layers('protocol', 'guest', 'engine', 'selfTest', 'editor', 'hosts'),
    vscode,
    node,
    shim,
  ),
  boundary(
    'protocol',
    layers('guest', 'engine', 'selfTest', 'editor', 'hosts'),
    vscode,
    node,
    shim,
  ),
  boundary('guest', layers('engine', 'selfTest', 'editor', 'hosts'), vscode, node, shim),
  boundary('guest/wasi', layers('engine', 'selfTest', 'editor', 'hosts'), vscode, node),
  boundary('engine', layers('guest', 'selfTest', 'editor', 'hosts'), vscode, node, shim),
  boundary('selfTest', layers('guest', 'editor', 'hosts'), vscode, node, shim),
  boundary('editor', layers('guest', 'hosts'), node, shim),
  boundary('hosts/web', node, shim),
  boundary('hosts/cli', vscode, shim),
  boundary('hosts/desktop', shim),
);
