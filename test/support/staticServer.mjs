// Serves files of the project on a free port of localhost.
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { projectRoot } from './paths.mjs';

/** @type {Record<string, string>} */
const contentTypes = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
};

/** What makes a page cross-origin isolated, so that it has SharedArrayBuffer. */
const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/**
 * @param {object} options
 * @param {readonly string[]} options.folders of the project, the only ones that are served
 * @param {Record<string, string>} [options.pages] HTML by path
 * @param {boolean} [options.isolated] with COOP and COEP
 * @returns {Promise<{ origin: string, close: () => Promise<void> }>}
 */
export async function serveProject({ folders, pages = {}, isolated = false }) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const headers = { 'Cache-Control': 'no-store', ...(isolated ? isolationHeaders : {}) };
    const page = pages[pathname];
    if (page !== undefined) {
      response.writeHead(200, { ...headers, 'Content-Type': contentTypes['.html'] }).end(page);
      return;
    }
    const file = servedFile(pathname, folders);
    if (!file) {
      response.writeHead(404, headers).end();
      return;
    }
    const type = contentTypes[path.extname(file.path)] ?? 'application/octet-stream';
    response.writeHead(200, { ...headers, 'Content-Type': type, 'Content-Length': file.bytes });
    createReadStream(file.path).pipe(response);
  });
  const port = await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address && typeof address === 'object') resolve(address.port);
    });
  });
  return {
    origin: `http://localhost:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * @param {string} pathname
 * @param {readonly string[]} folders
 */
function servedFile(pathname, folders) {
  const file = path.join(projectRoot, decodeURIComponent(pathname));
  const isServed = folders.some((folder) =>
    file.startsWith(path.join(projectRoot, folder, path.sep)),
  );
  const stat = isServed ? statSync(file, { throwIfNoEntry: false }) : undefined;
  return stat?.isFile() ? { path: file, bytes: stat.size } : undefined;
}
