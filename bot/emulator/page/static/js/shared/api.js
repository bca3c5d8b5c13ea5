// Talking to the server: the emulator's control API and the sample agency.

import { t } from './i18n.js';

async function call(method, path, body) {
  const response = await fetch(path, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch(() => { throw new Error(t('unreachable')); });
  const text = await response.text();
  if (!response.ok) throw new Error(reason(text) || response.statusText);
  return text ? JSON.parse(text) : null;
}

function reason(text) {
  try {
    return JSON.parse(text).error;
  } catch {
    return text.slice(0, 200);
  }
}

const query = (values) => new URLSearchParams(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));

export const world = (user) => call('GET', `/_ctl/world?${query({ user })}`);
export const commands = (chat, user, language) => call('GET', `/_ctl/commands?${query({ chat, user, language })}`);
export const say = (message) => call('POST', '/_ctl/updates/message', message);
export const handIn = (file) => call('POST', '/_ctl/updates/file', file);
export const press = (tap) => call('POST', '/_ctl/updates/callback', tap);
export const askInline = (question) => call('POST', '/_ctl/updates/inline', question);
export const chooseInline = (choice) => call('POST', '/_ctl/updates/inline_choice', choice);
export const setBlocked = (user, blocked) => call('POST', blocked ? '/_ctl/block' : '/_ctl/unblock', { user });
export const zaloWorld = (person) => call('GET', `/_ctl/zalo/world?${query({ person })}`);
export const zaloWrite = (message) => call('POST', '/_ctl/zalo/messages', message);
export const zaloFile = (key) => `/_ctl/zalo/file/${encodeURIComponent(key)}`;
export const fileAddress = (fileId) => `/_ctl/file/${encodeURIComponent(fileId)}`;
export const desk = () => call('GET', '/agency/_desk');
export const publish = (article) => call('POST', '/agency/_publish', article);
export const correct = (article) => call('POST', '/agency/_correct', article);
export const takeDown = (id) => call('POST', '/agency/_take_down', { id });

const KINDS = ['zalo', 'message', 'edited', 'deleted', 'callback_answer', 'inline_answer', 'described'];

// Follow what happens in all chats, through one connection: a browser has few to spare. *opened* is called at first and after every lost connection: something may have been missed.
export function follow({ happened, opened, lost }) {
  const source = new EventSource('/_ctl/events');
  source.addEventListener('open', opened);
  source.addEventListener('error', lost);
  for (const kind of KINDS) source.addEventListener(kind, (event) => happened(kind, JSON.parse(event.data)));
}

// What a link preview shows of a page of this very site; of other sites it knows the address alone.
export async function pageFacts(url) {
  const address = new URL(url, location.href);
  if (address.origin !== location.origin) return { site: address.host, title: address.pathname };
  const response = await fetch(address);
  if (response.headers.get('content-type')?.startsWith('image/')) return { image: address.href };
  // Without its inline styles: this page's own policy forbids them, even in a document that is never shown.
  const source = (await response.text()).replace(/\sstyle="[^"]*"/g, '');
  const page = new DOMParser().parseFromString(source, 'text/html');
  const picture = page.querySelector('.journal-content-article img, .contentDetail img');
  const title = page.querySelector('h3.text-change-size')?.textContent ?? page.title;
  return {
    site: page.title.split(' - ').at(-1),
    title: title.trim(),
    gist: page.querySelector('meta[name="description"]')?.content ?? '',
    image: picture ? new URL(picture.getAttribute('src'), address).href : undefined,
  };
}
