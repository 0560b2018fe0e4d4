declare module 'yauzl';
declare module '@vscode/test-web/out/server/app.js';
