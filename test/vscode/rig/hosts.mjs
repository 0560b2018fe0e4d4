// The three places in which the extension runs, behind one call.
import { startNodeHost } from './nodeHost.mjs';
import { startWebHost } from './webHost.mjs';

/**
 * @typedef {'node' | 'web' | 'web-isolated'} HostName
 * @typedef {import('./nodeHost.mjs').RunningHost} RunningHost
 *
 * @typedef {object} HostOptions
 * @property {string} vsix
 * @property {string} folder the workspace
 * @property {Record<string, unknown>} [settings]
 * @property {boolean} [workspaceTrust] whether folders are untrusted until trust is given
 * @property {number} [port]
 * @property {boolean} [verbose]
 */

/** @type {readonly HostName[]} */
export const hostNames = ['node', 'web', 'web-isolated'];

/** @type {Record<HostName, string>} */
export const hostTitles = {
  node: 'the Node extension host',
  web: 'the web extension host',
  'web-isolated': 'the web extension host, cross-origin isolated',
};

/**
 * @param {HostName} name
 * @param {HostOptions} options
 * @returns {Promise<RunningHost>}
 */
export function startHost(name, options) {
  if (name === 'node') return startNodeHost(options);
  return startWebHost({ ...options, isolated: name === 'web-isolated' });
}
